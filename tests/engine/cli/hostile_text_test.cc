// Text that attacks whoever shows it, through every command that shows text.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;
using ::testing::Not;

// In JSON: a formula, a terminal's title and colour, a bell, a NUL, C1's CSI,
// and a mark that turns the direction of writing.
constexpr char kAttack[] =
    R"(=1+1 \u001b]0;owned\u0007 \u001b[31m \u0000 \u009b31m \u202egnp.exe)";

class HostileTextTest : public ::testing::Test {
 protected:
  HostileTextTest() {
    directory_.Write("c.json",
                     absl::StrCat(R"({"topics":[{"id":"t","name":")", kAttack,
                                  R"(","phrases":["tariffs"]}]})"));
    const std::string articles = directory_.Write(
        "a.jsonl",
        absl::StrCat(
            R"({"id":"a","published":"2025-04-26","title":")", kAttack,
            R"(","text":"Kenji Mori said that he opposes the tariffs )",
            kAttack, R"( for ever."})"));
    const Ran ran = RunCommandLine(
        {"ingest", articles, "--codebook=" + directory_.Path("c.json"), db_});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  }

  const TempDirectory directory_;
  const std::string db_ = "--db=" + directory_.Path("db");
};

TEST_F(HostileTextTest, NothingThatATerminalActsOnIsPrinted) {
  const std::vector<std::string> kCommands[] = {
      {"replay"},
      {"replay", "--sparkline"},
      {"statements"},
      {"actors"},
      {"topics"},
      {"why", "--actor=Kenji Mori", "--topic=t"},
      {"log", "read"},
      {"export", "--as=csv"},
      {"export", "--as=graphml"},
      {"export", "--as=timelinejs"},
  };
  for (std::vector<std::string> args : kCommands) {
    args.push_back(db_);
    for (const char* format : {"", "--format=csv", "--format=jsonl"}) {
      std::vector<std::string> with_format = args;
      if (*format != '\0') {
        if (args[0] == "export" || args[0] == "log") continue;
        with_format.push_back(format);
      }
      const Ran ran = RunCommandLine(with_format);
      SCOPED_TRACE(absl::StrCat(args[0], " ", args[1], " ", format));
      ASSERT_EQ(ran.exit_code, 0) << ran.err;
      EXPECT_FALSE(ran.out.empty());
      for (const char* acting : {"\x1B", "\x07", "\xC2\x9B"}) {
        EXPECT_THAT(ran.out, Not(HasSubstr(acting)));
      }
      EXPECT_EQ(ran.out.find('\0'), std::string::npos);
    }
  }
}

TEST_F(HostileTextTest, ColoursAreOursAlone) {
  Environment environment;
  environment.terminal_width = 80;
  environment.colour = true;
  const Ran ran = RunCommandLine({"replay", db_}, environment);
  EXPECT_THAT(ran.out, HasSubstr("\x1B[33magainst\x1B[0m"));
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1B]")));
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1B[31m")));
  EXPECT_THAT(ran.out, Not(HasSubstr("\xE2\x80\xAE")));
}

TEST_F(HostileTextTest, WithoutATerminalThereIsNoColour) {
  EXPECT_THAT(RunCommandLine({"replay", db_}).out, Not(HasSubstr("\x1B")));
}

TEST_F(HostileTextTest, AnErrorSaysItAsText) {
  const Ran ran = RunCommandLine({"replay", "--actor=\x1B[31mMori", db_});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, Not(HasSubstr("\x1B")));
}

}  // namespace
}  // namespace onrecord
