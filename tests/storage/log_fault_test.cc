// Every operation on files fails once, in every way: what was acknowledged is
// readable, in order and without a gap, or opening refuses and says why.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/fault_env.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::FaultEnv;
using ::onrecord::testing::FaultKind;
using ::onrecord::testing::FileOp;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvents;

constexpr int kCommits = 24;

// What happens after the fault.
enum class Then { kGoOn, kReopen, kCrash, kCrashGarbled };

// How far the log was, in commits, when an append returned OK.
struct Acknowledged {
  int synced = 0;
  int any = 0;
};

// The label that event `i` of commit `commit` has: large enough that LevelDB
// changes its write-ahead log on the way.
std::string LabelAt(int commit, int i) {
  std::mt19937 random(commit * 100 + i);
  std::string label = absl::StrCat(commit, ".", i, " ");
  for (int j = 0; j < 2500; ++j) {
    label.push_back(static_cast<char>('a' + random() % 26));
  }
  return label;
}

int EventsIn(int commit) { return commit % 3 + 1; }

class Scenario {
 public:
  Scenario(FileOp op, int nth, FaultKind kind, Then then)
      : then_(then), random_(nth) {
    options_.env = &env_;
    // The least that LevelDB takes.
    options_.write_buffer_bytes = 64 << 10;
    options_.index_lag_bytes = 16 << 10;
    env_.FailOnce(op, nth, kind);
  }

  // Returns what is wrong; empty if nothing is.
  std::string Run() {
    Open().IgnoreError();
    for (int commit = 0; commit < kCommits; ++commit) Append(commit);
    if (then_ == Then::kGoOn && log_ != nullptr) {
      const std::string wrong = Check(acknowledged_.any);
      if (!wrong.empty()) return "on the same handle: " + wrong;
    }
    log_ = nullptr;
    happened_ = env_.failed();
    if (then_ == Then::kCrash) env_.Crash(nullptr);
    if (then_ == Then::kCrashGarbled) env_.Crash(&random_);
    const absl::Status opened = Open();
    if (!opened.ok()) {
      refusal_ = opened;
      // A fault is over; only a crash may leave what cannot be opened.
      if (then_ == Then::kGoOn || then_ == Then::kReopen) {
        return absl::StrCat("does not open: ", opened.ToString());
      }
      if (opened.message().empty()) return "refuses without a reason";
      // Nothing that was synced may be given up for a tail that was not.
      return then_ == Then::kCrash
                 ? absl::StrCat("does not open: ", opened.ToString())
                 : "";
    }
    const bool crashed = then_ == Then::kCrash || then_ == Then::kCrashGarbled;
    return Check(crashed ? acknowledged_.synced : acknowledged_.any);
  }

  bool happened() const { return happened_; }
  bool refused() const { return !refusal_.ok(); }

 private:
  absl::Status Open() {
    auto opened = OpenLevelDbEventLog("/db", options_);
    // A fault while it opens: the next try must do.
    if (!opened.ok() && env_.failed() && !retried_) {
      retried_ = true;
      opened = OpenLevelDbEventLog("/db", options_);
    }
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }

  void Append(int commit) {
    if (log_ == nullptr || failed_) return;
    std::vector<std::string> labels;
    for (int i = 0; i < EventsIn(commit); ++i) {
      labels.push_back(LabelAt(commit, i));
    }
    AppendOptions options;
    options.commit_id = absl::StrCat("c", commit);
    options.sync = commit % 4 == 3;
    options.texts = {absl::StrCat("text ", commit)};
    const auto result =
        log_->Append(absl::StrCat("s", commit % 2), ExpectedRevision::Any(),
                     MakeEvents(labels), options);
    if (result.ok()) {
      acknowledged_.any = commit + 1;
      if (options.sync) acknowledged_.synced = commit + 1;
      return;
    }
    if (then_ != Then::kGoOn) {
      failed_ = true;
      return;
    }
    // The handle must not go on: a later commit may not be acknowledged.
    const auto again =
        log_->Append("s0", ExpectedRevision::Any(), MakeEvents({"more"}), {});
    if (again.ok()) acknowledged_.any = kCommits + 1;
    failed_ = true;
  }

  std::string Check(int least_commits) {
    if (least_commits > kCommits) return "goes on after a failed write";
    int commit = 0;
    int i = 0;
    auto reader = log_->ReadLog(1, {});
    for (; reader->Valid(); reader->Next()) {
      if (LabelOf(reader->event()) != LabelAt(commit, i)) {
        return absl::StrCat("log position ", reader->log_position(),
                            " holds something else");
      }
      if (++i == EventsIn(commit)) {
        ++commit;
        i = 0;
      }
    }
    if (!reader->status().ok()) return reader->status().ToString();
    if (i != 0) return absl::StrCat("commit ", commit, " is half there");
    if (commit < least_commits) {
      return absl::StrCat(least_commits - commit, " acknowledged commits of ",
                          least_commits, " are lost");
    }
    for (int c = 0; c < commit; ++c) {
      const auto found = log_->FindCommit(absl::StrCat("c", c));
      if (!found.ok()) return found.status().ToString();
    }
    std::string wrong;
    const auto report =
        log_->Verify([&](const Damage& damage) { wrong = damage.reason; });
    if (!report.ok()) return report.status().ToString();
    return wrong;
  }

  FaultEnv env_;
  LogOptions options_;
  const Then then_;
  std::mt19937 random_;
  std::unique_ptr<EventLog> log_;
  Acknowledged acknowledged_;
  bool failed_ = false;
  bool retried_ = false;
  bool happened_ = false;
  absl::Status refusal_;
};

struct FaultCase {
  std::string name;
  FileOp op;
  std::vector<FaultKind> kinds;
};

class LogFaultTest : public ::testing::TestWithParam<FaultCase> {};

// Every `stride`-th operation is made to fail: 1 is all of them.
int Stride() {
  int stride = 5;
  const char* const value = std::getenv("ONRECORD_FAULT_STRIDE");
  if (value != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(value, &stride));
  }
  return stride;
}

TEST_P(LogFaultTest, LosesNothingThatItAcknowledged) {
  const int stride = GetParam().op == FileOp::kAppend ? Stride() : 1;
  int runs = 0;
  int refused = 0;
  int violations = 0;
  for (const FaultKind kind : GetParam().kinds) {
    for (const Then then :
         {Then::kGoOn, Then::kReopen, Then::kCrash, Then::kCrashGarbled}) {
      bool happened = true;
      for (int nth = 1; happened; nth += stride) {
        Scenario scenario(GetParam().op, nth, kind, then);
        const std::string wrong = scenario.Run();
        happened = scenario.happened();
        ++runs;
        refused += scenario.refused();
        if (wrong.empty()) continue;
        ++violations;
        if (violations > 10) continue;
        ADD_FAILURE() << GetParam().name << " " << nth << ", kind "
                      << static_cast<int>(kind) << ", then "
                      << static_cast<int>(then) << ": " << wrong;
      }
    }
  }
  std::cout << GetParam().name << ": " << runs << " runs, " << refused
            << " refused to open, " << violations << " violations\n";
  EXPECT_EQ(violations, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Operations, LogFaultTest,
    ::testing::Values(
        FaultCase{"Append",
                  FileOp::kAppend,
                  {FaultKind::kIoError, FaultKind::kDiskFull,
                   FaultKind::kShortWrite}},
        FaultCase{
            "Sync", FileOp::kSync, {FaultKind::kIoError, FaultKind::kDiskFull}},
        FaultCase{
            "SyncDirectory", FileOp::kSyncDirectory, {FaultKind::kIoError}},
        FaultCase{"Rename",
                  FileOp::kRename,
                  {FaultKind::kIoError, FaultKind::kDiskFull}},
        FaultCase{
            "Open", FileOp::kOpen, {FaultKind::kIoError, FaultKind::kDiskFull}},
        FaultCase{"Remove", FileOp::kRemove, {FaultKind::kIoError}}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace onrecord
