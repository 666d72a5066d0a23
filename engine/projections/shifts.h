// Changes of position: who moved, from what to what, when, on which words.

#ifndef ONRECORD_ENGINE_PROJECTIONS_SHIFTS_H_
#define ONRECORD_ENGINE_PROJECTIONS_SHIFTS_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "engine/projections/day.h"
#include "engine/projections/positions.h"

namespace onrecord {

enum class ShiftKind {
  // From a side, or from neutral, to another side, firmly.
  kReversal,
  // To neutral; or a condition named under which the other side would be
  // taken.
  kSoftening,
  // From neutral to a side; or such a condition taken back.
  kHardening,
};

struct Shift {
  ShiftKind kind = ShiftKind::kReversal;

  // The stretches that it parts, with their evidence. `after` begins with what
  // shows the shift.
  Position before;
  Position after;

  // When it came: when the first statement of `after` was made. If that says
  // only "in April", the earliest of the others that says it more exactly.
  DayRange day;

  // In a roll-up: the last to speak before and the first to speak after are not
  // the same. A new holder of an office is not a shift of a person.
  bool other_speaker = false;
};

// The changes among the positions of one actor on one topic, in their order:
// those of the stance, and softenings. That a condition is dropped, or one
// condition named in place of another, is none. Nor is what only others report
// of the actor, if the next it is known to have said is what it said before.
std::vector<Shift> ShiftsOf(absl::Span<const Position> positions);

// Calls `visit` for the shifts of every actor and topic of the query, in order
// of actor, topic and time. Stops at the first status that is not OK, and
// returns it. Returns DATA_LOSS if what is stored does not decode.
absl::Status ForEachShift(const Positions& positions,
                          const PositionQuery& query,
                          absl::FunctionRef<absl::Status(const Shift&)> visit);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_SHIFTS_H_
