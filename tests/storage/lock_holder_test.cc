// A directory that somebody holds: who it is, and that nobody else touches it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_repair.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOk;
using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Another process that holds the log in a directory until it is destroyed.
class Holder {
 public:
  explicit Holder(const std::string& dir) {
    EXPECT_EQ(pipe(opened_), 0);
    EXPECT_EQ(pipe(release_), 0);
    pid_ = fork();
    if (pid_ == 0) Hold(dir);
    char byte = 0;
    EXPECT_EQ(read(opened_[0], &byte, 1), 1);
    EXPECT_EQ(byte, '1');
  }
  ~Holder() {
    EXPECT_EQ(write(release_[1], "x", 1), 1);
    waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }

 private:
  [[noreturn]] void Hold(const std::string& dir) {
    auto log = OpenLevelDbEventLog(dir, {});
    char byte = log.ok() ? '1' : '0';
    if (write(opened_[1], &byte, 1) != 1) _exit(1);
    if (read(release_[0], &byte, 1) != 1) _exit(1);
    if (log.ok()) log->reset();
    _exit(0);
  }

  int opened_[2] = {};
  int release_[2] = {};
  pid_t pid_ = 0;
};

TEST(LockHolderTest, ASecondProcessIsToldWhoHoldsTheLog) {
  const TempDirectory temp;
  const std::string dir = temp.Path("log");
  {
    const Holder holder(dir);
    EXPECT_THAT(
        OpenLevelDbEventLog(dir, {}),
        StatusIs(absl::StatusCode::kFailedPrecondition,
                 AllOf(HasSubstr(dir),
                       HasSubstr(absl::StrCat("process ", holder.pid(), ", ")),
                       HasSubstr("lock_holder_tes"))));
  }
  EXPECT_THAT(OpenLevelDbEventLog(dir, {}), IsOk());
}

TEST(LockHolderTest, ASecondOpeningInOneProcessIsRefused) {
  const TempDirectory temp;
  const std::string dir = temp.Path("log");
  ASSERT_OK_AND_ASSIGN(const auto log, OpenLevelDbEventLog(dir, {}));
  EXPECT_THAT(OpenLevelDbEventLog(dir, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("already in this process")));
}

// Repair used to cut the write-ahead log of a process that was writing it.
TEST(LockHolderTest, RepairLeavesALogThatIsOpenAlone) {
  const TempDirectory temp;
  const std::string dir = temp.Path("log");
  const Holder holder(dir);
  EXPECT_THAT(RepairLog(dir, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr(absl::StrCat("process ", holder.pid()))));
}

}  // namespace
}  // namespace onrecord
