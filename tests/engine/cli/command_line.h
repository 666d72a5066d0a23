// Runs `onrecord` in process and keeps what it printed.

#ifndef ONRECORD_TESTS_ENGINE_CLI_COMMAND_LINE_H_
#define ONRECORD_TESTS_ENGINE_CLI_COMMAND_LINE_H_

#include <sstream>
#include <string>
#include <vector>

#include "engine/cli/run.h"

namespace onrecord {
namespace testing {

struct Ran {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline Ran RunCommandLine(const std::vector<std::string>& args,
                          const Environment& environment = {}) {
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.exit_code = RunOnRecord(args, environment, out, err);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_CLI_COMMAND_LINE_H_
