#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/cli/command.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kNow[] = "--now=2025-05-01T00:00:00Z";
constexpr char kPublished[] = "--published=2025-04-26";
constexpr char kArticle[] = "engine/cli/demo/article.txt";
constexpr char kCodebook[] = "--codebook=engine/cli/demo/codebook.json";

TEST(IngestTest, TheSameArticleTwiceChangesNothingAndSaysSo) {
  TempDirectory dir;
  const std::string db = "--db=" + dir.Path("db");
  const std::vector<std::string> args = {"ingest",   kArticle, kCodebook,
                                         kPublished, kNow,     db};
  const Ran first = RunCommandLine(args);
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, StartsWith("1 article recorded: "));
  const std::string log = RunCommandLine({"log", "read", db}).out;
  const Ran second = RunCommandLine(args);
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(second.out,
            "0 articles recorded, 1 already recorded and left unchanged: "
            "0 statements, 0 new actors, 0 new topics\n");
  EXPECT_EQ(RunCommandLine({"log", "read", db}).out, log);
}

TEST(IngestTest, WhatWasNotUnderstoodIsSaid) {
  TempDirectory dir;
  const std::string articles =
      dir.Write("a.jsonl",
                R"({"id":"1","text":"Somebody said that the road was closed."})"
                "\n"
                R"({"id":"2","published":"2025-04-26","text":"It rained."})");
  const Ran ran =
      RunCommandLine({"ingest", articles, kCodebook, "--db=" + dir.Path("db")});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              HasSubstr("\nnot understood: the speaker of 1 statement, the "
                        "topic of 1, the day of 1\n"
                        "1 article without a date: --published=DAY gives "
                        "one\n"));
}

struct ReplayCase {
  const char* test_name;
  std::vector<std::string> flags;
};

class ReplayEqualsTest : public ::testing::TestWithParam<ReplayCase> {};

TEST_P(ReplayEqualsTest, FromALogAsInMemoryByteForByte) {
  TempDirectory dir;
  const std::string db = "--db=" + dir.Path("db");
  ASSERT_EQ(
      RunCommandLine({"ingest", kArticle, kCodebook, kPublished, kNow, db})
          .exit_code,
      0);
  std::vector<std::string> stored = {"replay", db};
  std::vector<std::string> in_memory = {"replay", kArticle, kCodebook,
                                        kPublished, kNow};
  for (const std::string& flag : GetParam().flags) {
    stored.push_back(flag);
    in_memory.push_back(flag);
  }
  const Ran from_log = RunCommandLine(stored);
  EXPECT_EQ(from_log.exit_code, 0) << from_log.err;
  EXPECT_NE(from_log.out, "");
  EXPECT_EQ(from_log.out, RunCommandLine(in_memory).out);
  EXPECT_EQ(from_log.out, RunCommandLine(stored).out) << "asked again";
}

INSTANTIATE_TEST_SUITE_P(
    Flags, ReplayEqualsTest,
    ::testing::Values(ReplayCase{"Table", {}},
                      ReplayCase{"JsonLines", {"--format=jsonl"}},
                      ReplayCase{"RolledUp", {"--format=csv", "--rollup"}}),
    [](const ::testing::TestParamInfo<ReplayCase>& info) {
      return info.param.test_name;
    });

TEST(ReplayTest, AnActorIsFoundByNameAndAMistypedOneSuggested) {
  const Ran japan = RunCommandLine({"replay", kArticle, kCodebook, kPublished,
                                    kNow, "--format=jsonl", "--actor=japan"});
  EXPECT_EQ(japan.exit_code, 0) << japan.err;
  EXPECT_THAT(japan.out, AllOf(HasSubstr("\"actorName\":\"Japan\""),
                               Not(HasSubstr("\"actorName\":\"China\""))));
  const Ran none = RunCommandLine(
      {"replay", kArticle, kCodebook, kPublished, kNow, "--actor=Japann"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("is it \"Japan\"?"));
}

TEST(ReplayTest, NothingHoldsBeforeTheFirstStatement) {
  const Ran before = RunCommandLine(
      {"replay", kArticle, kCodebook, kPublished, kNow, "--as-of=2020-01-01"});
  EXPECT_EQ(before.exit_code, 0) << before.err;
  EXPECT_EQ(before.out, "");
}

TEST(ExtractTest, StoresNothing) {
  TempDirectory dir;
  const Ran ran = RunCommandLine(
      {"extract", kArticle, kPublished, "--format=jsonl"}, {dir.Path("db"), 0});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GT(std::count(ran.out.begin(), ran.out.end(), '\n'), 20);
  EXPECT_EQ(RunCommandLine({"topics"}, {dir.Path("db"), 0}).exit_code, 1)
      << "no timeline was made";
}

TEST(DemoTest, EqualsReplayOfItsFiles) {
  const Ran demo = RunCommandLine({"demo"});
  EXPECT_EQ(demo.exit_code, 0) << demo.err;
  EXPECT_THAT(demo.out, HasSubstr("US tariffs"));
  EXPECT_EQ(demo.out,
            RunCommandLine({"replay", kArticle, kCodebook, kPublished}).out);
}

TEST(LogTest, VerifyAndStatsCountWhatIsThere) {
  TempDirectory dir;
  const std::string db = "--db=" + dir.Path("db");
  ASSERT_EQ(
      RunCommandLine({"ingest", kArticle, kPublished, kNow, db}).exit_code, 0);
  const Ran verify = RunCommandLine({"log", "verify", db});
  EXPECT_EQ(verify.exit_code, 0) << verify.err;
  EXPECT_THAT(verify.out, HasSubstr("1 texts checked"));
  EXPECT_THAT(RunCommandLine({"log", "stats", db}).out,
              AllOf(HasSubstr("texts          1\n"),
                    HasSubstr("last recorded  2025-05-01T00:00:00+00:00")));
  const std::string forwards = RunCommandLine({"log", "read", db}).out;
  const std::string first = forwards.substr(0, forwards.find('\n') + 1);
  EXPECT_EQ(RunCommandLine({"log", "read", db, "--limit=1"}).out, first);
  const std::string backwards =
      RunCommandLine({"log", "read", db, "--backwards"}).out;
  ASSERT_EQ(backwards.size(), forwards.size());
  EXPECT_EQ(backwards.substr(backwards.size() - first.size()), first);
}

TEST(HelpTest, EveryCommandHasAUsageAndAnExample) {
  const Ran overview = RunCommandLine({"help"});
  EXPECT_EQ(overview.exit_code, 0);
  for (const Command& command : AllCommands()) {
    const std::string name(command.name);
    EXPECT_THAT(overview.out, HasSubstr(name));
    const Ran help = RunCommandLine({"help", name});
    EXPECT_EQ(help.exit_code, 0) << name;
    EXPECT_THAT(help.out,
                AllOf(HasSubstr("usage: onrecord " + name), HasSubstr("--help"),
                      HasSubstr("example:\n\n  onrecord " + name)));
  }
}

TEST(HelpTest, AFlagAsksForItToo) {
  EXPECT_EQ(RunCommandLine({"replay", "--help"}).out,
            RunCommandLine({"help", "replay"}).out);
  EXPECT_EQ(RunCommandLine({"--help"}).out, RunCommandLine({"help"}).out);
}

TEST(VersionTest, IsPrinted) {
  EXPECT_THAT(RunCommandLine({"version"}).out, StartsWith("onrecord "));
  EXPECT_EQ(RunCommandLine({"--version"}).out, RunCommandLine({"version"}).out);
}

TEST(ExtractTest, AProgramMayReadTheArticles) {
  TempDirectory dir;
  const Ran ran = RunCommandLine(
      {"extract", dir.Write("a.txt", "Zoe Xe said no."), "--format=jsonl",
       "--extractor=while read -r line; do echo "
       "'{\"speaker\":{\"actorName\":\"Zoe Xe\"},\"kind\":\"INDIRECT\","
       "\"content\":[{\"begin\":12,\"end\":14}]}'; echo "
       "'{\"end\":\"a\"}'; done"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"actorName\":\"Zoe Xe\""),
                             HasSubstr("\"text\":\"no\"")));
}

TEST(IngestTest, ListsWhatWasReadWhereAsked) {
  TempDirectory dir;
  const std::string page = dir.Write(
      "page.html",
      "<html lang=en><meta name=date content=2025-04-26><nav>Mori said "
      "no.</nav><p>Kenji Mori said that Japan opposes the tariffs.</html>");
  const std::string db = "--db=" + dir.Path("db");
  const Ran ran =
      RunCommandLine({"ingest", page, db, "--list", "--format=jsonl"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "{\"id\":\"page\",\"published\":\"2025-04-26\",\"language\":\"en\","
            "\"text\":\"Kenji Mori said that Japan opposes the tariffs.\","
            "\"publishedFrom\":\"date\",\"languageFrom\":\"html lang\","
            "\"input\":\"html\"}\n");
  EXPECT_THAT(ran.err, HasSubstr("1 article recorded"));
  EXPECT_EQ(RunCommandLine({"ingest", dir.Write("again.jsonl", ran.out), db})
                .out.substr(0, 40),
            "0 articles recorded, 1 already recorded ");
}

}  // namespace
}  // namespace onrecord
