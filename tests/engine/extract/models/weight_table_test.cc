#include "engine/extract/models/weight_table.h"

#include <cstdint>
#include <string>
#include <vector>

#include "engine/extract/models/feature_hash.h"
#include "engine/extract/training/table_writer.h"
#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

// A copy at an aligned address.
std::vector<uint64_t> Aligned(const std::string& bytes) {
  std::vector<uint64_t> words(bytes.size() / 8 + 1);
  bytes.copy(reinterpret_cast<char*>(words.data()), bytes.size());
  return words;
}

TEST(WeightTableTest, FindsWhatWasWritten) {
  TableWriter writer;
  TableWriter backwards;
  constexpr uint64_t kFeatures = 3000;
  for (uint64_t i = 0; i < kFeatures; ++i) {
    const uint64_t j = kFeatures - 1 - i;
    writer.Add(MixHash(1, i), i % 7, 0.5 + i, 2);
    writer.Add(MixHash(1, i), 7, -1, 2);
    backwards.Add(MixHash(1, j), 7, -1, 2);
    backwards.Add(MixHash(1, j), j % 7, 0.5 + j, 2);
  }
  writer.SetParameter(3, 42);
  backwards.SetParameter(3, 42);
  const std::string bytes = writer.Write();
  EXPECT_EQ(bytes, backwards.Write());
  const std::vector<uint64_t> copy = Aligned(bytes);
  const WeightTable table(absl::string_view(
      reinterpret_cast<const char*>(copy.data()), bytes.size()));
  EXPECT_EQ(table.parameter(3), 42);
  for (uint64_t i = 0; i < kFeatures; ++i) {
    const auto row = table.Find(MixHash(1, i));
    ASSERT_EQ(row.size(), 2u);
    EXPECT_EQ(row[0].label, i % 7);
    EXPECT_EQ(row[0].weight, static_cast<int>(2 * i + 1));
    EXPECT_EQ(row[1].weight, -2);
    EXPECT_TRUE(table.Find(MixHash(2, i)).empty());
  }
}

TEST(WeightTableTest, AddsUpScores) {
  TableWriter writer;
  FeatureList features;
  features.Add(1, 5);
  features.Add(2, 5, 6);
  features.Add(3);
  writer.Add(*features.begin(), 0, 1.5, 100);
  writer.Add(*(features.begin() + 1), 0, 1, 100);
  writer.Add(*(features.begin() + 1), 2, -1, 100);
  const std::string bytes = writer.Write();
  const std::vector<uint64_t> copy = Aligned(bytes);
  const WeightTable table(absl::string_view(
      reinterpret_cast<const char*>(copy.data()), bytes.size()));
  int32_t scores[3] = {};
  table.AddScores(features, scores);
  EXPECT_EQ(scores[0], 250);
  EXPECT_EQ(scores[1], 0);
  EXPECT_EQ(scores[2], -100);
}

TEST(WeightTableTest, IsEmptyWithoutBytes) {
  EXPECT_TRUE(WeightTable().Find(MixHash(1, 2)).empty());
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
