#include "engine/projections/replayer.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/state_dump.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Counts the statements of each actor, and keeps the total as a member until
// the checkpoint, as a projection in a hurry would.
class StatementsPerActor : public Projection {
 public:
  explicit StatementsPerActor(std::string name = "statements_per_actor",
                              uint32_t version = 1)
      : name_(std::move(name)), version_(version) {}

  absl::string_view name() const override { return name_; }
  uint32_t version() const override { return version_; }

  absl::Status Apply(const RecordedEvent& event,
                     ProjectionState& state) override {
    if (event.log_position() == fail_at) {
      fail_at = 0;
      return absl::DataLossError("spoilt");
    }
    if (!event.event().has_statement_recorded()) return absl::OkStatus();
    ++unflushed_;
    const Statement& statement = event.event().statement_recorded().statement();
    return state.Add(absl::StrCat("of ", statement.speaker().actor_id()),
                     version_);
  }

  absl::Status Flush(ProjectionState& state) override {
    const int64_t count = unflushed_;
    unflushed_ = 0;
    return state.Add("total", count);
  }

  size_t unflushed_bytes() const override { return 8; }
  void DropCache() override { unflushed_ = 0; }

  uint64_t fail_at = 0;

 private:
  const std::string name_;
  const uint32_t version_;
  int64_t unflushed_ = 0;
};

NewEvent Said(const std::string& actor) {
  NewEvent event;
  event.mutable_statement_recorded()
      ->mutable_statement()
      ->mutable_speaker()
      ->set_actor_id(actor);
  return event;
}

class ReplayerTest : public ::testing::Test {
 protected:
  template <typename... P>
  absl::StatusOr<std::unique_ptr<Replayer>> Make(std::unique_ptr<P>... some) {
    std::vector<std::unique_ptr<Projection>> projections;
    (projections.push_back(std::move(some)), ...);
    return Replayer::Create(log_.get(), store_.get(), std::move(projections),
                            options_);
  }

  // "a=2 b=1 total=3" of a projection.
  std::string Counts(const std::string& name = "statements_per_actor") {
    std::string counts;
    const ScopedReader reader(store_.get(), name);
    for (auto scan = reader.Scan(""); scan->Valid(); scan->Next()) {
      absl::StrAppend(&counts, counts.empty() ? "" : " ", scan->key(), "=",
                      scan->value());
    }
    return counts;
  }

  ScratchLog log_;
  std::unique_ptr<ProjectionStore> store_ = *OpenInMemoryProjectionStore();
  ReplayOptions options_;
};

TEST_F(ReplayerTest, FoldsEachEventOnceHoweverOftenItIsCalled) {
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>()));
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(Counts(), "");
  log_.Add(Said("a"));
  log_.Add(Said("b"));
  ASSERT_OK(replayer->CatchUp());
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(Counts(), "of a=1 of b=1 total=2");
  log_.Add(Said("a"));
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(Counts(), "of a=2 of b=1 total=3");
  EXPECT_EQ(replayer->log_position(), 3u);
  ASSERT_OK_AND_ASSIGN(const Checkpoint checkpoint,
                       replayer->GetCheckpoint("statements_per_actor"));
  EXPECT_EQ(checkpoint.log_position(), 3u);
  EXPECT_EQ(checkpoint.event_id(), "event-3");
}

TEST_F(ReplayerTest, GoesOnFromTheCheckpointWhenMadeAgain) {
  log_.Add(Said("a"));
  ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
  log_.Add(Said("a"));
  auto projection = std::make_unique<StatementsPerActor>();
  projection->fail_at = 1;  // if it were read again
  ASSERT_OK((*Make(std::move(projection)))->CatchUp());
  EXPECT_EQ(Counts(), "of a=2 total=2");
}

TEST_F(ReplayerTest, StateIsTheSameWhereverCheckpointsFall) {
  for (int i = 0; i < 20000; ++i) {
    log_.Add(Said(absl::StrCat("actor-", i % 300)));
  }
  std::vector<std::map<std::string, std::string>> dumps;
  for (const size_t max_bytes : {size_t{1}, size_t{100} << 20}) {
    for (const int threads : {1, 4}) {
      store_ = *OpenInMemoryProjectionStore();
      options_.max_pending_bytes = max_bytes;
      options_.max_rebuild_bytes = max_bytes;
      options_.threads = threads;
      ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
      dumps.push_back(DumpState(*store_));
    }
  }
  EXPECT_THAT(dumps, ::testing::Each(dumps[0]));
}

// State that is written bit by bit counts only with its checkpoint.
TEST_F(ReplayerTest, AFailedRebuildLeavesNothing) {
  for (int i = 0; i < 10000; ++i) log_.Add(Said(absl::StrCat("actor-", i)));
  options_.max_rebuild_bytes = 1;
  auto projection = std::make_unique<StatementsPerActor>();
  projection->fail_at = 9000;
  ASSERT_OK_AND_ASSIGN(const auto replayer, Make(std::move(projection)));
  EXPECT_THAT(replayer->CatchUp(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(Counts(), "");
  ASSERT_OK(replayer->CatchUp());
  const auto state = DumpState(*store_);
  store_ = *OpenInMemoryProjectionStore();
  ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
  EXPECT_EQ(DumpState(*store_), state);
}

// As if the process had died while it was written.
TEST_F(ReplayerTest, StateWithoutACheckpointIsMadeAnew) {
  log_.Add(Said("a"));
  ProjectionBatch batch;
  batch.Put("statements_per_actor/of z", "3");
  ASSERT_OK(store_->Write(batch));
  ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
  EXPECT_EQ(Counts(), "of a=1 total=1");
}

TEST_F(ReplayerTest, AChangedVersionIsMadeAnewAndTheOthersAreNot) {
  log_.Add(Said("a"));
  ASSERT_OK((*Make(std::make_unique<StatementsPerActor>("one"),
                   std::make_unique<StatementsPerActor>("two")))
                ->CatchUp());
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>("one"),
                            std::make_unique<StatementsPerActor>("two", 10)));
  EXPECT_EQ(Counts("two"), "");
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(Counts("one"), "of a=1 total=1");
  EXPECT_EQ(Counts("two"), "of a=10 total=1");
  EXPECT_EQ(replayer->GetCheckpoint("two")->version(), 10u);
}

TEST_F(ReplayerTest, AFailureLeavesTheLastCheckpointAndTheNextCallGoesOn) {
  auto projection = std::make_unique<StatementsPerActor>();
  projection->fail_at = 3;
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>("other"),
                            std::move(projection)));
  log_.Add(Said("a"));
  ASSERT_OK(replayer->CatchUp());
  log_.Add(Said("b"));
  log_.Add(Said("c"));
  EXPECT_THAT(
      replayer->CatchUp(),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(HasSubstr("statements_per_actor"),
                     HasSubstr("log position 3"), HasSubstr("spoilt"))));
  EXPECT_EQ(Counts(), "of a=1 total=1");
  EXPECT_EQ(Counts("other"), "of a=1 total=1");
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(Counts(), "of a=1 of b=1 of c=1 total=3");
  EXPECT_EQ(Counts("other"), "of a=1 of b=1 of c=1 total=3");
}

// A log that lost its tail, and grew again, is not the one that was read.
TEST_F(ReplayerTest, AStateAheadOfTheLogIsMadeAnew) {
  for (const bool grows_again : {false, true}) {
    log_.CutAfter(0);
    store_ = *OpenInMemoryProjectionStore();
    log_.Add(Said("a"));
    log_.Add(Said("b"));
    ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
    log_.CutAfter(1);
    if (grows_again) log_.Add(Said("c"));
    ASSERT_OK((*Make(std::make_unique<StatementsPerActor>()))->CatchUp());
    EXPECT_EQ(Counts(),
              grows_again ? "of a=1 of c=1 total=2" : "of a=1 total=1");
  }
}

TEST_F(ReplayerTest, RebuildMakesTheSameStateAgain) {
  log_.Add(Said("a"));
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>("one"),
                            std::make_unique<StatementsPerActor>("two")));
  ASSERT_OK(replayer->CatchUp());
  const auto before = DumpState(*store_);
  ProjectionBatch batch;
  batch.Put("one/of a", "5");
  batch.Put("one/of nobody", "1");
  ASSERT_OK(store_->Write(batch));
  ASSERT_OK(replayer->Rebuild("one"));
  EXPECT_EQ(DumpState(*store_), before);
  EXPECT_THAT(replayer->Rebuild("three"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ReplayerTest, AViewDoesNotMove) {
  log_.Add(Said("a"));
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>()));
  ASSERT_OK(replayer->CatchUp());
  const auto view = replayer->View();
  const auto before = DumpState(*view);
  log_.Add(Said("a"));
  ASSERT_OK(replayer->CatchUp());
  EXPECT_EQ(DumpState(*view), before);
  EXPECT_NE(DumpState(*store_), before);
}

TEST_F(ReplayerTest, ProgressGrowsToTheEnd) {
  std::vector<uint64_t> positions;
  options_.progress = [&](const ReplayProgress& progress) {
    positions.push_back(progress.log_position);
    EXPECT_EQ(progress.last_log_position, 10000u);
  };
  for (int i = 0; i < 10000; ++i) log_.Add(Said("a"));
  ASSERT_OK_AND_ASSIGN(const auto replayer,
                       Make(std::make_unique<StatementsPerActor>()));
  ASSERT_OK(replayer->CatchUp());
  EXPECT_GT(positions.size(), 1u);
  EXPECT_TRUE(std::is_sorted(positions.begin(), positions.end()));
  EXPECT_EQ(positions.back(), 10000u);
}

TEST_F(ReplayerTest, NamesMustBeWellFormedAndUsedOnce) {
  for (const char* const name : {"", "a/b", "A", "a b"}) {
    EXPECT_THAT(Make(std::make_unique<StatementsPerActor>(name)).status(),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("name")))
        << name;
  }
  EXPECT_THAT(Make(std::make_unique<StatementsPerActor>(),
                   std::make_unique<StatementsPerActor>())
                  .status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("twice")));
}

TEST_F(ReplayerTest, ACheckpointThatDoesNotDecodeIsReported) {
  ProjectionBatch batch;
  batch.Put("!checkpoint/statements_per_actor", "\xff");
  ASSERT_OK(store_->Write(batch));
  EXPECT_THAT(Make(std::make_unique<StatementsPerActor>()).status(),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
