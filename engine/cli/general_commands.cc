// Commands about the program, and the table of all commands.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/cli/command.h"
#include "engine/cli/help.h"
#include "engine/version.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

Run DeclareHelp(CLI::App& app) {
  auto words = std::make_shared<std::vector<std::string>>();
  app.add_option("COMMAND", *words);
  return [words](Context& context) -> absl::Status {
    if (words->empty()) {
      PrintOverview(context.out);
      return absl::OkStatus();
    }
    const std::string name = absl::StrJoin(*words, " ");
    for (const Command& command : AllCommands()) {
      if (command.name == name) {
        PrintHelp(command, context.out);
        return absl::OkStatus();
      }
    }
    return absl::NotFoundError(
        absl::StrCat("no command \"", name, "\"; `onrecord help` lists them"));
  };
}

Run DeclareVersion(CLI::App& /*app*/) {
  return [](Context& context) {
    context.out << "onrecord " << kVersion << "\n";
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& AllCommands() {
  static const auto* const commands = [] {
    auto* all = new std::vector<Command>;
    for (const std::vector<Command>* group :
         {&TimelineCommands(), &QuestionCommands(), &AnalystCommands(),
          &ExportCommands(), &ServeCommands(), &LogEventCommands(),
          &LogProofCommands(), &LogTransferCommands(), &LogCareCommands(),
          &ShellCommands()}) {
      all->insert(all->end(), group->begin(), group->end());
    }
    all->push_back({"help", "[COMMAND]", "Says how a command is used",
                    "onrecord help replay", 0, DeclareHelp});
    all->push_back({"version", "", "Prints the version", "onrecord version", 0,
                    DeclareVersion});
    return all;
  }();
  return *commands;
}

}  // namespace onrecord
