#include "engine/projections/day.h"

#include <cstddef>

#include "engine/edtf.h"

namespace onrecord {
namespace {

// The number that `digits` digits of `text` from `begin` on make; -1 if they
// are none.
int Digits(absl::string_view text, size_t begin, size_t digits) {
  int number = 0;
  for (size_t i = begin; i < begin + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = 10 * number + (text[i] - '0');
  }
  return number;
}

// Reads a plain day, as nearly all are; kUndated if it is none.
DayNumber ParsePlainDay(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return kUndated;
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  if (year <= 0 || month <= 0 || day <= 0) return kUndated;
  const absl::CivilDay civil(year, month, day);
  // A day that does not exist becomes another.
  if (civil.month() != month || civil.day() != day) return kUndated;
  return ToDayNumber(civil);
}

}  // namespace

DayNumber ToDayNumber(absl::CivilDay day) {
  return static_cast<DayNumber>(day - absl::CivilDay(1970, 1, 1));
}

absl::CivilDay ToCivilDay(DayNumber day) {
  return absl::CivilDay(1970, 1, 1) + day;
}

DayRange ParseDayRange(absl::string_view edtf) {
  if (edtf.empty()) return {};
  const DayNumber day = ParsePlainDay(edtf);
  if (day != kUndated) return {day, day};
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
