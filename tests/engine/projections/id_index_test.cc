#include "engine/projections/id_index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/projections/projection_state.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/testing/state_dump.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAreArray;

class IdIndexTest : public ::testing::Test {
 protected:
  using Entry = std::pair<uint64_t, uint64_t>;

  // Hashes of which many are near each other, and some the same.
  static std::vector<Entry> MakeEntries(uint32_t seed, int count) {
    std::mt19937_64 random(seed);
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) {
      const uint64_t hash = random() >> (random() % 4 == 0 ? 50 : 0);
      entries.emplace_back(i % 7 == 0 ? 42 : hash, i / 3);
    }
    return entries;
  }

  // Adds `entries`, and writes and forgets each so many.
  std::map<std::string, std::string> Fill(const std::vector<Entry>& entries,
                                          size_t flush_every) {
    store_ = *OpenInMemoryProjectionStore();
    ProjectionState state(store_.get(), "test");
    IdIndex index('I');
    for (size_t i = 0; i < entries.size(); ++i) {
      EXPECT_OK(index.Add(entries[i].first, entries[i].second, state));
      if ((i + 1) % flush_every != 0) continue;
      index.Flush(state);
      index.Drop();
      EXPECT_OK(state.Spill(store_.get()));
    }
    index.Flush(state);
    EXPECT_OK(state.Spill(store_.get()));
    return DumpState(*store_);
  }

  std::unique_ptr<ProjectionStore> store_;
};

TEST_F(IdIndexTest, FindsWhatWasAdded) {
  const std::vector<Entry> entries = MakeEntries(1, 5000);
  std::map<uint64_t, std::set<uint64_t>> model;
  for (const Entry& entry : entries) model[entry.first].insert(entry.second);
  for (const size_t flush_every : {size_t{100}, entries.size() + 1}) {
    Fill(entries, flush_every);
    ProjectionState state(store_.get(), "test");
    IdIndex index('I');
    for (const auto& [hash, pages] : model) {
      IdIndex::Pages found;
      ASSERT_OK(index.Find(hash, state, &found));
      ASSERT_THAT(found, ElementsAreArray(pages));
      found.clear();
      ASSERT_OK(index.Find(hash ^ 0x5555, state, &found));
      ASSERT_TRUE(found.empty() || model.count(hash ^ 0x5555) > 0);
    }
  }
}

TEST_F(IdIndexTest, TheOrderAndTheFlushesMakeNoDifference) {
  std::vector<Entry> entries = MakeEntries(2, 3000);
  const auto expected = Fill(entries, entries.size());
  EXPECT_EQ(Fill(entries, 17), expected);
  std::mt19937 random(3);
  std::shuffle(entries.begin(), entries.end(), random);
  EXPECT_EQ(Fill(entries, entries.size()), expected);
}

TEST_F(IdIndexTest, BytesThatDoNotDecodeAreReported) {
  Fill(MakeEntries(4, 10), 100);
  ProjectionBatch batch;
  const auto scan = store_->Scan("");
  ASSERT_TRUE(scan->Valid());
  batch.Put(scan->key(), "\xff\xff");
  ASSERT_OK(store_->Write(batch));
  const ProjectionState state(store_.get(), "test");
  IdIndex::Pages found;
  EXPECT_THAT(IdIndex('I').Find(42, state, &found),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
