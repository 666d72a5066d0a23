#include "storage/upcaster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

// Makes "old" "new", and nothing else.
Upcaster Renames(const std::string& older, const std::string& newer) {
  return [older, newer](NewEvent* event) {
    if (event->actor_introduced().name() == older) {
      event->mutable_actor_introduced()->set_name(newer);
    }
    return absl::OkStatus();
  };
}

class UpcasterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(log_, OpenInMemoryEventLog({}));
    ASSERT_OK(log_->Append("a", ExpectedRevision::Any(),
                           MakeEvents({"v1", "v2", "v3", "x"}), {}));
  }

  std::unique_ptr<EventLog> log_;
  UpcasterChain chain_;
};

TEST_F(UpcasterTest, BringsEveryOldShapeToTheNewestOne) {
  chain_.Add(Renames("v1", "v2"));
  chain_.Add(Renames("v2", "v3"));
  EXPECT_EQ(Contents(chain_.Read(log_->ReadLog(1, {}))),
            "1:a@0=v3 2:a@1=v3 3:a@2=v3 4:a@3=x");
  EXPECT_EQ(Contents(log_.get()), "1:a@0=v1 2:a@1=v2 3:a@2=v3 4:a@3=x")
      << "the log keeps what was recorded";
}

TEST_F(UpcasterTest, AnUpcasterThatFailsEndsTheReadAndSaysWhere) {
  chain_.Add([](NewEvent* event) -> absl::Status {
    if (event->actor_introduced().name() != "v3") return absl::OkStatus();
    return absl::DataLossError("no such shape");
  });
  auto reader = chain_.Read(log_->ReadLog(1, {}));
  int events = 0;
  for (; reader->Valid(); reader->Next()) {
    reader->event();
    if (!reader->Valid()) break;
    ++events;
  }
  EXPECT_EQ(events, 2);
  EXPECT_THAT(reader->status(),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("stream a, revision 2, log position 3")));
}

}  // namespace
}  // namespace onrecord
