#include "engine/cli/help.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/actors/near_spelling.h"
#include "engine/cli/command_flags.h"

namespace onrecord {
namespace {

// The name that takes the fewest edits, few enough for a slip; else empty.
std::string Nearest(absl::string_view word,
                    const std::vector<std::string>& names) {
  constexpr size_t kMostEdits = 2;
  std::string nearest;
  size_t fewest = kMostEdits + 1;
  for (const std::string& name : names) {
    const size_t edits = EditDistance(word, name);
    if (edits < fewest) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace

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
  std::vector<std::string> names;
  for (const Command& command : AllCommands()) {
    names.emplace_back(command.name);
  }
  return Nearest(word, names);
}

std::string NearestFlag(const Command& command, absl::string_view word) {
  std::vector<std::string> names;
  for (const FlagHelp& flag : FlagsOf(command)) {
    names.push_back(LongName(flag));
  }
  return Nearest(word.substr(0, word.find('=')), names);
}

}  // namespace onrecord
