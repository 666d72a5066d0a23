// Reading by kind, following, proving, exporting, copying and forgetting, on
// every implementation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_transfer.h"
#include "storage/proofs.h"
#include "storage/subscription.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::IsOk;
using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

class LogFeaturesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(log_, OpenInMemoryEventLog({}));
  }

  void Append(EventLog* log, const std::string& stream,
              const std::vector<std::string>& labels,
              const std::string& text = "") {
    AppendOptions options;
    if (!text.empty()) options.texts = {text};
    ASSERT_OK(log->Append(stream, ExpectedRevision::Any(), MakeEvents(labels),
                          options));
  }
  void Append(const std::string& stream, const std::vector<std::string>& labels,
              const std::string& text = "") {
    Append(log_.get(), stream, labels, text);
  }

  void Forget(EventLog* log, const std::string& text) {
    NewEvent event;
    event.mutable_article_forgotten()->set_text_sha256(
        std::string(AsView(Sha256({text}))));
    ASSERT_OK(log->Append("forgotten", ExpectedRevision::Any(), {event}, {}));
  }

  Head HeadOf(EventLog* log) {
    const auto head = log->GetHead();
    EXPECT_OK(head);
    return head.value_or(Head());
  }

  std::unique_ptr<EventLog> log_;
};

TEST_F(LogFeaturesTest, ReadsEventsOfSomeKinds) {
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

TEST_F(LogFeaturesTest, ASubscriptionCatchesUpThenFollows) {
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

TEST_F(LogFeaturesTest, AppendsThatDoNotWaitTakeEffectInOrder) {
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

TEST_F(LogFeaturesTest, AppendsUnderWayAreFinishedBeforeTheLogCloses) {
  std::future<absl::StatusOr<AppendResult>> future;
  for (int i = 0; i < 100; ++i) {
    future =
        log_->AppendAsync("a", ExpectedRevision::Any(), {MakeEvent("x")}, {});
  }
  log_ = nullptr;
  EXPECT_OK(future.get());
}

TEST_F(LogFeaturesTest, ProvesEveryEventInEveryHead) {
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

TEST_F(LogFeaturesTest, ProvesThatHeadsAreBeginningsOfLaterOnes) {
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

TEST_F(LogFeaturesTest, AProofOfAnotherEventDoesNotHold) {
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

class TransferTest : public LogFeaturesTest,
                     public ::testing::WithParamInterface<TransferFormat> {};

TEST_P(TransferTest, AnImportedLogHasTheSameHead) {
  Append("a", {"p", "q"}, "a text");
  Append("b", {std::string(9000, 'r'), "s"}, "another");
  Append("a", {"t"}, "a text");
  Forget(log_.get(), "another");
  std::stringstream exported;
  ASSERT_OK_AND_ASSIGN(const TransferReport written,
                       ExportLog(log_.get(), 1, GetParam(), &exported));
  EXPECT_EQ(written.commits, 4u);
  EXPECT_EQ(written.events, 6u);

  ASSERT_OK_AND_ASSIGN(auto copy, OpenInMemoryEventLog({}));
  ASSERT_OK_AND_ASSIGN(const TransferReport read,
                       ImportLog(&exported, GetParam(), copy.get()));
  EXPECT_EQ(read.commits, 4u);
  EXPECT_EQ(Contents(copy.get()), Contents(log_.get()));
  EXPECT_EQ(HeadOf(copy.get()).root, HeadOf(log_.get()).root);
  EXPECT_THAT(copy->GetText(AsView(Sha256({"a text"}))),
              IsOkAndHolds("a text"));
  EXPECT_THAT(copy->GetText(AsView(Sha256({"another"}))),
              StatusIs(absl::StatusCode::kNotFound));
}

// Texts were numbered in the order of their hashes, but looked up in the order
// of the commit.
TEST_P(TransferTest, ACommitWithManyTextsKeepsEach) {
  AppendOptions options;
  for (int i = 0; i < 20; ++i) {
    options.texts.push_back(absl::StrCat("text ", i));
  }
  ASSERT_OK(
      log_->Append("a", ExpectedRevision::Any(), {MakeEvent("p")}, options));
  std::stringstream exported;
  ASSERT_THAT(ExportLog(log_.get(), 1, GetParam(), &exported), IsOk());
  ASSERT_OK_AND_ASSIGN(auto copy, OpenInMemoryEventLog({}));
  ASSERT_THAT(ImportLog(&exported, GetParam(), copy.get()), IsOk());
  for (const std::string& text : options.texts) {
    EXPECT_THAT(copy->GetText(AsView(Sha256({text}))), IsOkAndHolds(text));
  }
}

TEST_P(TransferTest, AnImportThatWasCutShortIsRunAgain) {
  for (int i = 0; i < 10; ++i) Append("a", {absl::StrCat(i)});
  std::stringstream exported;
  ASSERT_THAT(ExportLog(log_.get(), 1, GetParam(), &exported), IsOk());
  const std::string all = exported.str();
  ASSERT_OK_AND_ASSIGN(auto copy, OpenInMemoryEventLog({}));
  std::stringstream cut(all.substr(0, all.size() / 2));
  EXPECT_THAT(
      ImportLog(&cut, GetParam(), copy.get()),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("record")));
  const uint64_t before = copy->last_log_position();
  EXPECT_GT(before, 0u);
  ASSERT_OK_AND_ASSIGN(const TransferReport rest,
                       ImportLog(&exported, GetParam(), copy.get()));
  EXPECT_EQ(rest.already_recorded, before);
  EXPECT_EQ(HeadOf(copy.get()).root, HeadOf(log_.get()).root);
}

INSTANTIATE_TEST_SUITE_P(Formats, TransferTest,
                         ::testing::Values(TransferFormat::kProtobuf,
                                           TransferFormat::kJsonLines),
                         [](const auto& info) {
                           return info.param == TransferFormat::kProtobuf
                                      ? "Protobuf"
                                      : "JsonLines";
                         });

TEST_F(LogFeaturesTest, ImportRefusesWhatDoesNotFit) {
  Append("a", {"p"});
  Append("a", {"q"}, "text");
  ASSERT_OK_AND_ASSIGN(const CommitRecord first, log_->ReadCommit(1));
  ASSERT_OK_AND_ASSIGN(const CommitRecord second, log_->ReadCommit(2));
  EXPECT_THAT(log_->ReadCommit(3), StatusIs(absl::StatusCode::kOutOfRange));
  ASSERT_OK_AND_ASSIGN(auto copy, OpenInMemoryEventLog({}));
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
  ASSERT_OK_AND_ASSIGN(auto other, OpenInMemoryEventLog({}));
  Append(other.get(), "b", {"z"});
  EXPECT_THAT(other->ImportCommit(first, false),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("another one")));
}

TEST_F(LogFeaturesTest, ACopyIsBroughtUpToDateAndForgetsToo) {
  Append("a", {"p"}, "text");
  ASSERT_OK_AND_ASSIGN(auto copy, OpenInMemoryEventLog({}));
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

TEST_F(LogFeaturesTest, AForgottenTextIsGoneAndTheLogVerifies) {
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

}  // namespace
}  // namespace onrecord
