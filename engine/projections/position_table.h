// The statements that make positions, by actor and topic, in the state of the
// positions projection.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <thread>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/projections/position_block.h"
#include "engine/projections/position_changes.h"
#include "engine/projections/position_pairs.h"
#include "engine/projections/position_reader.h"
#include "engine/projections/projection_state.h"

namespace onrecord {

// Puts entries in and ends them. Changes are put off until there are many, and
// then made together: while a state is made from the start, on a thread of
// their own, if it may use one. What comes out does not depend on that.
// Thread-compatible.
//
// Every call returns DATA_LOSS if what is stored does not decode.
class PositionTable {
 public:
  // So many changes are put off, at most: about forty of each pair in a busy
  // log. The more there are of one pair, the less often its blocks are packed.
  static constexpr size_t kMaxChanges = size_t{1} << 21;

  explicit PositionTable(size_t max_changes);
  ~PositionTable();

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

  // About how much memory the changes take that are to be written, those that
  // are being made left out.
  size_t changed_bytes() const { return changed_bytes_ + changes_.bytes(); }

  // Forgets everything that is in memory.
  void Drop();

 private:
  absl::Status PutOff(const PositionPair& pair, const PositionEntry& entry,
                      const ProjectionState& state);
  absl::Status StartMaking(const ProjectionState& state);
  absl::Status FinishMaking();
  absl::Status MakeAll(const ProjectionState& state);

  const size_t max_changes_;

  // Fewer at first, so that a short log too is made while it is read.
  size_t wanted_changes_;
  PositionChanges changes_;

  // The thread's, while it runs.
  PositionPairs pairs_;
  PositionChanges making_;
  absl::Status made_;

  std::thread thread_;
  size_t changed_bytes_ = 0;  // of pairs_, when it was last at rest
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_TABLE_H_
