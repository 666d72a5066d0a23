#include "storage/read_only_env.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <leveldb/env.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::map<std::string, std::string> FilesIn(const std::string& dir) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

std::vector<std::string> Children(leveldb::Env& env, const std::string& dir) {
  std::vector<std::string> children;
  env.GetChildren(dir, &children);
  children.erase(std::remove_if(children.begin(), children.end(),
                                [](const std::string& name) {
                                  return name == "." || name == "..";
                                }),
                 children.end());
  return children;
}

std::string Read(leveldb::Env& env, const std::string& name) {
  std::string contents;
  const leveldb::Status status =
      leveldb::ReadFileToString(&env, name, &contents);
  return status.ok() ? contents : "unreadable";
}

TEST(ReadOnlyEnvTest, ShowsChangesAndMakesNone) {
  const TempDirectory dir;
  const std::string a = dir.Write("a", "on disk");
  const std::string b = dir.Write("b", "on disk too");
  const auto before = FilesIn(dir.Path());
  ReadOnlyEnv env(leveldb::Env::Default());

  leveldb::WritableFile* file = nullptr;
  ASSERT_TRUE(env.NewAppendableFile(a, &file).ok());
  ASSERT_TRUE(file->Append(", and more").ok());
  delete file;
  EXPECT_EQ(Read(env, a), "on disk, and more");

  ASSERT_TRUE(env.RenameFile(b, dir.Path("c")).ok());
  EXPECT_FALSE(env.FileExists(b));
  EXPECT_EQ(Read(env, dir.Path("c")), "on disk too");
  EXPECT_THAT(Children(env, dir.Path()), ElementsAre("a", "c"));

  ASSERT_TRUE(env.RemoveFile(a).ok());
  EXPECT_FALSE(env.FileExists(a));
  EXPECT_FALSE(env.RemoveFile(a).ok());
  ASSERT_TRUE(leveldb::WriteStringToFile(&env, "anew", a).ok());
  EXPECT_EQ(Read(env, a), "anew");
  uint64_t size = 0;
  ASSERT_TRUE(env.GetFileSize(a, &size).ok());
  EXPECT_EQ(size, 4u);
  EXPECT_EQ(FilesIn(dir.Path()), before);
}

class ReadOnlyLogTest : public ::testing::Test {
 protected:
  ReadOnlyLogTest() { read_only_.read_only = true; }

  const TempDirectory temp_;
  const std::string dir_ = temp_.Path("log");
  LogOptions read_only_;
};

TEST_F(ReadOnlyLogTest, ReadsALogAndLeavesEveryByte) {
  std::string contents;
  {
    ASSERT_OK_AND_ASSIGN(const auto log, OpenLevelDbEventLog(dir_, {}));
    ASSERT_OK(log->Append("a", ExpectedRevision::Any(),
                          {MakeEvent("p"), MakeEvent("q")}, {}));
    contents = Contents(log.get());
  }
  // Without its index, which is made again in memory.
  std::filesystem::remove_all(dir_ + "/index");
  const auto before = FilesIn(dir_);
  {
    ASSERT_OK_AND_ASSIGN(const auto log, OpenLevelDbEventLog(dir_, read_only_));
    EXPECT_EQ(Contents(log.get()), contents);
    const auto refused =
        StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("read-only"));
    EXPECT_THAT(log->Append("a", ExpectedRevision::Any(), {MakeEvent("r")}, {}),
                refused);
    EXPECT_THAT(
        log->AppendAsync("a", ExpectedRevision::Any(), {MakeEvent("r")}, {})
            .get(),
        refused);
    ASSERT_OK_AND_ASSIGN(const CommitRecord commit, log->ReadCommit(1));
    EXPECT_THAT(log->ImportCommit(commit, false), refused);
    EXPECT_EQ(log->last_log_position(), 2u);
  }
  EXPECT_EQ(FilesIn(dir_), before);
}

TEST_F(ReadOnlyLogTest, RefusesWhatIsHeldOrMissing) {
  EXPECT_THAT(OpenLevelDbEventLog(dir_, read_only_),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(dir_));
  ASSERT_OK_AND_ASSIGN(const auto log, OpenLevelDbEventLog(dir_, {}));
  EXPECT_THAT(OpenLevelDbEventLog(dir_, read_only_),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace onrecord
