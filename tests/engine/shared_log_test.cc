// Timelines that share a log on PostgreSQL, and record at the same time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/timeline.h"
#include "storage/open_event_log.h"
#include "tests/testing/postgres_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::PostgresServer;
using ::onrecord::testing::TempDirectory;

constexpr int kTimelines = 3;

class SharedLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::Installed().ok()) {
      GTEST_SKIP() << PostgresServer::Installed().message();
    }
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Create("shared", {}));
    TimelineOptions options;
    options.log = server_->Url();
    ASSERT_OK(InitEventLog(options.log, {}));
    for (int i = 0; i < kTimelines; ++i) {
      ASSERT_OK_AND_ASSIGN(
          auto timeline,
          Timeline::Open(dir_.Path(absl::StrCat("db", i)), options));
      timelines_.push_back(std::move(timeline));
    }
  }

  // Runs `work` on all timelines at the same time.
  void OnEach(const std::function<void(Timeline&, int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kTimelines; ++i) {
      threads.emplace_back([&, i] { work(*timelines_[i], i); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  // How many actors there are of each name, as `timeline` knows them.
  static std::map<std::string, int> ActorsByName(Timeline& timeline) {
    std::map<std::string, int> actors;
    const auto rows = timeline.Actors();
    EXPECT_OK(rows);
    if (!rows.ok()) return actors;
    for (const ActorRow& row : *rows) ++actors[row.name()];
    return actors;
  }

  TempDirectory dir_;
  std::unique_ptr<PostgresServer> server_;
  std::vector<std::unique_ptr<Timeline>> timelines_;
};

TEST_F(SharedLogTest, AnActorThatAllIntroduceAtOnceIsOne) {
  constexpr int kArticles = 12;
  constexpr const char* kNames[] = {"Mori",   "Okafor", "Lindqvist", "Duarte",
                                    "Varga",  "Novak",  "Haddad",    "Petrov",
                                    "Kimura", "Santos", "Weber",     "Costa"};
  OnEach([&](Timeline& timeline, int i) {
    for (int a = 0; a < kArticles; ++a) {
      Article article;
      article.set_id(absl::StrCat(i, "-", a));
      article.set_published("2025-04-26");
      // The same actors, spelled differently.
      article.set_text(absl::StrCat(
          i % 2 == 0 ? "Trade Minister Kenji " : "Trade Minister KENJI ",
          kNames[a], " said that the tariffs are too high."));
      EXPECT_OK(timeline.Ingest({article}));
    }
  });
  for (const auto& timeline : timelines_) {
    const auto actors = ActorsByName(*timeline);
    EXPECT_EQ(actors.size(), static_cast<size_t>(kArticles));
    for (const auto& [name, count] : actors) EXPECT_EQ(count, 1) << name;
    ASSERT_OK_AND_ASSIGN(const auto rows, timeline->Statements({}));
    EXPECT_EQ(rows.size(), static_cast<size_t>(kTimelines * kArticles));
  }
  // Nobody was introduced twice.
  std::map<std::string, int> introduced;
  const auto reader = timelines_[0]->log()->ReadKinds(
      {NewEvent::kActorIntroducedFieldNumber}, 1, {});
  for (; reader->Valid(); reader->Next()) {
    ++introduced[reader->event().event().actor_introduced().actor_id()];
  }
  EXPECT_OK(reader->status());
  for (const auto& [id, times] : introduced) EXPECT_EQ(times, 1) << id;
}

TEST_F(SharedLogTest, OneArticleThatAllIngestAtOnceIsRecordedOnce) {
  std::vector<IngestReport> reports(kTimelines);
  OnEach([&](Timeline& timeline, int i) {
    Article article;
    article.set_id("a");
    article.set_published("2025-04-26");
    article.set_text("Kenji Mori said that the tariffs are too high.");
    const auto report = timeline.Ingest({article});
    EXPECT_OK(report);
    if (report.ok()) reports[i] = *report;
  });
  IngestReport all;
  for (const IngestReport& report : reports) all += report;
  EXPECT_EQ(all.articles, 1u);
  EXPECT_EQ(all.already_recorded, static_cast<size_t>(kTimelines - 1));
  EXPECT_EQ(all.statements, 1u);
}

TEST_F(SharedLogTest, MergesThatContradictEachOtherAreNotBothMade) {
  Codebook codebook;
  for (const char* const name : {"A", "B"}) {
    Actor& actor = *codebook.add_actors();
    actor.set_id(absl::StrCat("person/", name));
    actor.set_name(absl::StrCat("Person ", name));
  }
  OnEach([&](Timeline& timeline, int /*i*/) {
    EXPECT_OK(timeline.AddCodebook(codebook));
  });
  EXPECT_EQ(timelines_[0]->log()->last_log_position(), 2u);
  std::vector<absl::Status> made(kTimelines);
  OnEach([&](Timeline& timeline, int i) {
    MergeActors merge{"person/A", "person/B"};
    if (i % 2 == 1) std::swap(merge.actor, merge.into);
    made[i] = timeline.Decide(merge, {"desk", "one person"}).status();
  });
  int merges = 0;
  for (const absl::Status& status : made) {
    merges += status.ok() ? 1 : 0;
    EXPECT_TRUE(status.ok() || absl::IsFailedPrecondition(status)) << status;
  }
  EXPECT_EQ(merges, 1);
}

}  // namespace
}  // namespace onrecord
