// Ingests on a log to which others append meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/extractor.h"
#include "engine/timeline.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

// Extracts as the engine does, and does something else first, as another
// process might between an ingest's look at the directory and its append.
class Interrupted : public Extractor {
 public:
  Producer producer() const override { return BuiltIn()->producer(); }

  absl::StatusOr<extract::Extraction> Extract(
      const Article& article, const Codebook& codebook) override {
    if (meanwhile) meanwhile();
    return BuiltIn()->Extract(article, codebook);
  }

  std::function<void()> meanwhile;
};

Article ArticleOf(const std::string& id, const std::string& text) {
  Article article;
  article.set_id(id);
  article.set_published("2025-04-26");
  article.set_text(text);
  return article;
}

class ConcurrentIngestTest : public ::testing::Test {
 protected:
  void SetUp() override {
    TimelineOptions options;
    options.extractor = &extractor_;
    options.extraction_threads = 1;
    ASSERT_OK_AND_ASSIGN(timeline_, Timeline::OpenInMemory(options));
  }

  // As another process does that introduces the actor by itself.
  void Introduce(const std::string& id, const std::string& name) {
    NewEvent event;
    event.mutable_actor_introduced()->set_actor_id(id);
    event.mutable_actor_introduced()->set_name(name);
    event.mutable_actor_introduced()->set_kind(Actor::PERSON);
    ASSERT_OK(timeline_->log()->Append("actor/" + id, ExpectedRevision::Any(),
                                       {event}, {}));
  }

  std::vector<std::string> ActorIds() {
    std::vector<std::string> ids;
    const auto rows = timeline_->Actors();
    EXPECT_OK(rows);
    if (!rows.ok()) return ids;
    for (const ActorRow& row : *rows) ids.push_back(row.actor_id());
    return ids;
  }

  Interrupted extractor_;
  std::unique_ptr<Timeline> timeline_;
};

constexpr char kText[] =
    "Trade Minister Kenji Mori said that the tariffs are too high.";

TEST_F(ConcurrentIngestTest, AnActorThatOthersIntroduceMeanwhileIsTheSameOne) {
  extractor_.meanwhile = [this] { Introduce("person/km", "Kenji Mori"); };
  ASSERT_OK_AND_ASSIGN(const IngestReport report,
                       timeline_->Ingest({ArticleOf("a", kText)}));
  EXPECT_EQ(report.articles, 1u);
  EXPECT_EQ(report.actors, 0u);
  EXPECT_EQ(ActorIds(), std::vector<std::string>{"person/km"});
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Statements({}));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].speaker().actor_id(), "person/km");
  // What was taken back left nothing behind.
  extractor_.meanwhile = nullptr;
  ASSERT_OK(timeline_->Ingest(
      {ArticleOf("b", "Kenji Mori said that he opposes the tariffs.")}));
  EXPECT_EQ(ActorIds(), std::vector<std::string>{"person/km"});
}

TEST_F(ConcurrentIngestTest, AnArticleThatOthersRecordMeanwhileIsLeftAlone) {
  // As another process would, whose extraction says something else.
  extractor_.meanwhile = [this] {
    ASSERT_OK_AND_ASSIGN(auto other, Timeline::OpenInMemory({}));
    ASSERT_OK(other->AddCodebook([] {
      Codebook codebook;
      Actor& actor = *codebook.add_actors();
      actor.set_id("person/km");
      actor.set_name("Kenji Mori");
      return codebook;
    }()));
    ASSERT_OK(other->Ingest({ArticleOf("a", kText)}));
    for (uint64_t at = 1; at <= other->log()->last_log_position();) {
      ASSERT_OK_AND_ASSIGN(const CommitRecord commit,
                           other->log()->ReadCommit(at));
      ASSERT_OK_AND_ASSIGN(const AppendResult result,
                           timeline_->log()->ImportCommit(commit, true));
      at = result.last_log_position + 1;
    }
  };
  ASSERT_OK_AND_ASSIGN(const IngestReport report,
                       timeline_->Ingest({ArticleOf("a", kText)}));
  EXPECT_EQ(report.articles, 0u);
  EXPECT_EQ(report.already_recorded, 1u);
  EXPECT_EQ(ActorIds(), std::vector<std::string>{"person/km"});
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Statements({}));
  EXPECT_EQ(rows.size(), 1u);
}

TEST_F(ConcurrentIngestTest, AnIdThatOthersGiveAwayMeanwhileIsTaken) {
  extractor_.meanwhile = [this] {
    NewEvent event;
    event.mutable_article_ingested()->set_article_id("a");
    ASSERT_OK(timeline_->log()->Append("article/a", ExpectedRevision::Any(),
                                       {event}, {}));
  };
  EXPECT_THAT(timeline_->Ingest({ArticleOf("a", kText)}),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("recorded with other content")));
}

}  // namespace
}  // namespace onrecord
