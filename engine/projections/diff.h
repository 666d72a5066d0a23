// What changed between two days, or two states of knowledge.

#ifndef ONRECORD_ENGINE_PROJECTIONS_DIFF_H_
#define ONRECORD_ENGINE_PROJECTIONS_DIFF_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/projections/positions.h"

namespace onrecord {

// The positions of one actor on one topic, at two points; at least one is
// there.
struct PositionChange {
  std::optional<Position> before;
  std::optional<Position> after;
};

// What is held otherwise at `after` than at `before`: another stance, a
// condition, a softening, or no position at all. Each point is a query's day
// and state of knowledge; actor, topic and roll-up should be the same in both.
// In order of actor and topic. An actor merged in between is gone under its old
// id.
//
// Returns DATA_LOSS if what is stored does not decode.
absl::StatusOr<std::vector<PositionChange>> DiffPositions(
    const Positions& positions, const PositionQuery& before,
    const PositionQuery& after);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_DIFF_H_
