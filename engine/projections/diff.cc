#include "engine/projections/diff.h"

#include <map>
#include <string>
#include <utility>

#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The last position of each actor and topic.
absl::StatusOr<std::map<std::pair<std::string, std::string>, Position>> Held(
    const Positions& positions, const PositionQuery& query) {
  std::map<std::pair<std::string, std::string>, Position> held;
  ONRECORD_RETURN_IF_ERROR(
      positions.ForEach(query, [&](const Position& position) {
        held[{position.actor_id, position.topic_id}] = position;
        return absl::OkStatus();
      }));
  return held;
}

bool SaysTheSame(const Position& a, const Position& b) {
  return a.stance == b.stance && a.conditional == b.conditional &&
         a.softened == b.softened;
}

}  // namespace

absl::StatusOr<std::vector<PositionChange>> DiffPositions(
    const Positions& positions, const PositionQuery& before,
    const PositionQuery& after) {
  ONRECORD_ASSIGN_OR_RETURN(auto was, Held(positions, before));
  ONRECORD_ASSIGN_OR_RETURN(auto is, Held(positions, after));
  std::map<std::pair<std::string, std::string>, PositionChange> changes;
  for (auto& [who, position] : was) {
    changes[who].before = std::move(position);
  }
  for (auto& [who, position] : is) changes[who].after = std::move(position);
  std::vector<PositionChange> different;
  for (auto& [who, change] : changes) {
    if (change.before.has_value() && change.after.has_value() &&
        SaysTheSame(*change.before, *change.after)) {
      continue;
    }
    different.push_back(std::move(change));
  }
  return different;
}

}  // namespace onrecord
