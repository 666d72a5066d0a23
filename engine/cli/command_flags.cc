#include "engine/cli/command_flags.h"

#include <CLI/CLI.hpp>
#include <sstream>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "engine/cli/flags.h"

namespace onrecord {
namespace {

// What a value is, without what the parser adds of its own: "TEXT:" before the
// name of a check, and the check behind a name that the command gave.
std::string ValueOf(const CLI::Option& option) {
  if (option.get_type_size() == 0) return "";
  const std::string full = option.get_type_name();
  absl::string_view name = full;
  if (!absl::ConsumePrefix(&name, "TEXT:"))
    name = name.substr(0, name.find(':'));
  return std::string(name);
}

}  // namespace

std::vector<FlagHelp> FlagsOf(const Command& command) {
  std::ostringstream nowhere;
  Context context{nowhere, nowhere, "", "", false, false, "", {}};
  CLI::App app;
  DeclareSharedFlags(command, app, context);
  command.declare(app);
  std::vector<FlagHelp> flags;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    flags.push_back(
        {option->get_name(), ValueOf(*option), option->get_description()});
  }
  return flags;
}

std::string LongName(const FlagHelp& flag) {
  return flag.names.substr(flag.names.find("--"));
}

}  // namespace onrecord
