#include "engine/projections/why.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/standing.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::StatusOr<Ground> MakeGround(const Evidence& evidence,
                                  const Statements& statements,
                                  uint64_t known_at) {
  Ground ground;
  ground.evidence = evidence;
  ONRECORD_ASSIGN_OR_RETURN(ground.statement,
                            statements.Find(evidence.statement_id, known_at));
  ground.log_positions.push_back(ground.statement.recorded_at());
  if (ground.statement.known_from() != ground.statement.recorded_at()) {
    ground.log_positions.push_back(ground.statement.known_from());
  }
  return ground;
}

// The last firm statement of the side that `stretches` end with: what the last
// of them only softens.
const Evidence* SoftenedStatement(const std::vector<Position>& stretches) {
  const int side = SignOf(stretches.back().stance);
  for (auto stretch = stretches.rbegin(); stretch != stretches.rend();
       ++stretch) {
    for (auto one = stretch->evidence.rbegin(); one != stretch->evidence.rend();
         ++one) {
      // One of the softening day or later would come behind it.
      if (!one->conditional && !one->duplicate && SignOf(one->stance) == side &&
          one->said.first < stretches.back().from) {
        return &*one;
      }
    }
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const Positions& positions,
                                    const Statements& statements,
                                    const PositionQuery& query) {
  if (query.actor_id.empty() || query.topic_id.empty()) {
    return absl::InvalidArgumentError(
        "`actor_id` and `topic_id` must both be given");
  }
  std::vector<Position> stretches;
  ONRECORD_RETURN_IF_ERROR(
      positions.ForEach(query, [&](const Position& position) {
        stretches.push_back(position);
        return absl::OkStatus();
      }));
  if (stretches.empty()) {
    return absl::NotFoundError(absl::StrCat("no position of \"", query.actor_id,
                                            "\" on \"", query.topic_id, "\""));
  }
  Explanation explanation;
  explanation.position = stretches.back();
  if (explanation.position.softened.has_value()) {
    const Evidence* const softened = SoftenedStatement(stretches);
    if (softened == nullptr) {
      return absl::InternalError("a softening without what it softens");
    }
    ONRECORD_ASSIGN_OR_RETURN(
        explanation.needed.emplace_back(),
        MakeGround(*softened, statements, query.known_at));
  }
  bool first = true;
  for (const Evidence& evidence : explanation.position.evidence) {
    ONRECORD_ASSIGN_OR_RETURN(Ground ground,
                              MakeGround(evidence, statements, query.known_at));
    (first ? explanation.needed : explanation.further)
        .push_back(std::move(ground));
    first = false;
  }
  return explanation;
}

}  // namespace onrecord
