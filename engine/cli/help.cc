#include "engine/cli/help.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/actors/near_spelling.h"
#include "engine/cli/command_flags.h"

namespace onrecord {

void PrintOverview(std::ostream& out) {
  out << "onrecord: a timeline of who said what, and when\n\n"
         "usage: onrecord COMMAND [ARGS] [--flags]\n\n";
  for (const Command& command : AllCommands()) {
    out << absl::StrFormat("  %-12s %s\n", command.name, command.summary);
  }
  out << "\n`onrecord help COMMAND` says more, with an example.\n";
}

void PrintHelp(const Command& command, std::ostream& out) {
  out << "usage: onrecord " << command.name
      << (command.arguments.empty() ? "" : " ") << command.arguments << "\n\n"
      << command.summary << "\n\n";
  for (const FlagHelp& flag : FlagsOf(command)) {
    out << absl::StrFormat(
        "  %-24s %s\n",
        absl::StrCat(flag.names, flag.value.empty() ? "" : "=", flag.value),
        flag.description);
  }
  out << "\nexample:\n\n  " << command.example << "\n";
}

std::string NearestCommand(absl::string_view word) {
  constexpr size_t kMostEdits = 2;
  std::string nearest;
  size_t fewest = kMostEdits + 1;
  for (const Command& command : AllCommands()) {
    const size_t edits = EditDistance(word, command.name);
    if (edits < fewest) {
      fewest = edits;
      nearest = std::string(command.name);
    }
  }
  return nearest;
}

}  // namespace onrecord
