// Commands for the shell that `onrecord` is used from.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/cli/command.h"
#include "engine/cli/completion.h"
#include "engine/cli/manual.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

Run DeclareCompletion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell)
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell](Context& context) {
    if (*shell == "bash") PrintBashCompletion(context.out);
    if (*shell == "zsh") PrintZshCompletion(context.out);
    if (*shell == "fish") PrintFishCompletion(context.out);
    return absl::OkStatus();
  };
}

Run DeclareManual(CLI::App& /*app*/) {
  return [](Context& context) {
    PrintManual(context.out);
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& ShellCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"completion", "bash|zsh|fish",
       "Prints a script by which the shell completes commands and flags",
       "onrecord completion bash > onrecord.bash && source onrecord.bash", 0,
       DeclareCompletion},
      {"man", "", "Prints the manual as a man page",
       "onrecord man > onrecord.1 && man ./onrecord.1", 0, DeclareManual},
  };
  return *commands;
}

}  // namespace onrecord
