// What the log on disk does beyond what every log does.

#include "storage/leveldb_event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <leveldb/db.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::IsOk;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class LevelDbEventLogTest : public ::testing::Test {
 protected:
  absl::Status Reopen() {
    log_ = nullptr;
    auto opened = OpenLevelDbEventLog(dir_, options_);
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }

  void Append(const std::string& stream, const std::vector<std::string>& labels,
              bool sync = false) {
    AppendOptions options;
    options.sync = sync;
    ASSERT_OK(log_->Append(stream, ExpectedRevision::Any(), MakeEvents(labels),
                           options));
  }

  // Copies the files as a killed process would leave them, and goes on there.
  void Crash() {
    const std::string crashed = temp_.Path("crashed");
    std::filesystem::copy(dir_, crashed,
                          std::filesystem::copy_options::recursive);
    log_ = nullptr;
    dir_ = crashed;
  }

  TempDirectory temp_;
  std::string dir_ = temp_.Path("log");
  LogOptions options_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(LevelDbEventLogTest, KeepsItsContents) {
  ASSERT_OK(Reopen());
  Append("a", {"p", "q"});
  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p 2:a@1=q");
  Append("a", {"r"});
  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), "1:a@0=p 2:a@1=q 3:a@2=r");
}

TEST_F(LevelDbEventLogTest, KeepsWhatWasAppendedBeforeACrash) {
  ASSERT_OK(Reopen());
  for (int i = 0; i < 1000; ++i) Append("a", {absl::StrCat(i)});
  const std::string contents = Contents(log_.get());
  ASSERT_OK_AND_ASSIGN(const Head head, log_->GetHead());
  Crash();
  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_.get()), contents);
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), contents);
  ASSERT_OK_AND_ASSIGN(const Head after, log_->GetHead());
  EXPECT_EQ(after.root, head.root);
}

TEST_F(LevelDbEventLogTest, RefusesASecondOpening) {
  ASSERT_OK(Reopen());
  EXPECT_THAT(
      OpenLevelDbEventLog(dir_, options_),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               AllOf(HasSubstr(dir_), HasSubstr("already in this process"))));
}

TEST_F(LevelDbEventLogTest, RefusesADirectoryOfAnotherProgram) {
  std::filesystem::create_directory(dir_);
  std::ofstream(dir_ + "/notes.txt") << "mine";
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("notes.txt")));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir_), {}), 1);
}

TEST_F(LevelDbEventLogTest, RefusesAFile) {
  std::ofstream(dir_) << "a file";
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(LevelDbEventLogTest, RefusesADirectoryThatCannotBeMade) {
  dir_ = dir_ + "/parent/that/is/missing";
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("cannot be used")));
}

TEST_F(LevelDbEventLogTest, DoesNotCreateIfItMustNot) {
  options_.create_if_missing = false;
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(dir_));
}

TEST_F(LevelDbEventLogTest, RefusesANewerFormat) {
  ASSERT_OK(Reopen());
  log_ = nullptr;
  std::ofstream(dir_ + "/ONRECORD") << "OnRecord event log, format 2\n";
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kUnimplemented,
                                 HasSubstr("format 2")));
}

TEST_F(LevelDbEventLogTest, ReportsThatAcknowledgedCommitsAreGone) {
  ASSERT_OK(Reopen());
  Append("a", {"p"}, /*sync=*/true);
  Append("a", {"q"}, /*sync=*/true);
  Crash();
  // LevelDB takes a log that ends early for one that was cut by a crash.
  for (const auto& file : std::filesystem::directory_iterator(dir_ + "/log")) {
    if (file.path().extension() != ".log") continue;
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
  }
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("log positions 2 to 2")));
}

TEST_F(LevelDbEventLogTest, LeavesTheHeadMarkerToWhoeverAppends) {
  ASSERT_OK(Reopen());
  Append("a", {"p"}, /*sync=*/true);
  log_ = nullptr;
  const std::string path = dir_ + "/HEAD";
  const auto written = std::filesystem::last_write_time(path);
  const auto bytes = std::filesystem::file_size(path);

  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), "1:a@0=p");
  log_ = nullptr;
  EXPECT_EQ(std::filesystem::last_write_time(path), written);
  EXPECT_EQ(std::filesystem::file_size(path), bytes);

  // What is appended then is missed as ever.
  ASSERT_OK(Reopen());
  Append("a", {"q"}, /*sync=*/true);
  Crash();
  for (const auto& file : std::filesystem::directory_iterator(dir_ + "/log")) {
    if (file.path().extension() != ".log") continue;
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
  }
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("log positions 2 to 2")));
}

TEST_F(LevelDbEventLogTest, ReportsThatTheHeadMarkerIsGone) {
  ASSERT_OK(Reopen());
  Append("a", {"p"});
  log_ = nullptr;
  std::filesystem::remove(dir_ + "/HEAD");
  EXPECT_THAT(Reopen(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("HEAD")));
}

TEST_F(LevelDbEventLogTest, ReportsThatTheLogIsGone) {
  ASSERT_OK(Reopen());
  Append("a", {"p"});
  log_ = nullptr;
  std::filesystem::remove(dir_ + "/log/CURRENT");
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LevelDbEventLogTest, MakesALostIndexAgain) {
  ASSERT_OK(Reopen());
  for (int i = 0; i < 600; ++i) Append("a", {absl::StrCat(i)});
  const std::string contents = Contents(log_->ReadStream("a", 0, {}));
  ASSERT_OK_AND_ASSIGN(const Head head, log_->GetHead());
  log_ = nullptr;
  std::filesystem::remove_all(dir_ + "/index");
  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), contents);
  ASSERT_OK_AND_ASSIGN(const Head again, log_->GetHead());
  EXPECT_EQ(again.root, head.root);
}

TEST_F(LevelDbEventLogTest, MakesAnIndexOfAnotherLogAgain) {
  ASSERT_OK(Reopen());
  Append("a", {"p", "q"});
  log_ = nullptr;
  const std::string other = temp_.Path("other");
  {
    ASSERT_OK_AND_ASSIGN(auto log, OpenLevelDbEventLog(other, options_));
    ASSERT_OK(log->Append("b", ExpectedRevision::Any(), MakeEvents({"x"}), {}));
  }
  std::filesystem::remove_all(dir_ + "/index");
  std::filesystem::copy(other + "/index", dir_ + "/index");
  ASSERT_OK(Reopen());
  EXPECT_EQ(Contents(log_->ReadStream("a", 0, {})), "1:a@0=p 2:a@1=q");
  EXPECT_EQ(Contents(log_->ReadStream("b", 0, {})), "");
}

TEST_F(LevelDbEventLogTest, ReportsAFlippedByteWithItsPlace) {
  ASSERT_OK(Reopen());
  for (int i = 0; i < 100; ++i) {
    Append("a", {absl::StrCat(i, std::string(200, 'x'))});
  }
  ASSERT_OK(Reopen());  // moves the events into a table
  log_ = nullptr;
  for (const auto& file : std::filesystem::directory_iterator(dir_ + "/log")) {
    if (file.path().extension() != ".ldb") continue;
    std::fstream stream(file.path(),
                        std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(100);
    stream.put('\x7f');
  }
  ASSERT_OK(Reopen());
  auto reader = log_->ReadLog(1, {});
  EXPECT_FALSE(reader->Valid());
  EXPECT_THAT(reader->status(), StatusIs(absl::StatusCode::kDataLoss,
                                         HasSubstr("log position 1:")));
  auto stream = log_->ReadStream("a", 0, {});
  EXPECT_THAT(stream->status(),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("stream a, revision 0, log position 1:")));
  uint64_t damages = 0;
  ASSERT_OK_AND_ASSIGN(const VerifyReport report,
                       log_->Verify([&](const Damage& damage) {
                         if (damages++ == 0) {
                           EXPECT_EQ(damage.log_position, 1u);
                         }
                       }));
  EXPECT_GT(report.damages, 0u);
  EXPECT_GT(report.events, 50u) << "what comes after can still be read";
}

struct IndexEntryCase {
  std::string name;
  char prefix;  // of the key that is taken away
  std::string reason;
};

class LostIndexEntryTest
    : public LevelDbEventLogTest,
      public ::testing::WithParamInterface<IndexEntryCase> {
 protected:
  // Deletes the first key of the index that begins with `prefix`.
  void LoseEntry(char prefix) {
    log_ = nullptr;
    leveldb::DB* opened = nullptr;
    ASSERT_TRUE(leveldb::DB::Open({}, dir_ + "/index", &opened).ok());
    const std::unique_ptr<leveldb::DB> db(opened);
    const std::unique_ptr<leveldb::Iterator> entries(db->NewIterator({}));
    entries->Seek(std::string(1, prefix));
    ASSERT_TRUE(entries->Valid());
    ASSERT_EQ(entries->key()[0], prefix);
    ASSERT_TRUE(db->Delete({}, entries->key()).ok());
  }
};

TEST_P(LostIndexEntryTest, IsReportedByVerify) {
  ASSERT_OK(Reopen());
  NewEvent event = MakeEvents({"p"})[0];
  event.set_id("own");
  AppendOptions options;
  options.commit_id = "c";
  options.texts = {"text"};
  ASSERT_OK(log_->Append("a", ExpectedRevision::Any(), {event}, options));
  LoseEntry(GetParam().prefix);
  ASSERT_OK(Reopen());
  std::vector<std::string> reasons;
  ASSERT_OK(log_->Verify(
      [&](const Damage& damage) { reasons.push_back(damage.reason); }));
  EXPECT_THAT(reasons, Contains(HasSubstr(GetParam().reason)));
}

INSTANTIATE_TEST_SUITE_P(
    Entries, LostIndexEntryTest,
    ::testing::Values(
        IndexEntryCase{"CommitId", 'c', "does not find its commit id"},
        IndexEntryCase{"EventId", 'e', "does not find its id"},
        IndexEntryCase{"Head", 'h', "does not know the end of the stream"},
        IndexEntryCase{"Kinds", 'k', "does not find its kinds"},
        IndexEntryCase{"Stream", 's', "does not find it"},
        IndexEntryCase{"Text", 'x', "does not find its text"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace onrecord
