// Days, months, years and intervals, as EDTF (ISO 8601-2) writes them.

#ifndef ONRECORD_ENGINE_EDTF_H_
#define ONRECORD_ENGINE_EDTF_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace onrecord {

// A stretch of whole days: `2025-04-16`, `2025-04`, `2025`, or an interval of
// two of these, `2025-04-14/2025-04-20`. Years have four digits, from 0001;
// nothing else of EDTF (open ends, "~", "?", seasons) is taken.
//
// A value type, thread-compatible. The calendar is the Gregorian one, without
// time zones.
class EdtfTime {
 public:
  // Reads `text`.
  //
  // Returns INVALID_ARGUMENT if `text` is none of the forms above, a month or
  // day does not exist, or an interval ends before it begins.
  static absl::StatusOr<EdtfTime> Parse(absl::string_view text);

  static EdtfTime OfDay(absl::CivilDay day);
  static EdtfTime OfMonth(absl::CivilMonth month);
  static EdtfTime OfYear(absl::CivilYear year);

  // From the first day of `from` to the last of `to`. Only that day, month or
  // year if both are the same one.
  //
  // REQUIRES: `from` does not begin after `to` ends.
  static EdtfTime Between(const EdtfTime& from, const EdtfTime& to);
  static EdtfTime Between(absl::CivilDay from, absl::CivilDay to);

  // The first and the last day, both inclusive.
  absl::CivilDay first_day() const { return first_; }
  absl::CivilDay last_day() const { return last_; }

  bool is_day() const { return first_ == last_; }

  // Whether one day at least is in both.
  bool Overlaps(const EdtfTime& other) const {
    return first_ <= other.last_ && other.first_ <= last_;
  }

  // As EDTF. Parse(x)->ToString() is x.
  const std::string& ToString() const { return text_; }

  // In order of the first day, then the last, then the text: a total order.
  friend bool operator<(const EdtfTime& a, const EdtfTime& b);
  friend bool operator==(const EdtfTime& a, const EdtfTime& b) {
    return a.text_ == b.text_;
  }
  friend bool operator!=(const EdtfTime& a, const EdtfTime& b) {
    return !(a == b);
  }

 private:
  EdtfTime(absl::CivilDay first, absl::CivilDay last, std::string text);

  absl::CivilDay first_;
  absl::CivilDay last_;
  std::string text_;
};

// Reads a day as people and feeds give it: `2025-04-26`, or RFC 3339,
// `2025-04-26T23:30:00-05:00`. The day is the one written, at the place of the
// offset: it is what "Wednesday" in the text counts from.
//
// Returns INVALID_ARGUMENT if `text` is neither, or the date or time does not
// exist.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EDTF_H_
