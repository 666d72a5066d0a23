// Help, completion and the manual say the same, as they come from one table.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "engine/cli/command.h"
#include "engine/cli/command_flags.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

std::string Printed(const std::vector<std::string>& args) {
  const Ran ran = RunCommandLine(args);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return ran.out;
}

// What bash offers after `typed`, whose last word is under way.
std::vector<std::string> Completed(const std::string& typed) {
  const TempDirectory directory;
  const std::string script =
      directory.Write("completion", Printed({"completion", "bash"}));
  // As readline does it, "=" parts words.
  const std::string words = absl::StrReplaceAll(typed, {{"=", " = "}});
  const bool starts_new = absl::EndsWith(words, " ");
  const std::string run = directory.Write(
      "run.sh",
      absl::StrCat("source ", script, "\ncd ", directory.Path(),
                   "\nCOMP_WORDS=(", words, starts_new ? " ''" : "",
                   ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_onrecord\n"
                   "printf '%s\\n' \"${COMPREPLY[@]}\"\n"));
  FILE* const pipe = popen(absl::StrCat("bash ", run, " 2>&1").c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::string output;
  char buffer[4096];
  while (const size_t got = fread(buffer, 1, sizeof(buffer), pipe)) {
    output.append(buffer, got);
  }
  EXPECT_EQ(pclose(pipe), 0) << output;
  return absl::StrSplit(output, '\n', absl::SkipEmpty());
}

TEST(ShellCommandsTest, EveryCommandIsInHelpManualAndCompletions) {
  const std::string overview = Printed({"help"});
  const std::string manual = Printed({"man"});
  const std::string bash = Printed({"completion", "bash"});
  const std::string zsh = Printed({"completion", "zsh"});
  const std::string fish = Printed({"completion", "fish"});
  for (const Command& command : AllCommands()) {
    const std::string name(command.name);
    SCOPED_TRACE(name);
    EXPECT_THAT(overview, HasSubstr(absl::StrCat("  ", name, " ")));
    EXPECT_THAT(manual, HasSubstr(absl::StrCat(".SS \"", name)));
    EXPECT_THAT(bash, HasSubstr(absl::StrCat("'", name, " '*)")));
    EXPECT_THAT(zsh, HasSubstr(absl::StrCat("'", name, "'")));
    std::vector<std::string> help_words{"help"};
    for (const absl::string_view word : absl::StrSplit(name, ' ')) {
      help_words.emplace_back(word);
      EXPECT_THAT(fish, HasSubstr(absl::StrCat(" ", word)));
    }
    const std::string help = Printed(help_words);
    EXPECT_THAT(help, HasSubstr(absl::StrCat("usage: onrecord ", name)));
    EXPECT_THAT(help, HasSubstr("example:"));
    EXPECT_TRUE(
        absl::StrContains(command.example, absl::StrCat("onrecord ", name)))
        << command.example;
    for (const FlagHelp& flag : FlagsOf(command)) {
      EXPECT_THAT(help, HasSubstr(LongName(flag)));
      EXPECT_THAT(help, HasSubstr(flag.description));
      EXPECT_THAT(bash, HasSubstr(LongName(flag)));
      EXPECT_THAT(zsh, HasSubstr(LongName(flag)));
      EXPECT_THAT(fish,
                  HasSubstr(absl::StrCat(" -l ", LongName(flag).substr(2))));
      EXPECT_THAT(manual, HasSubstr(absl::StrReplaceAll(LongName(flag),
                                                        {{"-", "\\-"}})));
      EXPECT_FALSE(flag.description.empty()) << flag.names;
    }
  }
}

TEST(ShellCommandsTest, BashCompletesCommandsFlagsAndChoices) {
  EXPECT_THAT(Completed("onrecord repl"),
              UnorderedElementsAreArray({"replay"}));
  EXPECT_THAT(Completed("onrecord log ver"),
              UnorderedElementsAreArray({"verify"}));
  EXPECT_THAT(Completed("onrecord replay --kno"),
              UnorderedElementsAreArray({"--known-at="}));
  EXPECT_THAT(Completed("onrecord replay --db=x --rol"),
              UnorderedElementsAreArray({"--rollup"}));
  EXPECT_THAT(Completed("onrecord replay --format="),
              UnorderedElementsAreArray({"table", "jsonl", "csv"}));
  EXPECT_THAT(Completed("onrecord replay --format=cs"),
              UnorderedElementsAreArray({"csv"}));
  // The same flag takes other words in another command.
  EXPECT_THAT(Completed("onrecord log export --format="),
              UnorderedElementsAreArray({"protobuf", "jsonl"}));
}

TEST(ShellCommandsTest, BashOffersAllCommandsAndNoneTwice) {
  const std::vector<std::string> offered = Completed("onrecord ");
  std::vector<std::string> expected;
  for (const Command& command : AllCommands()) {
    const std::string word(command.name.substr(0, command.name.find(' ')));
    if (expected.empty() ||
        std::find(expected.begin(), expected.end(), word) == expected.end()) {
      expected.push_back(word);
    }
  }
  EXPECT_THAT(offered, UnorderedElementsAreArray(expected));
}

// A line of roff that begins with a dot or an apostrophe is a request.
TEST(ShellCommandsTest, TheManualHoldsNoRequestByAccident) {
  const std::vector<std::string> known = {".TH", ".SH", ".SS", ".TP", ".B",
                                          ".I",  ".PP", ".nf", ".fi"};
  for (const absl::string_view line : absl::StrSplit(Printed({"man"}), '\n')) {
    EXPECT_FALSE(absl::StartsWith(line, "'")) << line;
    if (!absl::StartsWith(line, ".")) continue;
    const std::string request(line.substr(0, line.find(' ')));
    EXPECT_NE(std::find(known.begin(), known.end(), request), known.end())
        << line;
  }
}

TEST(ShellCommandsTest, AnotherShellIsRefused) {
  const Ran ran = RunCommandLine({"completion", "csh"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("csh"));
  EXPECT_THAT(ran.out, Not(HasSubstr("complete")));
}

}  // namespace
}  // namespace onrecord
