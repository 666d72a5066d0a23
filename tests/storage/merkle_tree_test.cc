#include "storage/merkle_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/hash_tree.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;

std::vector<Sha256Hash> Leaves(size_t count) {
  std::vector<Sha256Hash> leaves;
  for (size_t i = 0; i < count; ++i) {
    const std::string data = absl::StrCat("leaf ", i);
    leaves.push_back(LeafHash({data}));
  }
  return leaves;
}

// The tree of Certificate Transparency's reference implementation.
TEST(MerkleTreeTest, GivesTheRootsOfTheReferenceImplementation) {
  const std::vector<std::string> inputs = {"",
                                           "00",
                                           "10",
                                           "2021",
                                           "3031",
                                           "40414243",
                                           "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  std::vector<Sha256Hash> leaves;
  EXPECT_EQ(ToHex(AsView(RootOfLeaves(leaves))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < inputs.size(); ++i) {
    const std::string data = absl::HexStringToBytes(inputs[i]);
    leaves.push_back(LeafHash({data}));
    EXPECT_EQ(ToHex(AsView(RootOfLeaves(leaves))), roots[i]);
  }
}

TEST(MerkleTreeTest, AnyChangeOfAProofIsFound) {
  const auto leaves = Leaves(13);
  const auto node = [&](int level,
                        uint64_t index) -> absl::StatusOr<Sha256Hash> {
    return RootOfLeaves(absl::MakeConstSpan(leaves).subspan(
        index << level, size_t{1} << level));
  };
  const Sha256Hash root = RootOfLeaves(leaves);
  for (uint64_t leaf = 0; leaf < leaves.size(); ++leaf) {
    ASSERT_OK_AND_ASSIGN(std::vector<Sha256Hash> path,
                         InclusionPath(leaf, leaves.size(), node));
    EXPECT_OK(CheckInclusion(leaf, leaves[leaf], leaves.size(), root, path));
    EXPECT_FALSE(CheckInclusion((leaf + 1) % leaves.size(), leaves[leaf],
                                leaves.size(), root, path)
                     .ok());
    for (Sha256Hash& hash : path) {
      hash[0] ^= 1;
      EXPECT_FALSE(
          CheckInclusion(leaf, leaves[leaf], leaves.size(), root, path).ok());
      hash[0] ^= 1;
    }
    path.push_back(root);
    EXPECT_FALSE(
        CheckInclusion(leaf, leaves[leaf], leaves.size(), root, path).ok());
    path.resize(path.size() - 2);
    EXPECT_FALSE(
        CheckInclusion(leaf, leaves[leaf], leaves.size(), root, path).ok());
  }
  EXPECT_THAT(InclusionPath(13, 13, node),
              StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(MerkleTreeTest, TilesGiveTheSameRootsThroughSavingAndLoading) {
  // More than two levels of tiles.
  const size_t count = 256 * 256 + 300;
  const auto leaves = Leaves(count);
  std::map<std::pair<int, uint64_t>, std::string> stored;
  const auto read =
      [&](int level,
          uint64_t index) -> absl::StatusOr<std::optional<std::string>> {
    const auto found = stored.find({level, index});
    if (found == stored.end()) return std::optional<std::string>();
    return std::optional(found->second);
  };
  auto tree = std::make_unique<HashTree>(read);
  for (size_t i = 0; i < count; ++i) {
    tree->Add(leaves[i]);
    const size_t size = i + 1;
    if (size % 4999 != 0 && size != 256 && size != 65536 && size != count) {
      continue;
    }
    tree->Save([&](int level, uint64_t index, absl::string_view bytes) {
      stored[{level, index}] = std::string(bytes);
    });
    tree = std::make_unique<HashTree>(read);
    ASSERT_OK(tree->Load(size));
    ASSERT_OK_AND_ASSIGN(const Sha256Hash root,
                         TreeRoot(size, [&](int level, uint64_t index) {
                           return tree->Node(level, index);
                         }));
    EXPECT_EQ(root, RootOfLeaves(absl::MakeConstSpan(leaves).first(size)));
  }
  stored.erase({0, 3});
  EXPECT_THAT(tree->Node(0, 3 * 256), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace onrecord
