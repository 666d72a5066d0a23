// What `help` prints, made from the table of commands.

#ifndef ONRECORD_ENGINE_CLI_HELP_H_
#define ONRECORD_ENGINE_CLI_HELP_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/cli/command.h"

namespace onrecord {

// Prints every command with its summary.
void PrintOverview(std::ostream& out);

// Prints how `command` is used, its flags, and an example.
void PrintHelp(const Command& command, std::ostream& out);

// Returns the command whose name is nearest to `word`; empty if none is near.
std::string NearestCommand(absl::string_view word);

// Returns the flag of `command` whose name is nearest to `word` ("--as_of=…");
// empty if none is near.
std::string NearestFlag(const Command& command, absl::string_view word);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_HELP_H_
