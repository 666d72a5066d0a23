#include "storage/log_repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/fault_env.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::FaultEnv;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogRepairTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.env = &env_;
    repair_.env = &env_;
    ASSERT_OK(Open());
  }

  absl::Status Open() {
    log_ = nullptr;
    auto opened = OpenLevelDbEventLog("/db", options_);
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }

  void Append(const std::string& label, bool sync) {
    AppendOptions options;
    options.sync = sync;
    ASSERT_OK(log_->Append("a", ExpectedRevision::Any(), MakeEvents({label}),
                           options));
  }

  // The files as a killed process would leave them, one of them changed.
  void CrashAndChange(const std::string& suffix,
                      const std::function<void(std::string*)>& change) {
    std::map<std::string, std::string> files = env_.Files();
    log_ = nullptr;
    for (auto& [name, contents] : files) {
      if (absl::EndsWith(name, suffix) && absl::StrContains(name, "/db/log/")) {
        change(&contents);
      }
    }
    env_.SetFiles(files);
  }

  FaultEnv env_;
  LogOptions options_;
  RepairOptions repair_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(LogRepairTest, FindsNothingWrongWithAWholeLog) {
  Append("p", true);
  log_ = nullptr;
  ASSERT_OK_AND_ASSIGN(const RepairReport report, RepairLog("/db", repair_));
  EXPECT_THAT(report.actions, IsEmpty());
  EXPECT_EQ(report.last_log_position, 1u);
  ASSERT_OK(Open());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
}

TEST_F(LogRepairTest, CutsAGarbledEndThatWasNotAcknowledged) {
  Append("p", true);
  Append("q", false);
  CrashAndChange(".log", [](std::string* wal) {
    for (size_t i = wal->size() - 20; i < wal->size(); ++i) (*wal)[i] = 0;
  });
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss));
  ASSERT_OK_AND_ASSIGN(const RepairReport report, RepairLog("/db", repair_));
  EXPECT_THAT(report.actions, ElementsAre(HasSubstr("cut from byte")));
  EXPECT_EQ(report.acknowledged_commits_lost, 0u);
  ASSERT_OK(Open());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
  Append("r", true);
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), "1:a@0=p 2:a@1=r");
}

TEST_F(LogRepairTest, DoesNotCutWhatWasAcknowledgedUnlessTold) {
  Append("p", true);
  Append("q", true);
  CrashAndChange(".log",
                 [](std::string* wal) { (*wal)[wal->size() - 5] ^= 1; });
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(RepairLog("/db", repair_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("backup")));
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss));
  repair_.give_up_acknowledged = true;
  ASSERT_OK_AND_ASSIGN(const RepairReport report, RepairLog("/db", repair_));
  EXPECT_EQ(report.acknowledged_commits_lost, 1u);
  ASSERT_OK(Open());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
}

TEST_F(LogRepairTest, SaysThatAnAcknowledgedEndIsGone) {
  Append("p", true);
  Append("q", true);
  CrashAndChange(".log",
                 [](std::string* wal) { wal->resize(wal->size() - 5); });
  EXPECT_THAT(
      RepairLog("/db", repair_),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("log positions 2 to 2")));
  repair_.give_up_acknowledged = true;
  ASSERT_OK_AND_ASSIGN(const RepairReport report, RepairLog("/db", repair_));
  EXPECT_THAT(report.actions, ElementsAre(HasSubstr("1 acknowledged commits")));
  ASSERT_OK(Open());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
}

TEST_F(LogRepairTest, WritesALostHeadMarkerAgain) {
  Append("p", true);
  log_ = nullptr;
  ASSERT_TRUE(env_.RemoveFile("/db/HEAD").ok());
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss));
  ASSERT_OK_AND_ASSIGN(const RepairReport report, RepairLog("/db", repair_));
  EXPECT_THAT(report.actions, ElementsAre(HasSubstr("head marker")));
  ASSERT_OK(Open());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
}

TEST_F(LogRepairTest, RefusesWhatIsNoLog) {
  EXPECT_THAT(RepairLog("/nowhere", repair_),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace onrecord
