// In which pages of a table ids are to be looked for.

#ifndef ONRECORD_ENGINE_PROJECTIONS_ID_INDEX_H_
#define ONRECORD_ENGINE_PROJECTIONS_ID_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection_state.h"

namespace onrecord {

// A set of (64-bit hash, page) in a projection's state. It lies in leaves, each
// of the hashes that begin with the same bits; a leaf with too many makes two,
// by the next bit. So what is stored depends on what is in the set alone, and
// not on the order in which it came. Changes are kept in memory until Flush.
//
// The hashes are the caller's: another id may have the same. Thread-compatible.
class IdIndex {
 public:
  using Pages = std::vector<uint64_t>;

  // `table` is the tag of the table.
  explicit IdIndex(char table) : table_(table) {}

  // Adds to `pages` those of `hash`, in order.
  absl::Status Find(uint64_t hash, const ProjectionReader& state, Pages* pages);

  absl::Status Add(uint64_t hash, uint64_t page, const ProjectionReader& state);

  void Flush(ProjectionState& state);

  // About how much memory the changes since the last Flush take.
  size_t changed_bytes() const { return changed_bytes_; }

  // Forgets everything that is in memory.
  void Drop();

 private:
  struct Leaf {
    int depth = 0;  // how many bits its hashes share
    bool changed = false;
    std::vector<std::pair<uint64_t, uint64_t>> entries;  // in order
  };
  using Leaves = absl::btree_map<uint64_t, Leaf>;  // by the least hash

  absl::StatusOr<Leaves::iterator> LeafOf(uint64_t hash,
                                          const ProjectionReader& state);
  void Split(Leaves::iterator leaf);

  const char table_;
  Leaves leaves_;

  // Every leaf is in memory: the state had none.
  bool all_loaded_ = false;
  bool looked_ = false;
  size_t loaded_bytes_ = 0;
  size_t changed_bytes_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_ID_INDEX_H_
