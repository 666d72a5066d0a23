// Days as numbers, as projections keep and compare them.

#ifndef ONRECORD_ENGINE_PROJECTIONS_DAY_H_
#define ONRECORD_ENGINE_PROJECTIONS_DAY_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace onrecord {

// Days since 1970-01-01.
using DayNumber = int32_t;

// Before every day: when it was said is not known.
inline constexpr DayNumber kUndated = std::numeric_limits<DayNumber>::min();

// After every day: no bound.
inline constexpr DayNumber kEver = std::numeric_limits<DayNumber>::max();

DayNumber ToDayNumber(absl::CivilDay day);

// REQUIRES: `day` is neither kUndated nor kEver.
absl::CivilDay ToCivilDay(DayNumber day);

// The first and the last day of a stretch, both inclusive. Both kUndated if
// there is none.
struct DayRange {
  DayNumber first = kUndated;
  DayNumber last = kUndated;
};

// Reads EDTF. What is empty or malformed is undated: stored events are not
// refused any more.
DayRange ParseDayRange(absl::string_view edtf);

// `2025-04-16`; empty if undated.
std::string FormatDay(DayNumber day);

// The shortest EDTF for the stretch; empty if undated.
std::string FormatDayRange(const DayRange& range);

// Whether what held from `from` to `to` (EDTF, inclusive, empty: no bound) held
// on `day`. On an unknown day it did if it has not ended.
bool HeldOn(absl::string_view from, absl::string_view to, DayNumber day);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_DAY_H_
