// Commands on the log itself.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/cli/command.h"
#include "engine/cli/open.h"
#include "engine/report/rows.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

Run DeclareLogRead(CLI::App& app) {
  struct Flags {
    std::string stream;
    uint64_t from = 0;
    uint64_t limit = kLatest;
    bool backwards = false;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("--stream", flags->stream, "Only this stream")
      ->type_name("STREAM");
  CLI::Option* from =
      app.add_option("--from", flags->from,
                     "First log position, or revision of the stream")
          ->type_name("N");
  app.add_option("--limit", flags->limit, "At most so many events")
      ->type_name("N");
  app.add_flag("--backwards", flags->backwards, "Last event first");
  return [flags, from](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    EventLog& log = *opened.timeline->log();
    ReadOptions options;
    uint64_t start = flags->from;
    if (flags->backwards) {
      options.direction = Direction::kBackwards;
      if (from->count() == 0) start = kLatest;
    }
    const std::unique_ptr<EventReader> reader =
        flags->stream.empty() ? log.ReadLog(start, options)
                              : log.ReadStream(flags->stream, start, options);
    for (uint64_t n = 0; reader->Valid() && n < flags->limit; reader->Next()) {
      context.out << ToJson(reader->event()) << "\n";
      ++n;
    }
    return reader->status();
  };
}

Run DeclareLogVerify(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const VerifyReport report,
        opened.timeline->log()->Verify([&context](const Damage& damage) {
          context.out << "damaged: log position " << damage.log_position
                      << ", stream " << damage.stream << ", revision "
                      << damage.revision << ": " << damage.reason << "\n";
        }));
    context.out << report.events << " events in " << report.commits
                << " commits and " << report.texts << " texts checked\n"
                << "head: " << report.head.commits << " "
                << absl::BytesToHexString(report.head.root) << "\n";
    if (report.damages == 0) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat(report.damages, " places are damaged"));
  };
}

Run DeclareLogStats(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const LogStats stats,
                              opened.timeline->log()->Stats());
    context.out << "commits        " << stats.commits << "\n"
                << "events         " << stats.events << "\n"
                << "streams        " << stats.streams << "\n"
                << "texts          " << stats.texts << "\n"
                << "bytes of text  " << stats.text_bytes << "\n"
                << "bytes on disk  " << stats.bytes_on_disk << "\n"
                << "last recorded  "
                << absl::FormatTime(absl::RFC3339_full, stats.last_recorded,
                                    absl::UTCTimeZone())
                << "\n";
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& LogCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"log read", "", "Prints events as JSON, one a line",
       "onrecord log read --db=trade.db --stream=article/seed --limit=3", kDb,
       DeclareLogRead},
      {"log verify", "",
       "Checks every byte of the log; names what is damaged and exits with 1",
       "onrecord log verify --db=trade.db", kDb, DeclareLogVerify},
      {"log stats", "", "Prints how much the log holds",
       "onrecord log stats --db=trade.db", kDb, DeclareLogStats},
  };
  return *commands;
}

}  // namespace onrecord
