// The statements that make positions, by actor and topic, in the state of the
// positions projection.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <limits>
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
// Changes are put off until there are many, and then made pair by pair, so that
// a replay does not wander through memory. Blocks that are in use are kept in
// memory as they are stored. Thread-compatible.
//
// Every call returns DATA_LOSS if what is stored does not decode.
class PositionTable {
 public:
  // Adds an entry, known from `entry.place.known_from` on.
  absl::Status Insert(const PositionPair& pair, const PositionEntry& entry,
                      const ProjectionState& state);

  // Ends the knowledge of the entry of the statement first recorded at
  // `statement` that stands at the day and log position of `place` and has not
  // ended. Nothing if there is none.
  absl::Status End(const PositionPair& pair, const EntryPlace& place,
                   uint64_t statement, uint64_t known_until,
                   const ProjectionState& state);

  // Calls `visit` for the entries of `pair` that have not ended.
  absl::Status ForEachPresent(
      const PositionPair& pair,
      absl::FunctionRef<void(const PositionEntry&)> visit,
      const ProjectionState& state);

  // Writes what has changed. Frees what is in memory if it is much.
  absl::Status Flush(ProjectionState& state);

  // About how much memory the blocks take that are to be written.
  size_t changed_bytes() const {
    return changed_bytes_ + changes_.size() * sizeof(Change);
  }

  // Forgets everything that is in memory.
  void Drop();

 private:
  // A block of a pair.
  struct Slot {
    EntryPlace start;
    EntryPlace last;  // of its entries

    // After the block, as known now; to be found out if stale.
    Standing exit;
    bool stale = false;

    bool changed = false;  // since it was written
    bool begun = false;    // behind all entries there were, and not yet noted

    // Only while its pair is being changed; `dirty` once it differs from
    // `packed`.
    std::unique_ptr<PositionBlock> block;
    bool dirty = false;

    // The block's bytes. Empty if only the state has them.
    std::string packed;
  };
  struct Pair {
    PositionPair key;
    bool loaded = false;
    bool changed = false;
    bool is_new = false;
    std::vector<Slot> slots;
  };

  // What was put off: `entry` is added, or ended where it is known until a log
  // position.
  struct Change {
    PositionPair pair;
    PositionEntry entry;
  };

  absl::Status PutOff(const PositionPair& key, const PositionEntry& entry,
                      const ProjectionState& state);
  absl::Status MakeChanges(const ProjectionState& state);
  std::vector<uint64_t> ChangesByPair();
  uint32_t NumberOf(const PositionPair& key);
  absl::Status Add(Pair& pair, const PositionEntry& entry,
                   const ProjectionState& state);
  absl::Status EndNow(Pair& pair, const PositionEntry& ended,
                      const ProjectionState& state);

  absl::Status LoadPairs(const ProjectionState& state);
  absl::Status Load(Pair& pair, const ProjectionState& state);
  absl::Status Open(Pair& pair, size_t index, const ProjectionState& state);
  void Close(Pair& pair);
  std::unique_ptr<PositionBlock> EmptyBlock();
  void Append(Pair& pair, const PositionEntry& entry);
  void Split(size_t index, std::vector<Slot>& slots);
  absl::Status PassOn(Pair& pair, size_t index, uint64_t known_from,
                      const ProjectionState& state);
  void NoteChange(Pair& pair);
  void Write(Pair& pair, ProjectionState& state);

  // Every pair that the state has blocks of, so that a new one is known for new
  // without a look. Absent until it is needed.
  std::optional<absl::flat_hash_set<PositionPair>> stored_pairs_;

  std::vector<Change> changes_;
  std::vector<Pair> pairs_;  // in use, by their numbers here
  absl::flat_hash_map<PositionPair, uint32_t> numbers_;
  std::vector<uint32_t> changed_pairs_;

  // No slot before this one is open, of the pair that is being changed.
  size_t first_open_ = std::numeric_limits<size_t>::max();
  std::vector<std::unique_ptr<PositionBlock>> spare_;  // kept for their memory
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
