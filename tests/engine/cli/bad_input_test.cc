// Bad input: a one-line error, the right exit code, and nothing changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/engine/cli/command_line.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Args = std::vector<std::string>;

constexpr char kNow[] = "--now=2025-05-01T00:00:00Z";

// What the timeline answers: everything that bad input must leave alone.
std::string Answers(const std::string& db) {
  std::string answers;
  for (const char* command : {"statements", "actors", "topics"}) {
    answers += RunCommandLine({command, "--db=" + db, "--format=jsonl"}).out;
  }
  return answers + RunCommandLine({"log", "read", "--db=" + db}).out +
         RunCommandLine({"log", "verify", "--db=" + db}).out;
}

void ExpectOneLineError(const Ran& ran, int exit_code,
                        const std::string& message) {
  EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, StartsWith("onrecord: "));
  EXPECT_THAT(ran.err, HasSubstr(message));
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
}

struct BadInputCase {
  const char* test_name;

  // Prepares files in the directory; returns the arguments after `ingest`.
  std::function<Args(const TempDirectory& dir)> prepare;
  int exit_code;
  const char* message;
};

class BadInputTest : public ::testing::TestWithParam<BadInputCase> {};

TEST_P(BadInputTest, LeavesTheLogAsItWas) {
  TempDirectory dir;
  const std::string db = dir.Path("db");
  const std::string first = dir.Write(
      "first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  ASSERT_EQ(RunCommandLine(
                {"ingest", first, "--db=" + db, kNow, "--published=2025-04-26"})
                .exit_code,
            0);
  const std::string before = Answers(db);
  ASSERT_THAT(before, HasSubstr("article/first"));

  Args args = {"ingest", "--db=" + db, kNow};
  for (const std::string& arg : GetParam().prepare(dir)) args.push_back(arg);
  ExpectOneLineError(RunCommandLine(args), GetParam().exit_code,
                     GetParam().message);
  EXPECT_EQ(Answers(db), before);
}

const BadInputCase kBadInputs[] = {
    {"MissingFile",
     [](const TempDirectory& dir) { return Args{dir.Path("none.txt")}; }, 1,
     "NOT_FOUND: "},
    {"DirectoryWithoutArticles",
     [](const TempDirectory& dir) {
       dir.Write("empty/x.png", "x");
       return Args{dir.Path("empty")};
     },
     1, "no articles here"},
    {"InvalidUtf8",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "ab\xC3(")};
     },
     1, "a.txt: not valid UTF-8 at byte 2"},
    {"EmptyText",
     [](const TempDirectory& dir) { return Args{dir.Write("a.txt", "")}; }, 1,
     "a.txt: `text` is empty"},
    {"HugeLine",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", std::string(size_t{100} << 20, 'x'))};
     },
     1, "RESOURCE_EXHAUSTED: "},
    {"MalformedJsonLine",
     [](const TempDirectory& dir) {
       return Args{dir.Write(
           "a.jsonl", "{\"id\":\"1\",\"text\":\"He said no.\"}\n{\"id\"")};
     },
     1, "a.jsonl:2: "},
    {"OneBadArticleAmongGoodOnes",
     [](const TempDirectory& dir) {
       return Args{dir.Write("good.txt", "Ana Ruiz said no."),
                   dir.Write("bad.txt", "\xFF")};
     },
     1, "bad.txt"},
    {"SameIdOtherText",
     [](const TempDirectory& dir) {
       return Args{dir.Write("new.txt", "Ana Ruiz said no."),
                   dir.Write("x/first.txt", "Another text.")};
     },
     1, "ALREADY_EXISTS: article \"first\""},
    {"DateThatIsNone",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "x"), "--published=2025-02-30"};
     },
     2, "--published"},
    {"UnknownFlag",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "x"), "--frobnicate"};
     },
     2, "--frobnicate"},
    {"NoFile", [](const TempDirectory& /*dir*/) { return Args{}; }, 2, "FILE"},
    {"MissingCodebook",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "x"),
                   "--codebook=" + dir.Path("none.json")};
     },
     1, "none.json: no such file"},
    {"CodebookThatContradictsItself",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "x"),
                   "--codebook=" +
                       dir.Write("book.json", R"({"actors":[{"id":"a"}]})")};
     },
     1, "book.json: `actors[0].name` is empty"},
    {"StatementOfNoArticle",
     [](const TempDirectory& dir) {
       return Args{
           dir.Write("a.txt", "x"),
           "--statements=" +
               dir.Write("s.jsonl", R"({"docId":"b","statementId":"1"})")};
     },
     1, "`docId` is \"b\""},
    {"ExtractorWithWrongSpan",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "He said no."),
                   "--extractor=read -r line; echo "
                   "'{\"content\":[{\"begin\":8,\"end\":12}]}'"};
     },
     1, "line 1: `content` is [8, 12)"},
    {"ExtractorThatDies",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "He said no."), "--extractor=exit 1"};
     },
     1, "extractor `exit 1` ended early 3 times"},
    {"ExtractorBesideStatements",
     [](const TempDirectory& dir) {
       return Args{dir.Write("a.txt", "x"), "--extractor=cat",
                   "--statements=" + dir.Write("s.jsonl", "")};
     },
     2, "--extractor"},
    {"StatementBeyondTheText",
     [](const TempDirectory& dir) {
       return Args{
           dir.Write("a.txt", "x"),
           "--statements=" + dir.Write("s.jsonl",
                                       R"({"docId":"a","statementId":"1",)"
                                       R"("content":[{"begin":0,"end":2}]})")};
     },
     1, "`content` is [0, 2)"},
};

INSTANTIATE_TEST_SUITE_P(
    Inputs, BadInputTest, ::testing::ValuesIn(kBadInputs),
    [](const ::testing::TestParamInfo<BadInputCase>& info) {
      return info.param.test_name;
    });

TEST(BadDatabaseTest, AnotherProgramsDirectoryIsLeftAlone) {
  TempDirectory dir;
  dir.Write("db/notes.txt", "mine");
  const std::string article = dir.Write("a.txt", "Ana Ruiz said no.");
  ExpectOneLineError(
      RunCommandLine({"ingest", article, "--db=" + dir.Path("db")}), 1,
      "FAILED_PRECONDITION: ");
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(dir.Path("db"))) {
    files.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(files, ::testing::ElementsAre("notes.txt"));
}

TEST(BadDatabaseTest, AMissingTimelineIsNotMadeByReading) {
  TempDirectory dir;
  ExpectOneLineError(RunCommandLine({"replay", "--db=" + dir.Path("db")}), 1,
                     "NOT_FOUND: ");
  EXPECT_FALSE(std::filesystem::exists(dir.Path("db")));
}

TEST(BadDatabaseTest, AnUnwritableDirectoryIsNamed) {
  TempDirectory dir;
  const std::string article = dir.Write("a.txt", "Ana Ruiz said no.");
  // Root may write into any directory, but nobody below a file.
  const std::string parent =
      geteuid() == 0 ? dir.Write("parent", "a file") : dir.Path("parent");
  if (geteuid() != 0) mkdir(parent.c_str(), 0500);
  ExpectOneLineError(
      RunCommandLine({"ingest", article, "--db=" + parent + "/db"}), 1,
      parent + "/db");
}

struct UsageCase {
  const char* test_name;
  Args args;
  const char* message;
};

class UsageTest : public ::testing::TestWithParam<UsageCase> {};

TEST_P(UsageTest, ExitsWithTwo) {
  ExpectOneLineError(RunCommandLine(GetParam().args), 2, GetParam().message);
}

const UsageCase kUsages[] = {
    {"UnknownCommand", {"frobnicate"}, "no command \"frobnicate\""},
    {"MistypedCommand", {"repaly"}, "is it `replay`?"},
    {"MistypedFlag", {"replay", "--as_of=2025-01-01"}, "is it `--as-of`?"},
    {"GroupWithoutCommand", {"log"}, "log read"},
    {"UnknownInGroup", {"log", "frobnicate"}, "log read"},
    {"Format", {"topics", "--format=xml"}, "xml"},
    {"Now", {"ingest", "x", "--now=yesterday"}, "yesterday"},
    {"AsOf", {"replay", "--as-of=2025-13-01"}, "2025-13-01"},
};

INSTANTIATE_TEST_SUITE_P(Usages, UsageTest, ::testing::ValuesIn(kUsages),
                         [](const ::testing::TestParamInfo<UsageCase>& info) {
                           return info.param.test_name;
                         });

}  // namespace
}  // namespace onrecord
