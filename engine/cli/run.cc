#include "engine/cli/run.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/cli/command.h"
#include "engine/cli/flags.h"
#include "engine/cli/help.h"
#include "engine/report/rows.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

constexpr size_t kDefaultWidth = 100;

int Fail(const absl::Status& status, int exit_code, std::ostream& err) {
  err << "onrecord: " << absl::StatusCodeToString(status.code()) << ": "
      << Printable(status.message()) << "\n";
  return exit_code;
}

int FailUsage(absl::string_view message, std::ostream& err) {
  return Fail(absl::InvalidArgumentError(message), kExitUsage, err);
}

// The command that `args` begin with, and how many words name it.
std::pair<const Command*, size_t> FindCommand(
    const std::vector<std::string>& args) {
  for (const size_t words : {size_t{2}, size_t{1}}) {
    if (args.size() < words) continue;
    const std::string name =
        words == 2 ? absl::StrCat(args[0], " ", args[1]) : args[0];
    for (const Command& command : AllCommands()) {
      if (command.name == name) return {&command, words};
    }
  }
  return {nullptr, 0};
}

int UnknownCommand(const std::vector<std::string>& args, std::ostream& err) {
  std::vector<absl::string_view> in_group;
  for (const Command& command : AllCommands()) {
    if (absl::StartsWith(command.name, args[0] + " ")) {
      in_group.push_back(command.name);
    }
  }
  if (!in_group.empty()) {
    std::string names;
    for (const absl::string_view name : in_group) {
      absl::StrAppend(&names, names.empty() ? "" : ", ", name);
    }
    return FailUsage(
        absl::StrCat("`", args[0], "` takes one more word: ", names), err);
  }
  const std::string near = NearestCommand(args[0]);
  return FailUsage(
      absl::StrCat("no command \"", args[0], "\"; ",
                   near.empty() ? "" : absl::StrCat("is it `", near, "`? "),
                   "`onrecord help` lists them"),
      err);
}

// What is wrong with the flags of `command`, given as `args`.
std::string UsageError(const Command& command, const CLI::ParseError& error,
                       const std::vector<std::string>& args) {
  std::string near;
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    for (const std::string& arg : args) {
      const std::string name = arg.substr(0, arg.find('='));
      if (!absl::StartsWith(name, "--") ||
          !absl::StrContains(error.what(), name)) {
        continue;
      }
      near = NearestFlag(command, name);
      if (!near.empty()) break;
    }
  }
  return absl::StrCat(command.name, ": ", error.what(),
                      near.empty() ? "" : absl::StrCat("; is it `", near, "`?"),
                      "; see `onrecord help ", command.name, "`");
}

// Reads the flags of `command` from `args` and runs it.
int RunCommand(const Command& command, const std::vector<std::string>& args,
               const Environment& environment, std::ostream& out,
               std::ostream& err) {
  Context context{out, err, environment.default_db, "", false, false, "", {}};
  if (context.db.empty()) context.db = "./onrecord.db";
  context.report.width = environment.terminal_width > 0
                             ? environment.terminal_width
                             : kDefaultWidth;
  context.report.colour = environment.colour;
  context.progress_width = environment.error_width;
  CLI::App app;
  DeclareSharedFlags(command, app, context);
  const std::function<absl::Status(Context&)> run = command.declare(app);
  try {
    // Backwards, as the parser wants them.
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::CallForHelp&) {
    PrintHelp(command, out);
    return kExitDone;
  } catch (const CLI::ParseError& error) {
    return FailUsage(UsageError(command, error, args), err);
  }
  const absl::Status status = run(context);
  out.flush();
  if (!status.ok()) return Fail(status, kExitFailed, err);
  if (!out) {
    return Fail(absl::InternalError("the output could not be written"),
                kExitFailed, err);
  }
  return kExitDone;
}

}  // namespace

int RunOnRecord(const std::vector<std::string>& args,
                const Environment& environment, std::ostream& out,
                std::ostream& err) {
  if (args.empty()) {
    PrintOverview(err);
    return kExitUsage;
  }
  if (args[0] == "--help" || args[0] == "-h") {
    PrintOverview(out);
    return kExitDone;
  }
  if (args[0] == "--version")
    return RunOnRecord({"version"}, environment, out, err);
  const auto [command, words] = FindCommand(args);
  if (command == nullptr) return UnknownCommand(args, err);
  return RunCommand(*command, {args.begin() + words, args.end()}, environment,
                    out, err);
}

}  // namespace onrecord
