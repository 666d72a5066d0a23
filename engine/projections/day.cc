#include "engine/projections/day.h"

#include "engine/edtf.h"

namespace onrecord {

DayNumber ToDayNumber(absl::CivilDay day) {
  return static_cast<DayNumber>(day - absl::CivilDay(1970, 1, 1));
}

absl::CivilDay ToCivilDay(DayNumber day) {
  return absl::CivilDay(1970, 1, 1) + day;
}

DayRange ParseDayRange(absl::string_view edtf) {
  if (edtf.empty()) return {};
  const absl::StatusOr<EdtfTime> time = EdtfTime::Parse(edtf);
  if (!time.ok()) return {};
  return {ToDayNumber(time->first_day()), ToDayNumber(time->last_day())};
}

std::string FormatDay(DayNumber day) {
  if (day == kUndated) return "";
  return EdtfTime::OfDay(ToCivilDay(day)).ToString();
}

std::string FormatDayRange(const DayRange& range) {
  if (range.first == kUndated) return "";
  const absl::CivilDay first = ToCivilDay(range.first);
  const absl::CivilDay last = ToCivilDay(range.last);
  const absl::CivilMonth month(first);
  if (first == absl::CivilDay(month) && last == absl::CivilDay(month + 1) - 1) {
    return EdtfTime::OfMonth(month).ToString();
  }
  const absl::CivilYear year(first);
  if (first == absl::CivilDay(year) && last == absl::CivilDay(year + 1) - 1) {
    return EdtfTime::OfYear(year).ToString();
  }
  return EdtfTime::Between(first, last).ToString();
}

bool HeldOn(absl::string_view from, absl::string_view to, DayNumber day) {
  if (day == kUndated) return to.empty();
  const DayRange begin = ParseDayRange(from);
  const DayRange end = ParseDayRange(to);
  return (begin.first == kUndated || begin.first <= day) &&
         (end.last == kUndated || day <= end.last);
}

}  // namespace onrecord
