#include "engine/projections/standing.h"

namespace onrecord {
namespace {

constexpr double kNeutral = 0.05;

void Begin(DayNumber day, double stance, bool conditional, Standing* standing) {
  *standing = Standing();
  standing->held = true;
  standing->conditional = conditional;
  standing->from = day;
  standing->since = day;
  standing->stance = stance;
}

Effect TakeFirm(DayNumber day, double stance, Standing* standing) {
  if (SignOf(stance) != SignOf(standing->stance)) {
    Begin(day, stance, false, standing);
    return Effect::kTurned;
  }
  if (standing->conditional) {
    Begin(day, stance, false, standing);
    return Effect::kHardened;
  }
  if (standing->softened && day > standing->from) {
    standing->softened = false;
    standing->concession = 0;
    standing->from = day;
    return Effect::kRestated;
  }
  return Effect::kJoined;
}

Effect TakeConditional(DayNumber day, double stance, Standing* standing) {
  if (SignOf(stance) == SignOf(standing->stance)) return Effect::kJoined;
  if (standing->conditional) {
    Begin(day, stance, true, standing);
    return Effect::kReconsidered;
  }
  if (day <= standing->since) return Effect::kNone;
  if (standing->softened && SignOf(standing->concession) == SignOf(stance)) {
    return Effect::kJoined;
  }
  standing->softened = true;
  standing->concession = stance;
  standing->from = day;
  return Effect::kSoftened;
}

}  // namespace

int SignOf(double stance) { return (stance > kNeutral) - (stance < -kNeutral); }

bool operator==(const Standing& a, const Standing& b) {
  return a.held == b.held && a.conditional == b.conditional &&
         a.softened == b.softened && a.from == b.from && a.since == b.since &&
         a.stance == b.stance && a.concession == b.concession;
}

Effect TakeStance(DayNumber day, double stance, bool conditional,
                  Standing* standing) {
  if (!standing->held) {
    Begin(day, stance, conditional, standing);
    return Effect::kStarted;
  }
  return conditional ? TakeConditional(day, stance, standing)
                     : TakeFirm(day, stance, standing);
}

}  // namespace onrecord
