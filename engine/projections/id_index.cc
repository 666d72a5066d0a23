#include "engine/projections/id_index.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "engine/projections/bytes.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kMaxEntries = 64;
constexpr int kHashBits = 64;
constexpr size_t kEntryBytes = 2 * sizeof(uint64_t);

// Above this many bytes in memory, Flush frees them.
constexpr size_t kMaxLoadedBytes = size_t{64} << 20;

Key LeafKey(char table, uint64_t least) { return Key(table).Number(least); }

// The greatest hash of a leaf.
uint64_t Greatest(uint64_t least, int depth) {
  return depth == kHashBits
             ? least
             : least + (std::numeric_limits<uint64_t>::max() >> depth);
}

absl::Status Undecodable() {
  return absl::DataLossError("an index of ids does not decode");
}

}  // namespace

absl::StatusOr<IdIndex::Leaves::iterator> IdIndex::LeafOf(
    uint64_t hash, const ProjectionReader& state) {
  auto at = leaves_.upper_bound(hash);
  if (at != leaves_.begin()) {
    --at;
    if (hash <= Greatest(at->first, at->second.depth)) return at;
  }
  std::optional<std::pair<std::string, std::string>> stored;
  if (!all_loaded_) {
    ONRECORD_ASSIGN_OR_RETURN(stored,
                              state.Floor(Key(table_), LeafKey(table_, hash)));
    if (!looked_) all_loaded_ = !stored.has_value() && leaves_.empty();
    looked_ = true;
  }
  if (!stored.has_value()) return leaves_.try_emplace(0).first;
  const uint64_t least = KeyParser(stored->first).Number();
  const auto [leaf, added] = leaves_.try_emplace(least);
  ByteReader reader(stored->second);
  leaf->second.depth = reader.Byte();
  uint64_t last = least;
  while (reader.ok() && !reader.at_end()) {
    last += reader.Unsigned();
    const uint64_t page = reader.Unsigned();
    leaf->second.entries.emplace_back(last, page);
  }
  if (!added || !reader.ok() || leaf->second.depth > kHashBits ||
      hash > Greatest(least, leaf->second.depth)) {
    leaves_.erase(leaf);
    return Undecodable();
  }
  loaded_bytes_ += sizeof(Leaf) + leaf->second.entries.size() * kEntryBytes;
  return leaf;
}

absl::Status IdIndex::Find(uint64_t hash, const ProjectionReader& state,
                           Pages* pages) {
  ONRECORD_ASSIGN_OR_RETURN(const Leaves::iterator leaf, LeafOf(hash, state));
  const auto& entries = leaf->second.entries;
  for (auto at = std::lower_bound(entries.begin(), entries.end(),
                                  std::make_pair(hash, uint64_t{0}));
       at != entries.end() && at->first == hash; ++at) {
    pages->push_back(at->second);
  }
  return absl::OkStatus();
}

absl::Status IdIndex::Add(uint64_t hash, uint64_t page,
                          const ProjectionReader& state) {
  ONRECORD_ASSIGN_OR_RETURN(const Leaves::iterator leaf, LeafOf(hash, state));
  auto& entries = leaf->second.entries;
  const auto entry = std::make_pair(hash, page);
  const auto at = std::lower_bound(entries.begin(), entries.end(), entry);
  if (at != entries.end() && *at == entry) return absl::OkStatus();
  entries.insert(at, entry);
  leaf->second.changed = true;
  loaded_bytes_ += kEntryBytes;
  changed_bytes_ += kEntryBytes;
  Split(leaf);
  return absl::OkStatus();
}

// Until each part is small enough, or of one hash.
void IdIndex::Split(Leaves::iterator at) {
  uint64_t least = at->first;
  Leaf* leaf = &at->second;
  while (leaf->entries.size() > kMaxEntries && leaf->depth < kHashBits &&
         leaf->entries.front().first != leaf->entries.back().first) {
    ++leaf->depth;
    const uint64_t middle = least + (uint64_t{1} << (kHashBits - leaf->depth));
    const auto upper =
        std::lower_bound(leaf->entries.begin(), leaf->entries.end(),
                         std::make_pair(middle, uint64_t{0}));
    Leaf later;
    later.depth = leaf->depth;
    later.changed = true;
    later.entries.assign(upper, leaf->entries.end());
    leaf->entries.erase(upper, leaf->entries.end());
    loaded_bytes_ += sizeof(Leaf);
    const bool go_on_later = later.entries.size() > kMaxEntries;
    const auto other = leaves_.try_emplace(middle, std::move(later)).first;
    // Adding to the map may have moved the leaf.
    if (go_on_later) least = middle;
    leaf = go_on_later ? &other->second : &leaves_.find(least)->second;
  }
}

void IdIndex::Flush(ProjectionState& state) {
  for (auto& [least, leaf] : leaves_) {
    if (!leaf.changed) continue;
    ByteWriter writer(leaf.entries.size() * 12 + 1);
    writer.Byte(static_cast<uint8_t>(leaf.depth));
    uint64_t last = least;
    for (const auto& [hash, page] : leaf.entries) {
      writer.Unsigned(hash - last);
      writer.Unsigned(page);
      last = hash;
    }
    state.Put(LeafKey(table_, least), writer.Take());
    leaf.changed = false;
  }
  changed_bytes_ = 0;
  if (loaded_bytes_ > kMaxLoadedBytes) Drop();
}

void IdIndex::Drop() {
  leaves_.clear();
  all_loaded_ = false;
  looked_ = false;
  loaded_bytes_ = 0;
  changed_bytes_ = 0;
}

}  // namespace onrecord
