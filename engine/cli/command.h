// A command of `onrecord`: one row of the table that dispatch, help and the
// tests read.

#ifndef ONRECORD_ENGINE_CLI_COMMAND_H_
#define ONRECORD_ENGINE_CLI_COMMAND_H_

#include <cstddef>
#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/report/rows.h"

namespace CLI {
class App;
}  // namespace CLI

namespace onrecord {

// Where a command writes, and what flags that many commands share say.
struct Context {
  std::ostream& out;  // results
  std::ostream& err;  // diagnostics

  // The directory of the timeline.
  std::string db;

  // A PostgreSQL URL: where the log is, if not in `db`, which then holds this
  // process's projections alone.
  std::string log;
  bool accept_data_loss = false;

  // Change nothing in either.
  bool read_only = false;

  // Takes the place of the clock: RFC 3339. Empty: the clock.
  std::string now;

  ReportOptions report;

  // Columns for progress on `err`; 0: none is shown.
  size_t progress_width = 0;

  // The log's directory or URL.
  const std::string& log_name() const { return log.empty() ? db : log; }
};

// Flags that many commands take.
enum SharedFlag : unsigned { kDb = 1, kNow = 2, kFormat = 4 };

struct Command {
  // One word, or a group's and one more: "replay", "log read".
  absl::string_view name;
  absl::string_view arguments;
  absl::string_view summary;

  // A line to try, with what it does; for `help`.
  absl::string_view example;

  // Which of the shared flags it takes: see SharedFlag.
  unsigned shared_flags = 0;

  // Declares flags and arguments on `app`, and returns what runs the command
  // once they are read.
  std::function<std::function<absl::Status(Context&)>(CLI::App& app)> declare;
};

// The commands, by group. Never destroyed.
const std::vector<Command>& TimelineCommands();
const std::vector<Command>& QuestionCommands();
const std::vector<Command>& AnalystCommands();
const std::vector<Command>& ExportCommands();
const std::vector<Command>& ServeCommands();
const std::vector<Command>& LogEventCommands();
const std::vector<Command>& LogProofCommands();
const std::vector<Command>& LogTransferCommands();
const std::vector<Command>& LogCareCommands();
const std::vector<Command>& ShellCommands();

// All of them, in the order of `help`.
const std::vector<Command>& AllCommands();

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_COMMAND_H_
