// What a command takes, read from its own declarations: for help, completion
// and the manual, so that they cannot disagree.

#ifndef ONRECORD_ENGINE_CLI_COMMAND_FLAGS_H_
#define ONRECORD_ENGINE_CLI_COMMAND_FLAGS_H_

#include <string>
#include <vector>

#include "engine/cli/command.h"

namespace onrecord {

struct FlagHelp {
  // "--db", or "-h,--help".
  std::string names;

  // What its value is ("DIR", "table|jsonl|csv"); empty if it takes none.
  std::string value;
  std::string description;
};

// The flags of `command`, shared ones first, in the order of declaration.
std::vector<FlagHelp> FlagsOf(const Command& command);

// The long name of a flag, with its dashes.
std::string LongName(const FlagHelp& flag);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_COMMAND_FLAGS_H_
