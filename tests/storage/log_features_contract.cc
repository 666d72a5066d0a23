// Reading by kind, following, proving, copying and forgetting.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/log_transfer.h"
#include "storage/progress.h"
#include "storage/proofs.h"
#include "storage/subscription.h"
#include "tests/storage/event_log_contract.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {

using ::onrecord::testing::IsOk;
using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

void LogFeaturesTest::SetUp() {
  ASSERT_OK_AND_ASSIGN(log_, GetParam().open({}));
}

void LogFeaturesTest::Append(EventLog* log, const std::string& stream,
                             const std::vector<std::string>& labels,
                             const std::string& text) {
  AppendOptions options;
  if (!text.empty()) options.texts = {text};
  ASSERT_OK(log->Append(stream, ExpectedRevision::Any(), MakeEvents(labels),
                        options));
}

void LogFeaturesTest::Forget(EventLog* log, const std::string& text) {
  NewEvent event;
  event.mutable_article_forgotten()->set_text_sha256(
      std::string(AsView(Sha256({text}))));
  ASSERT_OK(log->Append("forgotten", ExpectedRevision::Any(), {event}, {}));
}

Head LogFeaturesTest::HeadOf(EventLog* log) {
  const auto head = log->GetHead();
  EXPECT_OK(head);
  return head.value_or(Head());
}

TEST_P(LogFeaturesTest, ReadsEventsOfSomeKinds) {
  NewEvent topic;
  topic.mutable_topic_defined()->mutable_topic()->set_id("t");
  Append("a", {"p", "q"});
  ASSERT_OK(log_->Append("a", ExpectedRevision::Any(),
                         {MakeEvent("r"), topic, MakeEvent("s"), topic}, {}));
  Append("a", {"u"});
  const auto places = [&](std::vector<int> fields, uint64_t from,
                          uint64_t known_at) {
    std::string result;
    auto reader =
        log_->ReadKinds(fields, from, {Direction::kForwards, known_at});
    for (; reader->Valid(); reader->Next()) {
      absl::StrAppend(&result, reader->log_position(), " ");
    }
    EXPECT_OK(reader->status());
    return result;
  };
  const int topics = NewEvent::kTopicDefinedFieldNumber;
  const int actors = NewEvent::kActorIntroducedFieldNumber;
  EXPECT_EQ(places({topics}, 1, kLatest), "4 6 ");
  EXPECT_EQ(places({topics}, 5, kLatest), "6 ");
  EXPECT_EQ(places({topics}, 1, 5), "4 ");
  EXPECT_EQ(places({actors}, 2, kLatest), "2 3 5 7 ");
  EXPECT_EQ(places({actors, topics}, 4, kLatest), "4 5 6 7 ");
  EXPECT_EQ(places({NewEvent::kRoleHeldFieldNumber}, 1, kLatest), "");
}

TEST_P(LogFeaturesTest, ASubscriptionCatchesUpThenFollows) {
  Append("a", {"p", "q"});
  Subscription subscription(log_.get(), 1);
  ASSERT_OK_AND_ASSIGN(const RecordedEvent* event,
                       subscription.Next(absl::ZeroDuration()));
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(LabelOf(*event), "q");
  EXPECT_TRUE(subscription.caught_up());
  ASSERT_OK_AND_ASSIGN(event, subscription.Next(absl::ZeroDuration()));
  EXPECT_EQ(event, nullptr);
  std::thread appender([&] { Append("b", {"r"}); });
  ASSERT_OK_AND_ASSIGN(event, subscription.Next(absl::Seconds(60)));
  appender.join();
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(LabelOf(*event), "r");
  EXPECT_EQ(subscription.checkpoint(), 3u);
}

TEST_P(LogFeaturesTest, AppendsThatDoNotWaitTakeEffectInOrder) {
  std::vector<std::future<absl::StatusOr<AppendResult>>> futures;
  for (int i = 0; i < 500; ++i) {
    futures.push_back(log_->AppendAsync("a", ExpectedRevision::Any(),
                                        {MakeEvent(absl::StrCat(i))}, {}));
  }
  for (int i = 0; i < 500; ++i) {
    const auto result = futures[i].get();
    ASSERT_THAT(result, IsOk());
    EXPECT_EQ(result->first_log_position, i + 1u);
  }
  EXPECT_THAT(
      log_->AppendAsync("", ExpectedRevision::Any(), {MakeEvent("x")}, {})
          .get(),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_P(LogFeaturesTest, AppendsUnderWayAreFinishedBeforeTheLogCloses) {
  std::future<absl::StatusOr<AppendResult>> future;
  for (int i = 0; i < 100; ++i) {
    future =
        log_->AppendAsync("a", ExpectedRevision::Any(), {MakeEvent("x")}, {});
  }
  log_ = nullptr;
  EXPECT_OK(future.get());
}

TEST_P(LogFeaturesTest, ProvesEveryEventInEveryHead) {
  for (int i = 0; i < 20; ++i) Append("a", {absl::StrCat(i), "x"});
  for (uint64_t commits = 1; commits <= 20; ++commits) {
    for (uint64_t place = 1; place <= 2 * commits; ++place) {
      ASSERT_OK_AND_ASSIGN(InclusionProof proof,
                           log_->ProveInclusion(place, commits));
      ASSERT_OK_AND_ASSIGN(const RecordedEvent event,
                           CheckInclusionProof(proof));
      EXPECT_EQ(event.log_position(), place);
      proof.mutable_head()->mutable_root()->front() ^= 1;
      EXPECT_THAT(CheckInclusionProof(proof),
                  StatusIs(absl::StatusCode::kDataLoss));
    }
    EXPECT_THAT(log_->ProveInclusion(2 * commits + 1, commits),
                StatusIs(absl::StatusCode::kOutOfRange));
  }
}

TEST_P(LogFeaturesTest, ProvesThatHeadsAreBeginningsOfLaterOnes) {
  std::vector<Head> heads = {HeadOf(log_.get())};
  for (int i = 0; i < 20; ++i) {
    Append("a", {absl::StrCat(i)});
    heads.push_back(HeadOf(log_.get()));
  }
  for (uint64_t older = 0; older <= 20; ++older) {
    for (uint64_t newer = older; newer <= 20; ++newer) {
      ASSERT_OK_AND_ASSIGN(ConsistencyProof proof,
                           log_->ProveConsistency(older, newer));
      EXPECT_EQ(proof.old_head().root(), heads[older].root);
      EXPECT_EQ(proof.new_head().root(), heads[newer].root);
      EXPECT_OK(CheckConsistencyProof(proof)) << older << " " << newer;
      proof.mutable_old_head()->mutable_root()->back() ^= 1;
      EXPECT_THAT(CheckConsistencyProof(proof),
                  StatusIs(absl::StatusCode::kDataLoss));
    }
  }
  EXPECT_THAT(log_->ProveConsistency(3, 2),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(log_->ProveConsistency(3, 21),
              StatusIs(absl::StatusCode::kOutOfRange));
}

TEST_P(LogFeaturesTest, AProofOfAnotherEventDoesNotHold) {
  Append("a", {"p"});
  Append("a", {"q"});
  ASSERT_OK_AND_ASSIGN(const InclusionProof one, log_->ProveInclusion(1, 2));
  ASSERT_OK_AND_ASSIGN(InclusionProof two, log_->ProveInclusion(2, 2));
  InclusionProof forged = one;
  *forged.mutable_blocks() = two.blocks();
  EXPECT_FALSE(CheckInclusionProof(forged).ok());
  forged = one;
  forged.set_log_position(2);
  EXPECT_FALSE(CheckInclusionProof(forged).ok());
  forged = one;
  forged.set_commit(1);
  EXPECT_FALSE(CheckInclusionProof(forged).ok());
  forged.clear_blocks();
  EXPECT_FALSE(CheckInclusionProof(forged).ok());
  EXPECT_FALSE(CheckInclusionProof(InclusionProof()).ok());
}

TEST_P(LogFeaturesTest, ImportRefusesWhatDoesNotFit) {
  Append("a", {"p"});
  Append("a", {"q"}, "text");
  ASSERT_OK_AND_ASSIGN(const CommitRecord first, log_->ReadCommit(1));
  ASSERT_OK_AND_ASSIGN(const CommitRecord second, log_->ReadCommit(2));
  EXPECT_THAT(log_->ReadCommit(3), StatusIs(absl::StatusCode::kOutOfRange));
  ASSERT_OK_AND_ASSIGN(auto copy, GetParam().open({}));
  const auto import = [&](const CommitRecord& record) {
    return copy->ImportCommit(record, false).status();
  };
  EXPECT_THAT(import(second), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(import(CommitRecord()),
              StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(import(first));
  CommitRecord forged = second;
  forged.mutable_blocks(0)->back() ^= 1;
  EXPECT_THAT(import(forged), StatusIs(absl::StatusCode::kInvalidArgument));
  forged = second;
  forged.mutable_texts(0)->set_text("another text");
  EXPECT_THAT(import(forged), StatusIs(absl::StatusCode::kInvalidArgument));
  forged.clear_texts();
  EXPECT_THAT(import(forged),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("a text that it came with is missing")));
  EXPECT_EQ(copy->last_log_position(), 1u);
  ASSERT_OK_AND_ASSIGN(auto other, GetParam().open({}));
  Append(other.get(), "b", {"z"});
  EXPECT_THAT(other->ImportCommit(first, false),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("another one")));
}

TEST_P(LogFeaturesTest, ACopyIsBroughtUpToDateAndForgetsToo) {
  Append("a", {"p"}, "text");
  ASSERT_OK_AND_ASSIGN(auto copy, GetParam().open({}));
  ASSERT_OK_AND_ASSIGN(TransferReport report, CopyLog(log_.get(), copy.get()));
  EXPECT_EQ(report.commits, 1u);
  EXPECT_THAT(copy->GetText(AsView(Sha256({"text"}))), IsOkAndHolds("text"));
  Append("a", {"q"});
  Forget(log_.get(), "text");
  ASSERT_OK_AND_ASSIGN(report, CopyLog(log_.get(), copy.get()));
  EXPECT_EQ(report.commits, 2u);
  EXPECT_EQ(HeadOf(copy.get()).root, HeadOf(log_.get()).root);
  EXPECT_THAT(copy->GetText(AsView(Sha256({"text"}))),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("erased")));
  Append(copy.get(), "a", {"r"});
  Append("a", {"s"});
  EXPECT_THAT(CopyLog(log_.get(), copy.get()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_P(LogFeaturesTest, LongWorkSaysHowFarItIs) {
  Append("a", {"p", "q"});
  Append("b", {"r"});
  Append("a", {"s"});
  std::vector<std::pair<uint64_t, uint64_t>> steps;
  const OnProgress note = [&steps](uint64_t done, uint64_t total) {
    steps.emplace_back(done, total);
  };
  const std::vector<std::pair<uint64_t, uint64_t>> all = {
      {2, 4}, {3, 4}, {4, 4}};
  ASSERT_OK(log_->Verify([](const Damage&) {}, note));
  EXPECT_EQ(steps, all);
  steps.clear();
  ASSERT_OK_AND_ASSIGN(const auto copy, OpenInMemoryEventLog({}));
  ASSERT_OK(CopyLog(log_.get(), copy.get(), note));
  EXPECT_EQ(steps, all);
  steps.clear();
  std::stringstream exported;
  ASSERT_OK(
      ExportLog(log_.get(), 1, TransferFormat::kProtobuf, &exported, note));
  EXPECT_EQ(steps, all);
  steps.clear();
  const uint64_t bytes = exported.str().size();
  ASSERT_OK_AND_ASSIGN(const auto imported, OpenInMemoryEventLog({}));
  ASSERT_OK(
      ImportLog(&exported, TransferFormat::kProtobuf, imported.get(), note));
  EXPECT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps.back(), std::make_pair(bytes, uint64_t{0}));
}

TEST_P(LogFeaturesTest, AForgottenTextIsGoneAndTheLogVerifies) {
  Append("a", {"p"}, "a secret");
  const Head before = HeadOf(log_.get());
  Forget(log_.get(), "a secret");
  EXPECT_THAT(log_->GetText(AsView(Sha256({"a secret"}))),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("erased")));
  // It does not come back.
  Append("a", {"q"}, "a secret");
  EXPECT_FALSE(log_->GetText(AsView(Sha256({"a secret"}))).ok());
  ASSERT_OK_AND_ASSIGN(const VerifyReport report,
                       log_->Verify([](const Damage& damage) {
                         ADD_FAILURE() << damage.reason;
                       }));
  EXPECT_EQ(report.damages, 0u);
  ASSERT_OK_AND_ASSIGN(
      const ConsistencyProof proof,
      log_->ProveConsistency(before.commits, before.commits + 2));
  EXPECT_EQ(proof.old_head().root(), before.root);
  EXPECT_OK(CheckConsistencyProof(proof));
}

}  // namespace onrecord
