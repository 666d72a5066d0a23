#include "engine/cli/help.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/actors/near_spelling.h"
#include "engine/cli/flags.h"

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
  Context context{out, out, "", false, "", {}};
  CLI::App app;
  DeclareSharedFlags(command, app, context);
  command.declare(app);
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    const std::string name = absl::StrCat(
        option->get_name(), option->get_type_size() > 0
                                ? absl::StrCat("=", option->get_type_name())
                                : "");
    out << absl::StrFormat("  %-24s %s\n", name, option->get_description());
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
