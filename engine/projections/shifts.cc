#include "engine/projections/shifts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/algorithm/container.h"
#include "engine/projections/standing.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// What the actor leans to: under a condition, what it would concede.
double LeaningOf(const Position& position) {
  return position.softened.value_or(position.stance);
}

// Whether going from `before` to `after` is a change of position.
bool IsShift(const Position& before, const Position& after) {
  if (SignOf(before.stance) != SignOf(after.stance)) {
    // Two conditions need not conflict.
    return !(before.conditional && after.conditional);
  }
  return before.softened.has_value() || after.softened.has_value();
}

ShiftKind KindOf(const Position& before, const Position& after) {
  if (after.softened.has_value()) return ShiftKind::kSoftening;
  const int from = SignOf(before.stance);
  const int to = SignOf(after.stance);
  if (from == to) return ShiftKind::kHardening;
  if (to == 0) return ShiftKind::kSoftening;
  return from == 0 ? ShiftKind::kHardening : ShiftKind::kReversal;
}

// Whether `there` is only what others report of the actor, and `back` is where
// it stood before.
bool IsContradictedHearsay(const Position& before, const Position& there,
                           const Position& back) {
  return absl::c_all_of(there.evidence,
                        [](const Evidence& e) { return e.second_hand; }) &&
         !back.conditional && !back.softened.has_value() &&
         SignOf(back.stance) == SignOf(before.stance) &&
         SignOf(LeaningOf(there)) != SignOf(before.stance);
}

// `positions` without contradicted hearsay, the stretches before and after it
// made one.
std::vector<Position> WithoutHearsay(absl::Span<const Position> positions) {
  std::vector<Position> kept;
  for (size_t i = 0; i < positions.size(); ++i) {
    if (!kept.empty() && i + 1 < positions.size() &&
        IsContradictedHearsay(kept.back(), positions[i], positions[i + 1])) {
      const Position& back = positions[++i];
      kept.back().to = back.to;
      kept.back().evidence.insert(kept.back().evidence.end(),
                                  back.evidence.begin(), back.evidence.end());
      continue;
    }
    kept.push_back(positions[i]);
  }
  return kept;
}

DayRange DayOf(const Position& after) {
  DayRange day = after.evidence.front().said;
  for (const Evidence& evidence : after.evidence) {
    const DayRange& said = evidence.said;
    if (day.first == kUndated || day.first == day.last) break;
    const bool within = said.first >= day.first && said.last <= day.last;
    const bool shorter = said.last - said.first < day.last - day.first;
    if (within && shorter) day = said;
  }
  return day;
}

}  // namespace

std::vector<Shift> ShiftsOf(absl::Span<const Position> positions) {
  const std::vector<Position> kept = WithoutHearsay(positions);
  std::vector<Shift> shifts;
  for (size_t i = 1; i < kept.size(); ++i) {
    const Position& before = kept[i - 1];
    const Position& after = kept[i];
    if (!IsShift(before, after)) continue;
    Shift shift;
    shift.kind = KindOf(before, after);
    shift.before = before;
    shift.after = after;
    shift.day = DayOf(after);
    shift.other_speaker =
        before.evidence.back().speaker_id != after.evidence.front().speaker_id;
    shifts.push_back(std::move(shift));
  }
  return shifts;
}

absl::Status ForEachShift(const Positions& positions,
                          const PositionQuery& query,
                          absl::FunctionRef<absl::Status(const Shift&)> visit) {
  std::vector<Position> of_one;
  const auto finish = [&]() -> absl::Status {
    for (const Shift& shift : ShiftsOf(of_one)) {
      ONRECORD_RETURN_IF_ERROR(visit(shift));
    }
    of_one.clear();
    return absl::OkStatus();
  };
  const auto take = [&](const Position& position) -> absl::Status {
    if (!of_one.empty() && (of_one.back().actor_id != position.actor_id ||
                            of_one.back().topic_id != position.topic_id)) {
      ONRECORD_RETURN_IF_ERROR(finish());
    }
    of_one.push_back(position);
    return absl::OkStatus();
  };
  ONRECORD_RETURN_IF_ERROR(positions.ForEach(query, take));
  return finish();
}

}  // namespace onrecord
