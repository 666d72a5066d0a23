#include "storage/merkle_frontier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "storage/hash.h"
#include "storage/merkle_tree.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;

std::vector<Sha256Hash> MakeLeaves(size_t count) {
  std::vector<Sha256Hash> leaves;
  for (size_t i = 0; i < count; ++i) {
    leaves.push_back(LeafHash({absl::StrCat(i)}));
  }
  return leaves;
}

TEST(MerkleFrontierTest, HasTheRootOfTheTreeAtEverySize) {
  const std::vector<Sha256Hash> leaves = MakeLeaves(70);
  MerkleFrontier frontier;
  for (size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(frontier.size(), size);
    EXPECT_EQ(frontier.Root(),
              RootOfLeaves(absl::MakeConstSpan(leaves).subspan(0, size)))
        << size;
    ASSERT_OK_AND_ASSIGN(const MerkleFrontier read,
                         MerkleFrontier::FromBytes(size, frontier.ToBytes()));
    EXPECT_EQ(read, frontier);
    if (size < leaves.size()) frontier.Add(leaves[size]);
  }
}

TEST(MerkleFrontierTest, GivesEveryCompleteSubtreeOnce) {
  const std::vector<Sha256Hash> leaves = MakeLeaves(21);
  std::map<std::pair<int, uint64_t>, Sha256Hash> nodes;
  MerkleFrontier frontier;
  for (const Sha256Hash& leaf : leaves) {
    frontier.Add(leaf, [&](int level, uint64_t index, const Sha256Hash& hash) {
      EXPECT_TRUE(nodes.emplace(std::pair(level, index), hash).second);
    });
  }
  size_t expected = 0;
  for (int level = 0; leaves.size() >> level > 0; ++level) {
    for (uint64_t index = 0; index < leaves.size() >> level; ++index) {
      ++expected;
      EXPECT_EQ((nodes[{level, index}]),
                RootOfLeaves(absl::MakeConstSpan(leaves).subspan(
                    index << level, size_t{1} << level)))
          << level << " " << index;
    }
  }
  EXPECT_EQ(nodes.size(), expected);
}

TEST(MerkleFrontierTest, RefusesBytesOfAnotherSize) {
  MerkleFrontier frontier;
  for (const Sha256Hash& leaf : MakeLeaves(3)) frontier.Add(leaf);
  const std::string bytes = frontier.ToBytes();
  for (const uint64_t size : {0, 1, 2, 7}) {
    EXPECT_THAT(MerkleFrontier::FromBytes(size, bytes),
                StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
  EXPECT_THAT(MerkleFrontier::FromBytes(3, bytes.substr(1)),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace onrecord
