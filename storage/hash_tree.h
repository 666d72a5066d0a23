// The Merkle tree over the commits of a log, kept in tiles of 256 hashes so
// that any old root and any proof takes a few reads.

#ifndef ONRECORD_STORAGE_HASH_TREE_H_
#define ONRECORD_STORAGE_HASH_TREE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/hash.h"

namespace onrecord {

// A tile of level 0 holds 256 leaves; one of level n + 1 the roots of 256 tiles
// of level n. Complete tiles never change, and of each level one is incomplete.
//
// Thread-compatible.
class HashTree {
 public:
  // Gives the bytes of a stored tile, the hashes one after the other; nothing
  // if it was never stored.
  using TileReader = std::function<absl::StatusOr<std::optional<std::string>>(
      int level, uint64_t index)>;

  explicit HashTree(TileReader reader) : reader_(std::move(reader)) {}

  // Takes up a tree of `size` leaves whose tiles are stored. Returns DATA_LOSS
  // if they are not.
  absl::Status Load(uint64_t size);

  void Add(const Sha256Hash& leaf);
  uint64_t size() const { return size_; }

  // The root of a complete subtree, as NodeReader in merkle_tree.h.
  // REQUIRES: (index + 1) << level <= size().
  absl::StatusOr<Sha256Hash> Node(int level, uint64_t index) const;

  // Calls `write` with every tile that changed since the last call.
  void Save(absl::FunctionRef<void(int level, uint64_t index,
                                   absl::string_view bytes)>
                write);

 private:
  using Tile = std::vector<Sha256Hash>;

  void AddTo(size_t level, const Sha256Hash& hash);
  absl::StatusOr<Tile> ReadTile(size_t level, uint64_t index) const;

  const TileReader reader_;
  uint64_t size_ = 0;

  // By level: the incomplete tile, at most 255 hashes.
  std::vector<Tile> edge_;

  // Complete tiles that are not stored yet.
  std::map<std::pair<size_t, uint64_t>, Tile> complete_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_HASH_TREE_H_
