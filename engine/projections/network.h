// Who agrees and who conflicts with whom: the networks of discourse network
// analysis.

#ifndef ONRECORD_ENGINE_PROJECTIONS_NETWORK_H_
#define ONRECORD_ENGINE_PROJECTIONS_NETWORK_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "engine/projections/positions.h"

namespace onrecord {

// Two actors that took sides on the same topics. `actor_a` < `actor_b`.
struct NetworkEdge {
  std::string actor_a;
  std::string actor_b;

  // Topics on which both took the same side, and opposite ones, in order.
  std::vector<std::string> congruent;
  std::vector<std::string> conflicting;
};

// The edges among all actors that took a side in the period: from `since`
// (absent: ever) to `query.as_of`. Who held several positions on a topic in it
// counts with the last; who was neutral then, not at all. In order of the
// actors.
//
// Returns DATA_LOSS if what is stored does not decode.
absl::StatusOr<std::vector<NetworkEdge>> NetworkOf(
    const Positions& positions, const PositionQuery& query,
    std::optional<absl::CivilDay> since);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_NETWORK_H_
