#include "engine/serve/server.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/report/page.h"
#include "engine/report/page_data.h"
#include "engine/report/rows.h"
#include "engine/serve/articles_in.h"
#include "engine/serve/connection_threads.h"
#include "engine/serve/endpoint.h"
#include "engine/serve/http_answer.h"
#include "engine/serve/log_watcher.h"
#include "engine/serve/metrics.h"
#include "engine/serve/openapi.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using httplib::Request;
using httplib::Response;
using Handled = httplib::Server::HandlerResponse;

// How long a browser waits before it connects again, and how many connections
// may knock at once.
constexpr char kRetry[] = "retry: 2000\n\n";
constexpr int kBacklog = 1024;

// Whether `host` is this machine to itself: as a name, or as an address.
bool IsLoopback(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) {
    return (ntohl(address.s_addr) >> 24) == 127;
  }
  return host == "localhost" || host == "::1";
}

// The name in a Host header, without the port.
std::string NameOf(const std::string& host) {
  if (absl::StartsWith(host, "[")) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

class HttpServer : public Server {
 public:
  HttpServer(Timeline* timeline, const ServerOptions& options)
      : timeline_(timeline), options_(options), watcher_(timeline->log()) {
    std::ostringstream page;
    WriteLivePage(page);
    page_ = page.str();
    openapi_ = OpenApi(options.writes);
  }
  ~HttpServer() override { Stop(); }

  absl::Status Listen();
  int port() const override { return port_; }
  void Stop() override;

 private:
  Handled Route(const Request& request, Response& response);
  bool IsForUs(const Request& request) const;
  void AnswerPage(Response& response);
  void AnswerQuestion(const Endpoint& endpoint, const Request& request,
                      Response& response);
  void AnswerHealth(Response& response);
  void FollowEvents(const Request& request, Response& response);
  bool SendEvents(uint64_t& position, httplib::DataSink& sink);
  void TakeArticles(const Request& request, Response& response,
                    const httplib::ContentReader& reader);
  void Count(const Request& request, const Response& response);

  Timeline* const timeline_;
  const ServerOptions options_;
  std::string page_;
  std::string openapi_;
  int port_ = 0;

  LogWatcher watcher_;
  Metrics metrics_;
  httplib::Server http_;
  std::thread listener_;
  std::once_flag stopped_;

  // What the page draws, as of the last log position that it was asked at.
  std::mutex page_mu_;
  uint64_t page_log_position_ = 0;
  std::string page_json_;
};

absl::Status HttpServer::Listen() {
  const time_t timeout = absl::ToInt64Seconds(options_.client_timeout);
  http_.set_read_timeout(timeout).set_write_timeout(timeout);
  // Stopping waits for those who only keep their connection open.
  constexpr time_t kIdleSeconds = 3;
  http_.set_keep_alive_timeout(kIdleSeconds).set_keep_alive_max_count(1000);
  http_.set_payload_max_length(options_.max_body_bytes);
  http_.set_tcp_nodelay(true);
  int socket = -1;
  http_.set_socket_options([&socket](int opened) {
    const int yes = 1;
    setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    socket = opened;
  });
  http_.new_task_queue = [this] {
    return new ConnectionThreads(options_.max_connections);
  };
  http_.set_default_headers({{"X-Content-Type-Options", "nosniff"},
                             {"Referrer-Policy", "no-referrer"},
                             {"Cache-Control", "no-store"},
                             {"X-Frame-Options", "DENY"}});
  http_.set_pre_routing_handler(
      [this](const Request& request, Response& response) {
        return Route(request, response);
      });
  if (options_.writes) {
    http_.Post("/api/articles",
               [this](const Request& request, Response& response,
                      const httplib::ContentReader& reader) {
                 TakeArticles(request, response, reader);
               });
  }
  http_.set_error_handler([](const Request&, Response& response) {
    if (response.body.empty()) DescribeError(response);
  });
  http_.set_exception_handler(
      [](const Request&, Response& response, const std::exception_ptr&) {
        SetError(absl::InternalError("the request could not be answered"),
                 response);
      });
  http_.set_logger([this](const Request& request, const Response& response) {
    Count(request, response);
  });
  port_ = options_.port;
  if (options_.port == 0) {
    port_ = http_.bind_to_any_port(options_.host);
  } else if (!http_.bind_to_port(options_.host, options_.port)) {
    port_ = -1;
  }
  if (port_ < 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options_.host, " port ",
                     options_.port, "; is it taken?"));
  }
  // The library's own backlog is five.
  listen(socket, kBacklog);
  listener_ = std::thread([this] { http_.listen_after_bind(); });
  while (!http_.is_running()) absl::SleepFor(absl::Milliseconds(1));
  return absl::OkStatus();
}

void HttpServer::Stop() {
  std::call_once(stopped_, [this] {
    watcher_.Stop();
    http_.stop();
    if (listener_.joinable()) listener_.join();
  });
}

// A web site that makes a browser ask us for its own name does not get far.
bool HttpServer::IsForUs(const Request& request) const {
  if (!IsLoopback(options_.host)) return true;
  return IsLoopback(NameOf(request.get_header_value("Host")));
}

Handled HttpServer::Route(const Request& request, Response& response) {
  if (!IsForUs(request)) {
    SetError(absl::PermissionDeniedError("the Host header names another host"),
             response);
    return Handled::Handled;
  }
  if (request.method == "POST" && request.path == "/api/articles" &&
      options_.writes) {
    return Handled::Unhandled;
  }
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    response.set_header("Allow", "GET, HEAD");
    DescribeError(response);
    return Handled::Handled;
  }
  const std::string& path = request.path;
  if (path == "/") {
    response.set_content(page_, "text/html; charset=utf-8");
  } else if (path == "/api/page") {
    AnswerPage(response);
  } else if (path == "/api/events") {
    FollowEvents(request, response);
  } else if (path == "/api/openapi.json") {
    response.set_content(openapi_, kJsonType);
  } else if (path == "/healthz") {
    AnswerHealth(response);
  } else if (path == "/metrics") {
    response.set_content(metrics_.Text(timeline_->log()->last_log_position()),
                         "text/plain; version=0.0.4; charset=utf-8");
  } else {
    for (const Endpoint& endpoint : Endpoints()) {
      if (endpoint.path == path) {
        AnswerQuestion(endpoint, request, response);
        return Handled::Handled;
      }
    }
    SetError(absl::NotFoundError("no such page; / is the timeline, and "
                                 "/api/openapi.json describes the rest"),
             response);
  }
  return Handled::Handled;
}

void HttpServer::AnswerPage(Response& response) {
  const std::lock_guard<std::mutex> lock(page_mu_);
  const uint64_t last = timeline_->log()->last_log_position();
  if (page_json_.empty() || page_log_position_ != last) {
    PositionQuery query;
    query.known_at = last;
    const absl::StatusOr<PageData> data = MakePageData(*timeline_, query, {});
    if (!data.ok()) {
      SetError(data.status(), response);
      return;
    }
    page_json_ = ToJson(*data);
    page_log_position_ = last;
  }
  response.set_content(page_json_, kJsonType);
}

void HttpServer::AnswerQuestion(const Endpoint& endpoint,
                                const Request& request, Response& response) {
  Parameters parameters;
  for (const auto& [name, value] : request.params) {
    if (!parameters.emplace(name, value).second) {
      SetError(absl::InvalidArgumentError(
                   absl::StrCat("`", name, "` is given twice")),
               response);
      return;
    }
  }
  const absl::StatusOr<std::string> answer =
      Answer(endpoint, *timeline_, parameters);
  if (answer.ok()) {
    response.set_content(*answer, kJsonType);
  } else {
    SetError(answer.status(), response);
  }
}

void HttpServer::AnswerHealth(Response& response) {
  const absl::StatusOr<Head> head = timeline_->log()->GetHead();
  if (head.ok()) {
    response.set_content("ok\n", "text/plain; charset=utf-8");
  } else {
    SetError(head.status(), response);
  }
}

// Sends what stands behind `position`, and moves it. Returns false if the
// client is gone.
bool HttpServer::SendEvents(uint64_t& position, httplib::DataSink& sink) {
  const std::unique_ptr<EventReader> reader =
      timeline_->log()->ReadLog(position + 1, {});
  for (; reader->Valid() && !watcher_.stopped(); reader->Next()) {
    const std::string text = absl::StrCat(
        "id: ", reader->log_position(),
        "\nevent: appended\ndata: ", ToJson(reader->event()), "\n\n");
    if (!sink.write(text.data(), text.size())) return false;
    position = reader->log_position();
    metrics_.CountEventSent();
  }
  return reader->status().ok();
}

void HttpServer::FollowEvents(const Request& request, Response& response) {
  std::string after = request.get_header_value("Last-Event-ID");
  if (after.empty()) after = request.get_param_value("after");
  uint64_t position = timeline_->log()->last_log_position();
  if (!after.empty() && !absl::SimpleAtoi(after, &position)) {
    SetError(absl::InvalidArgumentError(absl::StrCat(
                 "`after` is \"", after, "\", expected a log position")),
             response);
    return;
  }
  metrics_.AddFollower(1);
  struct Follower {
    uint64_t position;
    bool greeted = false;
  };
  auto follower = std::make_shared<Follower>(Follower{position});
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, follower](size_t, httplib::DataSink& sink) {
        if (!follower->greeted) {
          follower->greeted = true;
          if (!sink.write(kRetry, sizeof(kRetry) - 1)) return false;
        }
        if (!SendEvents(follower->position, sink)) return false;
        const uint64_t last =
            watcher_.Wait(follower->position, options_.heartbeat);
        if (watcher_.stopped()) {
          sink.done();
          return true;
        }
        if (last > follower->position) return true;
        static constexpr char kAlive[] = ": still here\n\n";
        return sink.write(kAlive, sizeof(kAlive) - 1);
      },
      [this](bool) { metrics_.AddFollower(-1); });
}

void HttpServer::TakeArticles(const Request& request, Response& response,
                              const httplib::ContentReader& reader) {
  // No form of a web page can send these types, so none can record anything.
  const std::string type = request.get_header_value("Content-Type");
  if (!absl::StartsWith(type, "application/json") &&
      !absl::StartsWith(type, "application/x-ndjson")) {
    response.status = 415;
    DescribeError(response);
    return;
  }
  std::string body;
  if (!reader([&body](const char* data, size_t size) {
        body.append(data, size);
        return true;
      })) {
    return;  // the library has set what was wrong
  }
  const absl::StatusOr<std::string> report = IngestBody(body, *timeline_);
  if (report.ok()) {
    response.set_content(*report, kJsonType);
  } else {
    SetError(report.status(), response);
  }
}

void HttpServer::Count(const Request& request, const Response& response) {
  static const auto* const known = [] {
    auto* paths = new std::vector<std::string>{
        "/",        "/api/page", "/api/events", "/api/openapi.json",
        "/healthz", "/metrics"};
    for (const Endpoint& endpoint : Endpoints()) {
      paths->emplace_back(endpoint.path);
    }
    return paths;
  }();
  const bool is_known =
      std::find(known->begin(), known->end(), request.path) != known->end();
  metrics_.CountRequest(is_known ? request.path : "other", response.status);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    Timeline* timeline, const ServerOptions& options) {
  if (options.port < 0 || options.port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("`port` is ", options.port, ", expected 0 to 65535"));
  }
  auto server = std::make_unique<HttpServer>(timeline, options);
  ONRECORD_RETURN_IF_ERROR(server->Listen());
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace onrecord
