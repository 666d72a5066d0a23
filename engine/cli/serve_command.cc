// The command that serves a timeline over HTTP.

#include <signal.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "engine/cli/command.h"
#include "engine/cli/open.h"
#include "engine/serve/server.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

// Holds back the signals that end a program, so that they can be waited for.
// Threads that are made meanwhile hold them back too.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&ending_);
    for (const int signal : {SIGINT, SIGTERM}) sigaddset(&ending_, signal);
    pthread_sigmask(SIG_BLOCK, &ending_, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  void WaitForOne() const {
    int signal;
    sigwait(&ending_, &signal);
  }

 private:
  sigset_t ending_;
  sigset_t before_;
};

// Each connection takes a file descriptor.
void AllowManyFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Run DeclareServe(CLI::App& app) {
  auto options = std::make_shared<ServerOptions>();
  options->port = 8642;
  app.add_option("--host", options->host,
                 "Address to listen on; what is not loopback lets others read "
                 "[127.0.0.1]")
      ->type_name("ADDRESS");
  app.add_option("--port", options->port, "Port; 0 takes a free one [8642]")
      ->check(CLI::Range(0, 65535))
      ->type_name("N");
  app.add_flag("--write", options->writes,
               "Lets clients record articles (POST /api/articles)");
  app.add_option("--max-connections", options->max_connections,
                 "Connections served at once [1200]")
      ->check(CLI::Range(1, 100000))
      ->type_name("N");
  return [options](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    AllowManyFiles();
    const HeldSignals signals;
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<Server> server,
                              Server::Start(opened.timeline.get(), *options));
    const bool is_v6 = absl::StrContains(options->host, ":");
    context.out << "http://" << (is_v6 ? "[" : "") << options->host
                << (is_v6 ? "]" : "") << ":" << server->port() << "/"
                << std::endl;
    signals.WaitForOne();
    server->Stop();
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& ServeCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"serve", "",
       "Serves the page and a JSON API over HTTP, with live updates, until "
       "interrupted",
       "onrecord serve --db=trade.db --port=8642", kDb, DeclareServe},
  };
  return *commands;
}

}  // namespace onrecord
