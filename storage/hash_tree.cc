#include "storage/hash_tree.h"

#include "absl/strings/str_cat.h"
#include "storage/merkle_tree.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr int kTileLevels = 8;
constexpr size_t kTileHashes = size_t{1} << kTileLevels;

// The number of hashes that level `level` holds in a tree of `size` leaves.
uint64_t HashesOfLevel(uint64_t size, size_t level) {
  return level * kTileLevels >= 64 ? 0 : size >> (level * kTileLevels);
}

}  // namespace

absl::Status HashTree::Load(uint64_t size) {
  size_ = size;
  edge_.clear();
  complete_.clear();
  for (size_t level = 0; HashesOfLevel(size, level) > 0; ++level) {
    const uint64_t hashes = HashesOfLevel(size, level);
    const size_t partial = hashes % kTileHashes;
    Tile tile;
    if (partial > 0) {
      ONRECORD_ASSIGN_OR_RETURN(tile, ReadTile(level, hashes / kTileHashes));
      if (tile.size() < partial) {
        return absl::DataLossError(
            absl::StrCat("a tile of level ", level, " is cut short"));
      }
      tile.resize(partial);
    }
    edge_.push_back(std::move(tile));
  }
  return absl::OkStatus();
}

void HashTree::Add(const Sha256Hash& leaf) {
  ++size_;
  AddTo(0, leaf);
}

void HashTree::AddTo(size_t level, const Sha256Hash& hash) {
  if (edge_.size() <= level) edge_.resize(level + 1);
  edge_[level].push_back(hash);
  if (edge_[level].size() < kTileHashes) return;
  const uint64_t index = HashesOfLevel(size_, level) / kTileHashes - 1;
  const Sha256Hash root = RootOfLeaves(edge_[level]);
  complete_[{level, index}] = std::move(edge_[level]);
  edge_[level].clear();
  AddTo(level + 1, root);
}

absl::StatusOr<Sha256Hash> HashTree::Node(int level, uint64_t index) const {
  const size_t tile_level = level / kTileLevels;
  const size_t height = level % kTileLevels;
  const uint64_t first = index << height;
  ONRECORD_ASSIGN_OR_RETURN(const Tile tile,
                            ReadTile(tile_level, first / kTileHashes));
  const size_t offset = first % kTileHashes;
  const size_t count = size_t{1} << height;
  if (tile.size() < offset + count) {
    return absl::DataLossError(absl::StrCat("tile ", first / kTileHashes,
                                            " of level ", tile_level,
                                            " is cut short"));
  }
  return RootOfLeaves(absl::MakeConstSpan(tile).subspan(offset, count));
}

absl::StatusOr<HashTree::Tile> HashTree::ReadTile(size_t level,
                                                  uint64_t index) const {
  if (level < edge_.size() && !edge_[level].empty() &&
      index == HashesOfLevel(size_, level) / kTileHashes) {
    return edge_[level];
  }
  const auto complete = complete_.find({level, index});
  if (complete != complete_.end()) return complete->second;
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            reader_(static_cast<int>(level), index));
  if (!bytes.has_value() || bytes->size() % kSha256Bytes != 0) {
    return absl::DataLossError(absl::StrCat("tile ", index, " of level ", level,
                                            " of the tree is missing"));
  }
  Tile tile;
  for (size_t i = 0; i < bytes->size(); i += kSha256Bytes) {
    tile.push_back(
        ToSha256Hash(absl::string_view(*bytes).substr(i, kSha256Bytes)));
  }
  return tile;
}

void HashTree::Save(
    absl::FunctionRef<void(int level, uint64_t index, absl::string_view bytes)>
        write) {
  const auto write_tile = [&](size_t level, uint64_t index, const Tile& tile) {
    std::string bytes;
    for (const Sha256Hash& hash : tile) bytes.append(hash.data(), hash.size());
    write(static_cast<int>(level), index, bytes);
  };
  for (const auto& [place, tile] : complete_) {
    write_tile(place.first, place.second, tile);
  }
  complete_.clear();
  for (size_t level = 0; level < edge_.size(); ++level) {
    if (edge_[level].empty()) continue;
    write_tile(level, HashesOfLevel(size_, level) / kTileHashes, edge_[level]);
  }
}

}  // namespace onrecord
