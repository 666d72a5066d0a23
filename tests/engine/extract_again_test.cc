// Reading recorded articles again with another extractor.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/analyst/change.h"
#include "engine/timeline.h"
#include "tests/testing/line_reader.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::LineReader;
using ::onrecord::testing::OpenReadBy;
using ::onrecord::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ExtractAgainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(timeline_, OpenReadBy(&reader_));
    reader_.unread = {"Kato is for it"};
    reader_.stances = {{"Ruiz wants peace", -1}};
    Article article;
    article.set_id("a");
    article.set_published("2025-04-26");
    article.set_text("Ruiz wants peace\nMori is silent\nKato is for it");
    ASSERT_OK(timeline_->Ingest({article}));
  }

  // A better extractor: sees Kato, not Mori, and Ruiz's side.
  void Improve() {
    reader_.version = "2";
    reader_.unread = {"Mori is silent"};
    reader_.stances = {{"Ruiz wants peace", 1}};
  }

  // "speaker stance" of each statement, in order.
  std::vector<std::string> Statements() {
    std::vector<std::string> lines;
    const auto rows = timeline_->Statements({});
    EXPECT_OK(rows);
    for (const StatementRow& row : *rows) {
      lines.push_back(
          absl::StrCat(row.speaker().actor_name(), " ",
                       row.has_stance() ? absl::StrCat(row.stance()) : "none"));
    }
    return lines;
  }

  uint64_t Last() const { return timeline_->log()->last_log_position(); }

  LineReader reader_;
  std::unique_ptr<Timeline> timeline_;
};

TEST_F(ExtractAgainTest, TheSameReadingChangesNothing) {
  const uint64_t last = Last();
  ASSERT_OK_AND_ASSIGN(const RereadReport report,
                       timeline_->ExtractAgain({}, /*dry_run=*/false));
  EXPECT_EQ(report.articles, 1);
  EXPECT_THAT(report.events, IsEmpty());
  EXPECT_EQ(Last(), last);
}

TEST_F(ExtractAgainTest, OnlyWhatDiffersIsRecorded) {
  Improve();
  const uint64_t before = Last();
  ASSERT_OK_AND_ASSIGN(const RereadReport planned,
                       timeline_->ExtractAgain({"a"}, /*dry_run=*/true));
  EXPECT_EQ(Last(), before);
  EXPECT_THAT(Statements(), ElementsAre("Ruiz -1", "Mori none"));
  ASSERT_OK_AND_ASSIGN(const RereadReport done,
                       timeline_->ExtractAgain({"a"}, /*dry_run=*/false));
  EXPECT_THAT(Statements(), ElementsAre("Ruiz 1", "Kato none"));
  ASSERT_EQ(done.events.size(), planned.events.size());
  ASSERT_EQ(done.events.size(), 4);  // Kato, and three statements
  for (size_t i = 0; i < done.events.size(); ++i) {
    EXPECT_EQ(done.events[i].SerializeAsString(),
              planned.events[i].SerializeAsString());
  }
  EXPECT_EQ(Last(), before + 4);
  ASSERT_OK(timeline_->ExtractAgain({}, /*dry_run=*/false));
  EXPECT_EQ(Last(), before + 4) << "the second time nothing differs";
}

TEST_F(ExtractAgainTest, WhatAPersonDecidedStays) {
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Statements({}));
  CorrectStatement change;
  change.statement_id = rows[0].statement_id();
  change.kind = EXTRACTION_WRONG;
  change.stance = 0.0;
  ASSERT_OK(timeline_->Decide(change, {"ana", "neither"}));
  Improve();
  ASSERT_OK_AND_ASSIGN(const RereadReport report,
                       timeline_->ExtractAgain({}, /*dry_run=*/false));
  EXPECT_EQ(report.decided, 1);
  EXPECT_THAT(Statements(), ElementsAre("Ruiz 0", "Kato none"));
}

TEST_F(ExtractAgainTest, HandCodedArticlesAreLeftAlone) {
  Article article;
  article.set_id("coded");
  article.set_text("Ruiz wants peace");
  StatementRow row;
  row.set_doc_id("coded");
  row.set_statement_id("c1");
  row.mutable_speaker()->set_actor_name("Ruiz");
  ASSERT_OK(timeline_->IngestCoded({article}, {row}));
  const uint64_t last = Last();
  ASSERT_OK_AND_ASSIGN(const RereadReport report,
                       timeline_->ExtractAgain({"coded"}, /*dry_run=*/false));
  EXPECT_EQ(report.coded, 1);
  EXPECT_EQ(report.articles, 0);
  EXPECT_EQ(Last(), last);
}

TEST_F(ExtractAgainTest, AnUnknownArticleIsAnError) {
  EXPECT_THAT(timeline_->ExtractAgain({"b"}, /*dry_run=*/false),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace onrecord
