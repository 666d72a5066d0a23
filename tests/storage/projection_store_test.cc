#include "storage/projection_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOk;
using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::Pair;

// "key=value key=value …" of a scan.
std::string Contents(std::unique_ptr<ProjectionScan> scan) {
  std::string contents;
  for (; scan->Valid(); scan->Next()) {
    absl::StrAppend(&contents, contents.empty() ? "" : " ", scan->key(), "=",
                    scan->value());
  }
  EXPECT_OK(scan->status());
  return contents;
}

class ProjectionStoreTest : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      ASSERT_OK_AND_ASSIGN(store_, OpenInMemoryProjectionStore());
    } else {
      ASSERT_OK_AND_ASSIGN(store_, OpenProjectionStore(temp_.Path("store")));
    }
  }

  void Put(const std::string& key, const std::string& value) {
    ProjectionBatch batch;
    batch.Put(key, value);
    ASSERT_OK(store_->Write(batch));
  }

  TempDirectory temp_;
  std::unique_ptr<ProjectionStore> store_;
};

TEST_P(ProjectionStoreTest, GetsWhatWasPut) {
  Put("a", "1");
  EXPECT_THAT(store_->Get("a"), IsOkAndHolds(Optional(std::string("1"))));
  EXPECT_THAT(store_->Get("b"), IsOkAndHolds(std::nullopt));
}

TEST_P(ProjectionStoreTest, LaterChangesOfABatchWin) {
  Put("b", "old");
  ProjectionBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Put("b", "3");
  batch.Delete("b");
  ASSERT_OK(store_->Write(batch));
  EXPECT_EQ(Contents(store_->Scan("")), "a=2");
}

TEST_P(ProjectionStoreTest, ScansAPrefixInOrderOfBytes) {
  for (const char* key : {"b/2", "a/9", "b/10", "c", "b/\xff", "b"}) {
    Put(key, "v");
  }
  EXPECT_EQ(Contents(store_->Scan("b/")), "b/10=v b/2=v b/\xff=v");
  EXPECT_EQ(Contents(store_->Scan("b/", "b/2")), "b/2=v b/\xff=v");
  EXPECT_EQ(Contents(store_->Scan("b/", "a")), "b/10=v b/2=v b/\xff=v");
  EXPECT_EQ(Contents(store_->Scan("b/", "c")), "");
}

TEST_P(ProjectionStoreTest, FloorFindsTheLastEntryUpToAKey) {
  for (const char* key : {"a/2", "a/4", "b/1"}) Put(key, "v");
  const auto holds = [](const char* key) {
    return IsOkAndHolds(Optional(Pair(std::string(key), std::string("v"))));
  };
  EXPECT_THAT(store_->Floor("a/", "a/1"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(store_->Floor("a/", "a/2"), holds("a/2"));
  EXPECT_THAT(store_->Floor("a/", "a/3"), holds("a/2"));
  EXPECT_THAT(store_->Floor("a/", "a/9"), holds("a/4"));
  EXPECT_THAT(store_->Floor("b/", "b/9"), holds("b/1"));
  EXPECT_THAT(store_->Floor("b/", "b/0"), IsOkAndHolds(std::nullopt));
}

TEST_P(ProjectionStoreTest, AViewDoesNotMove) {
  Put("a", "1");
  const std::unique_ptr<ProjectionReader> view = store_->View();
  const std::unique_ptr<ProjectionScan> scan = store_->Scan("");
  Put("a", "2");
  Put("b", "3");
  EXPECT_THAT(view->Get("a"), IsOkAndHolds(Optional(std::string("1"))));
  EXPECT_EQ(Contents(view->Scan("")), "a=1");
  EXPECT_THAT(view->Floor("", "z"),
              IsOkAndHolds(Optional(Pair(std::string("a"), std::string("1")))));
  EXPECT_EQ(scan->value(), "1");
  EXPECT_EQ(Contents(store_->Scan("")), "a=2 b=3");
}

INSTANTIATE_TEST_SUITE_P(Stores, ProjectionStoreTest, ::testing::Bool(),
                         [](const auto& info) {
                           return info.param ? "InMemory" : "OnDisk";
                         });

TEST(ProjectionStoreOnDiskTest, KeepsItsContents) {
  const TempDirectory temp;
  const std::string dir = temp.Path("store");
  {
    ASSERT_OK_AND_ASSIGN(auto store, OpenProjectionStore(dir));
    ProjectionBatch batch;
    batch.Put("a", "1");
    ASSERT_OK(store->Write(batch));
  }
  ASSERT_OK_AND_ASSIGN(auto store, OpenProjectionStore(dir));
  EXPECT_EQ(Contents(store->Scan("")), "a=1");
}

TEST(ProjectionStoreOnDiskTest, RefusesASecondOpening) {
  const TempDirectory temp;
  const std::string dir = temp.Path("store");
  ASSERT_OK_AND_ASSIGN(auto store, OpenProjectionStore(dir));
  EXPECT_THAT(OpenProjectionStore(dir),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("open already in this process")));
}

TEST(ProjectionStoreOnDiskTest, RefusesADirectoryThatCannotBe) {
  const TempDirectory temp;
  const std::string dir = temp.Path("store");
  std::ofstream(dir) << "a file";
  EXPECT_THAT(OpenProjectionStore(dir),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("cannot be opened")));
}

TEST(ProjectionStoreOnDiskTest, ReportsAFlippedByteOfATable) {
  const TempDirectory temp;
  const std::string dir = temp.Path("store");
  {
    ASSERT_OK_AND_ASSIGN(auto store, OpenProjectionStore(dir));
    ProjectionBatch batch;
    for (int i = 0; i < 1000; ++i) {
      batch.Put(absl::StrCat("key", i), std::string(100, 'x'));
    }
    ASSERT_OK(store->Write(batch));
  }
  // Opening moves the written log into a table.
  { ASSERT_THAT(OpenProjectionStore(dir), IsOk()); }
  for (const auto& file : std::filesystem::directory_iterator(dir)) {
    if (file.path().extension() != ".ldb") continue;
    std::fstream stream(file.path(),
                        std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(1000);
    stream.put('\x7f');
  }
  ASSERT_OK_AND_ASSIGN(auto store, OpenProjectionStore(dir));
  auto scan = store->Scan("");
  while (scan->Valid()) scan->Next();
  EXPECT_THAT(scan->status(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ProjectionStoreOnDiskTest, CanBeDestroyed) {
  const TempDirectory temp;
  const std::string dir = temp.Path("store");
  { ASSERT_THAT(OpenProjectionStore(dir), IsOk()); }
  EXPECT_OK(DestroyProjectionStore(dir));
  EXPECT_FALSE(std::filesystem::exists(dir));
  EXPECT_OK(DestroyProjectionStore(dir));
}

}  // namespace
}  // namespace onrecord
