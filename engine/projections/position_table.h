// The statements that make positions, by actor and topic, in the state of the
// positions projection.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/key.h"
#include "engine/projections/position_block.h"
#include "engine/projections/projection_state.h"
#include "storage/projection_store.h"

namespace onrecord {

// Whose position on what: an actor's own, or, rolled up, a body's.
struct PositionPair {
  bool rollup = false;
  uint32_t actor = 0;
  uint32_t topic = 0;

  friend bool operator==(const PositionPair& a, const PositionPair& b) {
    return a.rollup == b.rollup && a.actor == b.actor && a.topic == b.topic;
  }
  friend bool operator<(const PositionPair& a, const PositionPair& b) {
    return std::tie(a.rollup, a.actor, a.topic) <
           std::tie(b.rollup, b.actor, b.topic);
  }
  template <typename H>
  friend H AbslHashValue(H h, const PositionPair& pair) {
    return H::combine(std::move(h), pair.rollup, pair.actor, pair.topic);
  }
};

// Puts entries in and ends them. A pair's entries lie in blocks (see
// PositionBlock), ordered by place; beside them, for each block that was begun
// behind all entries there were, since when it is known.
//
// Blocks that are in use are kept in memory until Flush. Thread-compatible.
class PositionTable {
 public:
  // Adds an entry, known from `entry.place.known_from` on.
  absl::Status Insert(const PositionPair& pair, const PositionEntry& entry,
                      absl::string_view id, ProjectionState& state);

  // Ends the knowledge of the entry of statement `id` at `day` and
  // `log_position` that has not ended. Nothing if there is none.
  absl::Status End(const PositionPair& pair, DayNumber day,
                   uint64_t log_position, absl::string_view id,
                   uint64_t known_until, ProjectionState& state);

  // Calls `visit` for the entries of `pair` that have not ended.
  absl::Status ForEachPresent(
      const PositionPair& pair,
      absl::FunctionRef<void(const PositionEntry&, absl::string_view id)> visit,
      ProjectionState& state);

  // Writes the changed blocks. Frees those in memory if they are many.
  void Flush(ProjectionState& state);

  // About how much memory the changes since the last Flush take.
  size_t changed_bytes() const { return changed_bytes_; }

  // Forgets everything that is in memory.
  void Drop();

 private:
  // A block of a pair; not in memory if null.
  struct Slot {
    EntryPlace start;
    std::unique_ptr<PositionBlock> block;
    Standing exit;  // after the block, as known now
    bool changed = false;
  };
  using Slots = std::vector<Slot>;

  absl::Status LoadPairs(const ProjectionState& state);
  absl::StatusOr<Slots*> Load(const PositionPair& pair, ProjectionState& state);
  absl::Status LoadBlock(const PositionPair& pair, Slot& slot,
                         ProjectionState& state);
  absl::Status Append(const PositionPair& pair, const PositionEntry& entry,
                      absl::string_view id, Slots& slots,
                      ProjectionState& state);
  absl::Status PassOn(const PositionPair& pair, size_t index,
                      uint64_t known_from, Slots& slots,
                      ProjectionState& state);

  // Every pair that the state has blocks of, so that a new one is known for new
  // without a look. Absent until it is needed.
  std::optional<absl::flat_hash_set<PositionPair>> stored_pairs_;
  absl::flat_hash_map<PositionPair, Slots> pairs_;
  std::vector<PositionPair> changed_pairs_;
  size_t changed_bytes_ = 0;
  size_t loaded_bytes_ = 0;
};

// Keys of the table. A pair's blocks begin with BlocksOf; the block that starts
// at `place` is BlockKey.
Key BlocksOf(const PositionPair& pair);
Key BlockKey(const PositionPair& pair, const EntryPlace& place);

// Every pair of a topic, in order.
absl::StatusOr<std::vector<PositionPair>> PairsOfTopic(
    const ProjectionReader& reader, uint32_t topic);

// Every pair of an actor, in order. The table must have been flushed.
absl::StatusOr<std::vector<PositionPair>> PairsOfActor(
    const ProjectionReader& reader, bool rollup, uint32_t actor);

// The block of `pair` that answers for `day` as known at `known_at`. Nothing if
// the pair has none.
absl::StatusOr<std::optional<PositionBlock>> FindBlock(
    const ProjectionReader& reader, const PositionPair& pair, DayNumber day,
    uint64_t known_at);

// Calls `visit` for all blocks of `pair`, in order.
absl::Status ForEachBlock(const ProjectionReader& reader,
                          const PositionPair& pair,
                          absl::FunctionRef<void(const PositionBlock&)> visit);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_
