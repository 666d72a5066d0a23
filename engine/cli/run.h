// The command line of `onrecord`, in process.

#ifndef ONRECORD_ENGINE_CLI_RUN_H_
#define ONRECORD_ENGINE_CLI_RUN_H_

#include <ostream>
#include <string>
#include <vector>

namespace onrecord {

// What the program's surroundings give it; tests give their own.
struct Environment {
  // $ONRECORD_DB; empty if it is not set.
  std::string default_db;

  // Columns of the terminal; 0 if the output goes elsewhere.
  size_t terminal_width = 0;

  // The same of where diagnostics go: what is no terminal gets no progress.
  size_t error_width = 0;

  // Whether tables are coloured.
  bool colour = false;
};

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

// Runs `onrecord` with `args`, without the program's name: results to `out`,
// diagnostics to `err` as `onrecord: CODE: message`. Returns 0 if it did what
// was asked, 1 if it failed or found damage, and 2 if the arguments are wrong.
int RunOnRecord(const std::vector<std::string>& args,
                const Environment& environment, std::ostream& out,
                std::ostream& err);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_RUN_H_
