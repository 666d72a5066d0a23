#include "engine/cli/flags.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/edtf.h"
#include "engine/report/rows.h"

namespace onrecord {
namespace {

// A validator's answer: empty if the value is right.
std::string Answer(const absl::Status& status) {
  return status.ok() ? "" : std::string(status.message());
}

}  // namespace

CLI::Validator IsDate() {
  return CLI::Validator(
      [](std::string& value) {
        if (EdtfTime::Parse(value).ok()) return std::string();
        return Answer(ParseDay(value).status());
      },
      "DATE");
}

CLI::Validator IsDay() {
  return CLI::Validator(
      [](std::string& value) { return Answer(ParseDay(value).status()); },
      "DAY");
}

CLI::Validator IsDuration() {
  return CLI::Validator(
      [](std::string& value) {
        absl::Duration duration;
        if (absl::ParseDuration(value, &duration)) return std::string();
        return absl::StrCat("\"", value, "\" is no duration such as 90s or 5m");
      },
      "DURATION");
}

CLI::Validator IsTime() {
  return CLI::Validator(
      [](std::string& value) {
        absl::Time time;
        std::string error;
        if (absl::ParseTime(absl::RFC3339_full, value, &time, &error)) {
          return std::string();
        }
        return absl::StrCat("\"", value, "\" is no time such as ",
                            "2025-04-26T12:00:00Z");
      },
      "TIME");
}

CLI::Validator IsFormat() {
  return CLI::Validator(
      [](std::string& value) { return Answer(ParseFormat(value).status()); },
      "table|jsonl|csv");
}

void DeclareSharedFlags(const Command& command, CLI::App& app,
                        Context& context) {
  app.set_help_flag("-h,--help", "Says how the command is used");
  if ((command.shared_flags & kDb) != 0) {
    app.add_option("--db", context.db,
                   "Directory of the timeline [$ONRECORD_DB, ./onrecord.db]")
        ->type_name("DIR");
    app.add_option("--log", context.log,
                   "PostgreSQL URL of the log, if it is not in the directory")
        ->type_name("URL");
    app.add_flag("--accept-data-loss", context.accept_data_loss,
                 "Appends to a server whose settings can lose commits");
    app.add_flag("--read-only", context.read_only,
                 "Leaves the directory exactly as it is: for a backup");
  }
  if ((command.shared_flags & kDb) != 0) {
    app.add_flag_callback(
        "--quiet", [&context] { context.progress_width = 0; },
        "Shows no progress");
  }
  if ((command.shared_flags & kNow) != 0) {
    app.add_option("--now", context.now,
                   "Takes the clock's place, so that a run can be repeated")
        ->check(IsTime());
  }
  if ((command.shared_flags & kFormat) != 0) {
    app.add_option_function<std::string>(
           "--format",
           [&context](const std::string& name) {
             context.report.format = *ParseFormat(name);
           },
           "How rows are printed [table]")
        ->check(IsFormat());
  }
}

}  // namespace onrecord
