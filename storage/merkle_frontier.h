// The right edge of a growing Merkle tree: all that its root takes.

#ifndef ONRECORD_STORAGE_MERKLE_FRONTIER_H_
#define ONRECORD_STORAGE_MERKLE_FRONTIER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/hash.h"

namespace onrecord {

// The roots of the complete subtrees that a tree of RFC 6962 is made of, the
// largest first: one for each bit of its size. Copies and compares as a value.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;

  // The tree of `size` leaves from what ToBytes gave. Returns DATA_LOSS if it
  // is not of that size.
  static absl::StatusOr<MerkleFrontier> FromBytes(uint64_t size,
                                                  absl::string_view bytes);

  // 32 bytes for each bit of the size that is set.
  std::string ToBytes() const;

  // Adds a leaf by its hash, and calls `on_node` with the root of each subtree
  // over the leaves [index << level, (index + 1) << level) that it completes,
  // the leaf itself included.
  void Add(
      const Sha256Hash& leaf,
      absl::FunctionRef<void(int level, uint64_t index, const Sha256Hash& hash)>
          on_node);
  void Add(const Sha256Hash& leaf) {
    Add(leaf, [](int, uint64_t, const Sha256Hash&) {});
  }

  uint64_t size() const { return size_; }
  Sha256Hash Root() const;

  friend bool operator==(const MerkleFrontier& a, const MerkleFrontier& b) {
    return a.size_ == b.size_ && a.subtrees_ == b.subtrees_;
  }

 private:
  uint64_t size_ = 0;
  std::vector<std::pair<int, Sha256Hash>> subtrees_;  // level, root
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_MERKLE_FRONTIER_H_
