// The blocks of positions that are being changed, in memory.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_PAIRS_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/projections/position_block.h"
#include "engine/projections/position_changes.h"
#include "engine/projections/position_reader.h"
#include "engine/projections/projection_state.h"

namespace onrecord {

// Takes blocks of entries (see PositionBlock), ordered by place, from the
// state, changes them, and writes them; beside them, for each block that was
// begun behind all entries there were, since when it is known. Blocks that are
// in use are kept in memory as they are stored. Thread-compatible.
//
// Every call returns DATA_LOSS if what is stored does not decode.
class PositionPairs {
 public:
  // Makes changes, pair by pair, those of one pair in their order: so a replay
  // does not wander through memory.
  absl::Status Make(const PositionChanges& changes,
                    const ProjectionState& state);

  // Calls `visit` for the entries of `pair` that have not ended.
  absl::Status ForEachPresent(
      const PositionPair& pair,
      absl::FunctionRef<void(const PositionEntry&)> visit,
      const ProjectionState& state);

  // Writes what has changed. Frees what is in memory if it is much.
  void Write(ProjectionState& state);

  // Whether everything there is is in memory: then nothing reads the state. So
  // it is while a state is made from the start, up to a size.
  bool complete() const { return complete_; }

  // About how much memory the blocks take that are to be written.
  size_t changed_bytes() const { return changed_bytes_; }

  // Looks which pairs the state has, unless that is known.
  absl::Status LoadPairs(const ProjectionState& state);

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

  std::vector<uint64_t> ChangesByPair(const PositionChanges& changes);
  uint32_t NumberOf(const PositionPair& key);
  absl::Status Add(Pair& pair, const PositionEntry& entry,
                   const ProjectionState& state);
  absl::Status End(Pair& pair, const PositionEntry& ended,
                   const ProjectionState& state);

  absl::Status Load(Pair& pair, const ProjectionState& state);
  absl::Status Open(Pair& pair, size_t index, const ProjectionState& state);
  void Close(Pair& pair);
  std::unique_ptr<PositionBlock> EmptyBlock();
  void Append(Pair& pair, const PositionEntry& entry);
  void Split(size_t index, std::vector<Slot>& slots);
  absl::Status PassOn(Pair& pair, size_t index, uint64_t known_from,
                      const ProjectionState& state);
  void NoteChange(Pair& pair);
  static void WritePair(Pair& pair, ProjectionState& state);

  // Every pair that the state has blocks of, so that a new one is known for new
  // without a look. Absent until it is needed.
  std::optional<absl::flat_hash_set<PositionPair>> stored_pairs_;
  bool complete_ = false;

  std::vector<Pair> pairs_;  // in use, by their numbers here
  absl::flat_hash_map<PositionPair, uint32_t> numbers_;
  std::vector<uint32_t> changed_pairs_;

  // No slot before this one is open, of the pair that is being changed.
  size_t first_open_ = std::numeric_limits<size_t>::max();
  std::vector<std::unique_ptr<PositionBlock>> spare_;  // kept for their memory
  size_t changed_bytes_ = 0;
  size_t loaded_bytes_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_PAIRS_H_
