// Commands that look after the log: what it holds, whether it is whole, and
// what can be done if not.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "engine/cli/command.h"
#include "engine/cli/log_open.h"
#include "engine/cli/open.h"
#include "engine/cli/progress.h"
#include "engine/forgetting.h"
#include "engine/timeline.h"
#include "storage/event_log.h"
#include "storage/head_text.h"
#include "storage/log_repair.h"
#include "storage/open_event_log.h"
#include "storage/projection_directory.h"
#include "storage/projection_store.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

void PrintDamage(const Damage& damage, std::ostream& out) {
  out << "damaged: ";
  if (!damage.stream.empty()) {
    out << "log position " << damage.log_position << ", stream "
        << damage.stream << ", revision " << damage.revision << ": ";
  } else if (damage.log_position > 0) {
    out << "log position " << damage.log_position << ": ";
  }
  out << damage.reason << "\n";
}

absl::StatusOr<VerifyReport> Verify(bool log_only, Context& context) {
  const auto on_damage = [&context](const Damage& damage) {
    PrintDamage(damage, context.out);
  };
  // A backup has no projections, and gets none by being looked at.
  if (log_only || !std::filesystem::exists(ProjectionDirectory(context.db))) {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    return opened.log->Verify(on_damage, ShowProgress(context, "verifying"));
  }
  ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                            OpenTimeline(context, IfMissing::kFail));
  return opened.timeline->Verify(on_damage, ShowProgress(context, "verifying"));
}

Run DeclareLogVerify(CLI::App& app) {
  auto log_only = std::make_shared<bool>(false);
  app.add_flag("--log-only", *log_only,
               "Does not compare the projections with a rebuild");
  return [log_only](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const VerifyReport report,
                              Verify(*log_only, context));
    context.out << report.events << " events in " << report.commits
                << " commits and " << report.texts << " texts checked\n"
                << "head: " << HeadText(report.head) << "\n";
    if (report.damages == 0) return absl::OkStatus();
    return absl::DataLossError(
        report.damages == 1
            ? "1 place is damaged"
            : absl::StrCat(report.damages, " places are damaged"));
  };
}

// Deletes the projections' states if they do not open, or if that is wanted.
absl::StatusOr<bool> DropProjections(const std::string& db, bool wanted) {
  const std::string dir = ProjectionDirectory(db);
  if (!std::filesystem::exists(dir)) return false;
  const absl::Status status = OpenProjectionStore(dir).status();
  if (status.ok() && !wanted) return false;
  if (!status.ok() && !absl::IsDataLoss(status)) return status;
  ONRECORD_RETURN_IF_ERROR(DestroyProjectionStore(dir));
  return true;
}

Run DeclareLogRepair(CLI::App& app) {
  struct Flags {
    bool give_up_acknowledged = false;
    bool projections = false;
  };
  auto flags = std::make_shared<Flags>();
  app.add_flag("--give-up-acknowledged", flags->give_up_acknowledged,
               "Cuts even what was acknowledged as synced: try a backup first");
  app.add_flag("--projections", flags->projections,
               "Deletes the projections too; they are made again from the log");
  return [flags](Context& context) -> absl::Status {
    RepairOptions options;
    options.give_up_acknowledged = flags->give_up_acknowledged;
    ONRECORD_ASSIGN_OR_RETURN(RepairReport report,
                              RepairLog(context.db, options));
    ONRECORD_ASSIGN_OR_RETURN(const bool dropped,
                              DropProjections(context.db, flags->projections));
    if (dropped) {
      report.actions.push_back(
          "the projections were deleted; the next command makes them again");
    }
    for (const std::string& action : report.actions) {
      context.out << action << "\n";
    }
    context.out << (report.actions.empty() ? "nothing was wrong: "
                                           : "the log now has ")
                << report.last_log_position << " events in " << report.commits
                << " commits\n";
    return absl::OkStatus();
  };
}

Run DeclareLogStats(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const LogStats stats, opened.log->Stats());
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

Run DeclareForget(CLI::App& app) {
  struct Flags {
    std::string article_id;
    std::string reason;
    std::string by;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("ARTICLE", flags->article_id)->required();
  app.add_option("--reason", flags->reason, "Why")->type_name("TEXT");
  app.add_option("--by", flags->by, "Who decided")->type_name("NAME");
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const ForgetReport report,
                              ForgetArticle(opened.log.get(), flags->article_id,
                                            flags->reason, flags->by));
    if (report.article_ids.empty()) {
      context.out << "the text was erased before; nothing changed\n";
      return absl::OkStatus();
    }
    context.out << "text of " << report.text_bytes
                << " bytes erased: " << absl::StrJoin(report.article_ids, ", ")
                << "\n";
    return absl::OkStatus();
  };
}

Run DeclareLogInit(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    OpenLogOptions options;
    options.accept_data_loss = context.accept_data_loss;
    ONRECORD_RETURN_IF_ERROR(InitEventLog(context.log_name(), options));
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const Head head, opened.log->GetHead());
    context.out << "ready: " << HeadText(head) << "\n";
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& LogCareCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"log init", "",
       "Makes an empty log where there is none, or its tables up to date",
       "onrecord log init --log=postgresql://localhost/timeline", kDb,
       DeclareLogInit},
      {"log verify", "",
       "Checks every byte of the log, and the projections against a rebuild; "
       "names what is damaged",
       "onrecord log verify --db=trade.db", kDb, DeclareLogVerify},
      {"log repair", "",
       "Cuts a damaged end behind the last known head, and says what it cut",
       "onrecord log repair --db=trade.db", kDb, DeclareLogRepair},
      {"log stats", "", "Prints how much the log holds",
       "onrecord log stats --db=trade.db", kDb, DeclareLogStats},
      {"forget", "ARTICLE",
       "Erases an article's text for good; what was recorded stays, without "
       "its words",
       "onrecord forget seed --reason='court order 12' --by=desk "
       "--db=trade.db",
       kDb | kNow, DeclareForget},
  };
  return *commands;
}

}  // namespace onrecord
