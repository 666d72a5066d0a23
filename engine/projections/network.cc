#include "engine/projections/network.h"

#include <map>
#include <utility>

#include "engine/projections/day.h"
#include "engine/projections/standing.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::StatusOr<std::vector<NetworkEdge>> NetworkOf(
    const Positions& positions, const PositionQuery& query,
    std::optional<absl::CivilDay> since) {
  const DayNumber first = since.has_value() ? ToDayNumber(*since) : kUndated;
  // The side of each actor on each topic.
  std::map<std::string, std::map<std::string, int>> sides;
  ONRECORD_RETURN_IF_ERROR(
      positions.ForEach(query, [&](const Position& position) {
        if (!position.to.has_value() || *position.to > first) {
          sides[position.topic_id][position.actor_id] = SignOf(position.stance);
        }
        return absl::OkStatus();
      }));
  std::map<std::pair<std::string, std::string>, NetworkEdge> edges;
  for (const auto& [topic, of_topic] : sides) {
    for (auto a = of_topic.begin(); a != of_topic.end(); ++a) {
      if (a->second == 0) continue;
      for (auto b = std::next(a); b != of_topic.end(); ++b) {
        if (b->second == 0) continue;
        NetworkEdge& edge = edges[{a->first, b->first}];
        (a->second == b->second ? edge.congruent : edge.conflicting)
            .push_back(topic);
      }
    }
  }
  std::vector<NetworkEdge> found;
  for (auto& [actors, edge] : edges) {
    edge.actor_a = actors.first;
    edge.actor_b = actors.second;
    found.push_back(std::move(edge));
  }
  return found;
}

}  // namespace onrecord
