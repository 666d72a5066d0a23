#include "engine/program/program_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/ingest/files.h"
#include "engine/report/rows.h"
#include "engine/timeline.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;

// "é" takes the bytes 2 and 3.
constexpr char kText[] = "Zoé Xe said no to it.";

Article ArticleOf(const std::string& id) {
  Article article;
  article.set_id(id);
  article.set_text(kText);
  return article;
}

// Programs are shell scripts: each reads its articles with `read -r line`.
class ProgramExtractorTest : public ::testing::Test {
 protected:
  absl::StatusOr<extract::Extraction> Ask(const std::string& script,
                                          const std::string& id = "a") {
    if (extractor_ == nullptr) {
      extractor_ = std::make_unique<ProgramExtractor>(script, options_);
    }
    Codebook codebook;
    codebook.add_topics()->set_id("tariffs");
    return extractor_->Extract(ArticleOf(id), codebook);
  }

  // Answers every article with `rows` and the end; its id is "a".
  static std::string Answering(const std::string& rows) {
    return absl::StrCat("while read -r line; do cat <<'E'\n", rows,
                        "\n{\"end\":\"a\"}\nE\ndone");
  }

  ProgramExtractorOptions options_;
  TempDirectory dir_;
  std::unique_ptr<ProgramExtractor> extractor_;
};

TEST_F(ProgramExtractorTest, RowsBecomeStatements) {
  ASSERT_OK_AND_ASSIGN(
      const extract::Extraction extraction,
      Ask(Answering(
          R"({"statementId":"1","speaker":{"begin":0,"end":7,"text":"Zoé Xe",)"
          R"("actorName":"Zoe Xe","role":"envoy"},)"
          R"("cue":{"begin":8,"end":12,"text":"said"},"kind":"INDIRECT",)"
          R"("content":[{"begin":13,"end":15}],"text":"no","topic":"peace",)"
          R"("stance":-1,"saidAt":"2025-04","confidence":0.25,"negated":true})"
          "\n\n"
          R"({"parentId":"1","content":[{"begin":16,"end":21}],)"
          R"("kind":"DIRECT","speaker":{"actorName":"Zoe Xe"}})")));
  ASSERT_EQ(extraction.statements.size(), 2);
  const Statement& first = extraction.statements[0].statement;
  EXPECT_EQ(first.speaker().span().end(), 7);
  EXPECT_EQ(first.speaker().role(), "envoy");
  EXPECT_EQ(first.cue().begin(), 8);
  EXPECT_EQ(first.kind(), Statement::INDIRECT);
  EXPECT_EQ(first.stance(), -1);
  EXPECT_EQ(first.said_at(), "2025-04");
  EXPECT_EQ(first.confidence(), 0.25);
  EXPECT_TRUE(first.negated());
  EXPECT_EQ(first.id(), "") << "resolution's to give";
  const extract::ExtractedStatement& second = extraction.statements[1];
  EXPECT_EQ(second.parent, 0);
  EXPECT_EQ(second.statement.confidence(), 1);
  EXPECT_EQ(second.statement.stance_unknown(), "the extractor does not say");
  EXPECT_THAT(second.statement.reason(), HasSubstr("found by while read"));
  ASSERT_EQ(extraction.entities.size(), 1) << "one speaker, named twice";
  EXPECT_EQ(extraction.entities[0].name, "Zoe Xe");
  ASSERT_EQ(extraction.found_topics.size(), 1);
  EXPECT_EQ(extraction.found_topics[0].id(), "peace");
}

TEST_F(ProgramExtractorTest, TheProgramGetsTheArticleAndTheTopics) {
  const std::string seen = dir_.Path("seen");
  EXPECT_OK(Ask(absl::StrCat("read -r line; printf '%s' \"$line\" > ", seen,
                             "; echo '{\"end\":\"a\"}'")));
  ASSERT_OK_AND_ASSIGN(const std::string line, ReadFile(seen));
  EXPECT_EQ(line, absl::StrCat("{\"id\":\"a\",\"text\":\"", kText,
                               "\",\"topics\":[{\"id\":\"tariffs\"}]}"));
}

struct WrongCase {
  const char* test_name;
  const char* rows;
  const char* message;
};

class WrongOutputTest : public ProgramExtractorTest,
                        public ::testing::WithParamInterface<WrongCase> {};

TEST_P(WrongOutputTest, IsRefusedWithItsLineAndField) {
  EXPECT_THAT(Ask(Answering(GetParam().rows)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("extractor `while read"),
                             HasSubstr(GetParam().message))));
}

const WrongCase kWrong[] = {
    {"NotJson", "Sure! Here is what I found:", "line 1: not a JSON object"},
    {"SecondLine", "{\"content\":[{\"begin\":0,\"end\":1}]}\n[]", "line 2: "},
    {"UnknownField", R"({"speeker":{"text":"Zoe"}})", "speeker"},
    {"UnknownKind", R"({"kind":"SHOUTED"})", "SHOUTED"},
    {"ContentBeyondTheText", R"({"content":[{"begin":13,"end":99}]})",
     "line 1: `content` is [13, 99)"},
    {"CueInsideACharacter", R"({"cue":{"begin":3,"end":6}})",
     "line 1: `cue` is [3, 6)"},
    {"SpeakerEmpty", R"({"speaker":{"begin":3,"end":3}})",
     "line 1: `speaker` is [3, 3)"},
    {"OffsetsInCharacters", R"({"cue":{"begin":7,"end":11,"text":"said"}})",
     "`cue.text` is \"said\", but at its offsets (in bytes) the article has "
     "\" sai\""},
    {"WordsThatAreNotThere",
     R"({"content":[{"begin":13,"end":15}],"text":"yes"})", "`text` is"},
    {"ParentThatIsNone",
     R"({"parentId":"9","content":[{"begin":13,"end":15}]})", "`parentId`"},
    {"SameId",
     "{\"statementId\":\"1\",\"content\":[{\"begin\":13,\"end\":15}]}\n"
     "{\"statementId\":\"1\",\"content\":[{\"begin\":13,\"end\":15}]}",
     "line 2: `statementId`"},
    {"EndOfAnotherArticle", R"({"end":"b"})", "line 1: `end` is \"b\""},
};

INSTANTIATE_TEST_SUITE_P(Outputs, WrongOutputTest, ::testing::ValuesIn(kWrong),
                         [](const ::testing::TestParamInfo<WrongCase>& info) {
                           return info.param.test_name;
                         });

TEST_F(ProgramExtractorTest, WhatFollowsTheEndIsRefused) {
  EXPECT_THAT(Ask("read -r line; printf '{\"end\":\"a\"}\\n{}\\n'; sleep 9"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("follows the closing line")));
}

TEST_F(ProgramExtractorTest, ItsOwnErrorIsHandedOn) {
  EXPECT_THAT(
      Ask("read -r line; echo '{\"error\":\"the model is not loaded\"}'"),
      StatusIs(absl::StatusCode::kInternal,
               HasSubstr("says: the model is not loaded")));
}

TEST_F(ProgramExtractorTest, OneThatDiesIsStartedAgain) {
  const std::string script =
      absl::StrCat("echo x >> ", dir_.Path("starts"),
                   "; read -r line; if test $(wc -l < ", dir_.Path("starts"),
                   ") -lt 3; then printf '{\"content\":'; exit 3; fi; "
                   "echo '{\"end\":\"a\"}'");
  EXPECT_OK(Ask(script));
}

TEST_F(ProgramExtractorTest, OneThatReadsOneArticleIsStartedForEach) {
  const std::string script = "read -r line; echo '{\"end\":\"a\"}'";
  for (int i = 0; i < 8; ++i) EXPECT_OK(Ask(script));
}

TEST_F(ProgramExtractorTest, OneThatDiesEachTimeIsAnError) {
  EXPECT_THAT(Ask("exit 3"), StatusIs(absl::StatusCode::kInternal,
                                      HasSubstr("ended early 3 times")));
  extractor_ = nullptr;
  EXPECT_THAT(Ask("no-such-program-at-all 2>/dev/null"),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("ended early")));
}

TEST_F(ProgramExtractorTest, OneThatHangsIsKilled) {
  options_.timeout = absl::Milliseconds(200);
  options_.max_attempts = 2;
  const absl::Time start = absl::Now();
  EXPECT_THAT(Ask("sleep 600 & sleep 600"),
              StatusIs(absl::StatusCode::kDeadlineExceeded,
                       HasSubstr("takes too long")));
  EXPECT_LT(absl::Now() - start, absl::Seconds(60));
}

TEST_F(ProgramExtractorTest, LongTextsAndAnswersGoBothWaysAtOnce) {
  // Answers before it reads, with more than a pipe holds, and echoes as much.
  Article article = ArticleOf("a");
  article.mutable_text()->append(2 << 20, 'x');
  ProgramExtractor extractor(
      "i=0; while test $i -lt 2000; do i=$((i+1)); echo '"
      R"({"content":[{"begin":13,"end":15}],"kind":"INDIRECT"})"
      "'; done; read -r line; echo '{\"end\":\"a\"}'",
      options_);
  ASSERT_OK_AND_ASSIGN(const extract::Extraction extraction,
                       extractor.Extract(article, Codebook()));
  EXPECT_EQ(extraction.statements.size(), 2000);
}

TEST_F(ProgramExtractorTest, ThreadsTakeTurns) {
  ProgramExtractor extractor(Answering(""), options_);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&extractor] {
      for (int j = 0; j < 20; ++j) {
        EXPECT_OK(extractor.Extract(ArticleOf("a"), Codebook()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// What the engine extracts, given back by a program, is recorded as the same.
TEST_F(ProgramExtractorTest, TheEnginesOwnRowsAreTaken) {
  Article article = ArticleOf("a");
  article.set_published("2025-04-26");
  article.set_text(
      "“We will not sign,” said Trade Minister Ana Ruiz. She added that Japan "
      "opposes the tariffs.");
  ASSERT_OK_AND_ASSIGN(auto own, Timeline::OpenInMemory({}));
  ASSERT_OK(own->Ingest({article}));
  ASSERT_OK_AND_ASSIGN(const auto rows, own->Statements({}));
  ASSERT_GE(rows.size(), 2);
  std::string lines;
  for (const StatementRow& row : rows) lines += ToJson(row) + "\n";
  ProgramExtractor extractor(Answering(lines), options_);
  TimelineOptions options;
  options.extractor = &extractor;
  ASSERT_OK_AND_ASSIGN(auto timeline, Timeline::OpenInMemory(options));
  ASSERT_OK(timeline->Ingest({article}));
  ASSERT_OK_AND_ASSIGN(const auto again, timeline->Statements({}));
  ASSERT_EQ(again.size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(again[i].statement_id(), rows[i].statement_id());
    EXPECT_EQ(again[i].speaker().actor_id(), rows[i].speaker().actor_id());
    EXPECT_EQ(again[i].text(), rows[i].text());
    EXPECT_EQ(again[i].kind(), rows[i].kind());
    EXPECT_EQ(again[i].topic(), rows[i].topic());
    EXPECT_EQ(again[i].has_stance(), rows[i].has_stance());
    EXPECT_EQ(again[i].parent_id(), rows[i].parent_id());
  }
}

}  // namespace
}  // namespace onrecord
