// A service's own extractor in place of the engine's, and articles read on
// several threads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/extractor.h"
#include "engine/timeline.h"
#include "storage/clock.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Takes the first word for the speaker, and the rest for what was said.
class FirstWordSpeaks : public Extractor {
 public:
  Producer producer() const override {
    Producer producer;
    producer.set_name("first-word");
    producer.set_version("7");
    return producer;
  }

  absl::StatusOr<extract::Extraction> Extract(
      const Article& article, const Codebook& /*codebook*/) override {
    if (article.text() == "unreadable") return absl::InternalError("no words");
    const size_t space = article.text().find(' ');
    extract::Extraction extraction;
    extraction.entities.emplace_back().name = article.text().substr(0, space);
    extract::ExtractedStatement& extracted =
        extraction.statements.emplace_back();
    extracted.speaker = 0;
    extracted.statement.set_kind(Statement::INDIRECT);
    Span* content = extracted.statement.add_content();
    content->set_begin(space + 1);
    content->set_end(article.text().size() + beyond_);
    return extraction;
  }

  // Makes the content end this many bytes beyond the text.
  void GoBeyond(int bytes) { beyond_ = bytes; }

 private:
  int beyond_ = 0;
};

Article ArticleOf(const std::string& id, const std::string& text) {
  Article article;
  article.set_id(id);
  article.set_published("2025-04-26");
  article.set_text(text);
  return article;
}

class OwnExtractorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    TimelineOptions options;
    options.extractor = &extractor_;
    ASSERT_OK_AND_ASSIGN(timeline_, Timeline::OpenInMemory(options));
  }

  FirstWordSpeaks extractor_;
  std::unique_ptr<Timeline> timeline_;
};

TEST_F(OwnExtractorTest, ItsStatementsAreRecordedUnderItsName) {
  ASSERT_OK(timeline_->Ingest({ArticleOf("a", "Ruiz wants peace")}));
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Statements({}));
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].speaker().actor_name(), "Ruiz");
  EXPECT_EQ(rows[0].text(), "wants peace");
  int of_extractor = 0;
  const std::unique_ptr<EventReader> events = timeline_->log()->ReadLog(1, {});
  for (; events->Valid(); events->Next()) {
    const RecordedEvent& event = events->event();
    EXPECT_EQ(event.event().producer().name() == "first-word",
              event.event().has_statement_recorded());
    of_extractor += event.event().producer().version() == "7" ? 1 : 0;
  }
  EXPECT_EQ(of_extractor, 1);
}

TEST_F(OwnExtractorTest, WhatDoesNotFitIsRefusedAndNothingRecorded) {
  extractor_.GoBeyond(1);
  EXPECT_THAT(timeline_->Ingest({ArticleOf("a", "Ruiz wants peace")}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("article \"a\""),
                             HasSubstr("`content` is [5, 17)"))));
  EXPECT_EQ(timeline_->log()->last_log_position(), 0);
}

TEST_F(OwnExtractorTest, ItsErrorEndsTheIngestWithNothingRecorded) {
  EXPECT_THAT(timeline_->Ingest({ArticleOf("a", "Ruiz wants peace"),
                                 ArticleOf("b", "unreadable")}),
              StatusIs(absl::StatusCode::kInternal,
                       AllOf(HasSubstr("article \"b\""), HasSubstr("words"))));
  EXPECT_EQ(timeline_->log()->last_log_position(), 0);
}

// The root hash over everything that the articles lead to.
std::string RootWithThreads(int threads) {
  FixedClock clock(absl::FromUnixSeconds(1745625600));
  TimelineOptions options;
  options.clock = &clock;
  options.extraction_threads = threads;
  std::vector<uint64_t> steps;
  options.ingest_progress = [&steps](uint64_t done, uint64_t total) {
    EXPECT_EQ(total, 24u);
    steps.push_back(done);
  };
  auto timeline = Timeline::OpenInMemory(options);
  EXPECT_OK(timeline.status());
  std::vector<Article> articles;
  for (int i = 0; i < 24; ++i) {
    Article article = ArticleOf(
        absl::StrCat("a", i),
        absl::StrCat(
            "Trade Minister Kenji Mori said that Japan opposes tariff ", i,
            ".\n“We will fight plan ", i % 5,
            ",” Ana Ruiz said. He added that talks go on."));
    article.set_published(absl::StrCat("2025-04-", 10 + i % 7));
    articles.push_back(std::move(article));
  }
  EXPECT_OK((*timeline)->Ingest(std::move(articles)));
  std::vector<uint64_t> each(24);
  std::iota(each.begin(), each.end(), 1);
  EXPECT_EQ(steps, each) << "every article, one after the other";
  const auto head = (*timeline)->log()->GetHead();
  EXPECT_OK(head.status());
  return head->root;
}

TEST(ThreadsTest, DoNotChangeWhatIsRecorded) {
  const std::string alone = RootWithThreads(1);
  EXPECT_EQ(RootWithThreads(2), alone);
  EXPECT_EQ(RootWithThreads(8), alone);
}

}  // namespace
}  // namespace onrecord
