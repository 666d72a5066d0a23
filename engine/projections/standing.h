// The rules of positions: what one more statement does to where somebody
// stands.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STANDING_H_
#define ONRECORD_ENGINE_PROJECTIONS_STANDING_H_

#include "engine/projections/day.h"

namespace onrecord {

// -1 (against), 0 (neutral) or +1 (for). A stance closer to 0 than a twentieth
// is neutral.
int SignOf(double stance);

// Where an actor stands on a topic after some statements. A value type.
struct Standing {
  // Whether there is a position at all. The rest counts only if so.
  bool held = false;

  // Rests on conditional statements only.
  bool conditional = false;

  // Softened by a conditional statement of another sign, `concession`.
  bool softened = false;

  // First day of the present stretch: of the stance, of its condition being
  // dropped, of its softening, or of that being lifted.
  DayNumber from = kUndated;

  // First day of the stance.
  DayNumber since = kUndated;

  double stance = 0;
  double concession = 0;

  friend bool operator==(const Standing& a, const Standing& b);
  friend bool operator!=(const Standing& a, const Standing& b) {
    return !(a == b);
  }
};

// What a statement did. All from kStarted on begin a new stretch.
enum class Effect {
  // Nothing: a condition named on the very day on which a firm stance began is
  // part of it.
  kNone,
  // Further evidence for the present stretch.
  kJoined,
  kStarted,
  // A firm statement of another sign.
  kTurned,
  // A conditional statement of another sign where nothing firm was held: what
  // holds under one condition and what holds under another need not conflict.
  kReconsidered,
  // A conditional statement of another sign beside a firm stance, which stays.
  kSoftened,
  // A firm statement of the same sign: the condition is dropped, or on a later
  // day the softening lifted.
  kHardened,
  kRestated,
};

// Takes in a statement of a stance, said from `day` on. Statements must come in
// order of the time of saying, then of the log.
Effect TakeStance(DayNumber day, double stance, bool conditional,
                  Standing* standing);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STANDING_H_
