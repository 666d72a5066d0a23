// Exporting and importing in every format.

#include "storage/log_transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::IsOk;
using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

class TransferTest : public ::testing::TestWithParam<TransferFormat> {
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

}  // namespace
}  // namespace onrecord
