#include "engine/cli/help.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/actors/near_spelling.h"
#include "engine/cli/command_flags.h"

namespace onrecord {
namespace {

constexpr size_t kMostEdits = 2;

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
  NearestName nearest(word, kMostEdits);
  for (const Command& command : AllCommands()) {
    nearest.Offer(command.name, command.name);
  }
  return nearest.name();
}

std::string NearestFlag(const Command& command, absl::string_view word) {
  NearestName nearest(word.substr(0, word.find('=')), kMostEdits);
  for (const FlagHelp& flag : FlagsOf(command)) {
    const std::string name = LongName(flag);
    nearest.Offer(name, name);
  }
  return nearest.name();
}

}  // namespace onrecord
