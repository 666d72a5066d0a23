// Why a position is what it is: the least set of statements that make it.

#ifndef ONRECORD_ENGINE_PROJECTIONS_WHY_H_
#define ONRECORD_ENGINE_PROJECTIONS_WHY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/projections/positions.h"
#include "engine/projections/statements.h"
#include "proto/projection.pb.h"

namespace onrecord {

// Whether an answer brings inclusion proofs of its events along.
enum class Proofs { kNone, kOfEvents };

// A statement that a position rests on, as it was known.
struct Ground {
  Evidence evidence;

  // Its text, spans and article, and who corrected it last.
  StatementRecord statement;

  // Log positions of the events that record it: the first, and the last
  // correction if there is one. What an inclusion proof is for.
  std::vector<uint64_t> log_positions;
};

struct Explanation {
  Position position;

  // These alone, taken in order, give the position's side, its condition and
  // its softening, from the same day: the statement that began the stretch,
  // and before it, where that one only softens, the firm one that it softens.
  std::vector<Ground> needed;

  // The rest of its evidence.
  std::vector<Ground> further;
};

// Explains the position of `query.actor_id` on `query.topic_id` (both must be
// given) on `query.as_of`, as known at `query.known_at`.
//
// Returns INVALID_ARGUMENT if one is not given, NOT_FOUND if there was no such
// position, and DATA_LOSS if what is stored does not decode.
absl::StatusOr<Explanation> Explain(const Positions& positions,
                                    const Statements& statements,
                                    const PositionQuery& query);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_WHY_H_
