#include "engine/edtf.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/base/macros.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kMaxTextInErrors = 40;

absl::Status Invalid(absl::string_view text, absl::string_view why) {
  const bool is_long = text.size() > kMaxTextInErrors;
  return absl::InvalidArgumentError(
      absl::StrCat("`", text.substr(0, kMaxTextInErrors), is_long ? "…" : "",
                   "` is no date: ", why));
}

// Reads exactly `width` digits at the front of `rest` and removes them. -1 if
// there are fewer.
int TakeNumber(absl::string_view* rest, size_t width) {
  if (rest->size() < width) return -1;
  int number = 0;
  for (size_t i = 0; i < width; ++i) {
    if (!absl::ascii_isdigit((*rest)[i])) return -1;
    number = number * 10 + ((*rest)[i] - '0');
  }
  rest->remove_prefix(width);
  return number;
}

bool TakeChar(absl::string_view* rest, char c) {
  if (rest->empty() || rest->front() != c) return false;
  rest->remove_prefix(1);
  return true;
}

// Reads a day, month or year that fills `text`; `whole` is for the error.
absl::StatusOr<EdtfTime> ParsePart(absl::string_view text,
                                   absl::string_view whole) {
  constexpr absl::string_view kForm =
      "want YYYY-MM-DD, YYYY-MM, YYYY, or two of these with a slash between";
  absl::string_view rest = text;
  const int year = TakeNumber(&rest, 4);
  if (year < 0) return Invalid(whole, kForm);
  if (year == 0) return Invalid(whole, "there is no year 0000");
  if (rest.empty()) return EdtfTime::OfYear(absl::CivilYear(year));
  const int month = TakeChar(&rest, '-') ? TakeNumber(&rest, 2) : -1;
  if (month < 0) return Invalid(whole, kForm);
  if (month < 1 || month > 12) {
    return Invalid(whole, absl::StrCat("there is no month ", month));
  }
  if (rest.empty()) return EdtfTime::OfMonth(absl::CivilMonth(year, month));
  const int day = TakeChar(&rest, '-') ? TakeNumber(&rest, 2) : -1;
  if (day < 0 || !rest.empty()) return Invalid(whole, kForm);
  const absl::CivilDay civil(year, month, day);
  if (day < 1 || civil.month() != month) {
    return Invalid(whole, absl::StrCat("that month has no day ", day));
  }
  return EdtfTime::OfDay(civil);
}

// Whether `text` is what follows the day in RFC 3339: "T10:15:00.25Z".
bool IsTimeOfDay(absl::string_view text) {
  if (!TakeChar(&text, 'T') && !TakeChar(&text, 't') && !TakeChar(&text, ' ')) {
    return false;
  }
  const int hour = TakeNumber(&text, 2);
  const int minute = TakeChar(&text, ':') ? TakeNumber(&text, 2) : -1;
  const int second = TakeChar(&text, ':') ? TakeNumber(&text, 2) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 60) {
    return false;
  }
  if (TakeChar(&text, '.')) {
    if (TakeNumber(&text, 1) < 0) return false;
    while (TakeNumber(&text, 1) >= 0) {
    }
  }
  if (text == "Z" || text == "z") return true;
  if (!TakeChar(&text, '+') && !TakeChar(&text, '-')) return false;
  const int offset_hour = TakeNumber(&text, 2);
  const int offset_minute = TakeChar(&text, ':') ? TakeNumber(&text, 2) : -1;
  return offset_hour >= 0 && offset_hour <= 23 && offset_minute >= 0 &&
         offset_minute <= 59 && text.empty();
}

}  // namespace

EdtfTime::EdtfTime(absl::CivilDay first, absl::CivilDay last, std::string text)
    : first_(first), last_(last), text_(std::move(text)) {}

absl::StatusOr<EdtfTime> EdtfTime::Parse(absl::string_view text) {
  const size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return ParsePart(text, text);
  ONRECORD_ASSIGN_OR_RETURN(const EdtfTime from,
                            ParsePart(text.substr(0, slash), text));
  ONRECORD_ASSIGN_OR_RETURN(const EdtfTime to,
                            ParsePart(text.substr(slash + 1), text));
  if (to.first_ < from.first_ || to.last_ < from.last_) {
    return Invalid(text, "the interval ends before it begins");
  }
  return EdtfTime(from.first_, to.last_, std::string(text));
}

EdtfTime EdtfTime::OfDay(absl::CivilDay day) {
  return EdtfTime(
      day, day,
      absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day()));
}

EdtfTime EdtfTime::OfMonth(absl::CivilMonth month) {
  return EdtfTime(absl::CivilDay(month), absl::CivilDay(month + 1) - 1,
                  absl::StrFormat("%04d-%02d", month.year(), month.month()));
}

EdtfTime EdtfTime::OfYear(absl::CivilYear year) {
  return EdtfTime(absl::CivilDay(year), absl::CivilDay(year + 1) - 1,
                  absl::StrFormat("%04d", year.year()));
}

EdtfTime EdtfTime::Between(const EdtfTime& from, const EdtfTime& to) {
  ABSL_HARDENING_ASSERT(from.first_ <= to.last_);
  if (from == to) return from;
  return Between(from.first_, to.last_);
}

EdtfTime EdtfTime::Between(absl::CivilDay from, absl::CivilDay to) {
  ABSL_HARDENING_ASSERT(from <= to);
  if (from == to) return OfDay(from);
  return EdtfTime(from, to,
                  absl::StrCat(OfDay(from).text_, "/", OfDay(to).text_));
}

bool operator<(const EdtfTime& a, const EdtfTime& b) {
  return std::tie(a.first_, a.last_, a.text_) <
         std::tie(b.first_, b.last_, b.text_);
}

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text) {
  constexpr size_t kDayLength = 10;
  const absl::string_view date = text.substr(0, kDayLength);
  const absl::string_view time = text.substr(date.size());
  absl::StatusOr<EdtfTime> parsed = ParsePart(date, text);
  if (date.size() < kDayLength || (parsed.ok() && !parsed->is_day())) {
    return Invalid(text, "want YYYY-MM-DD, or RFC 3339");
  }
  ONRECORD_RETURN_IF_ERROR(parsed.status());
  if (!time.empty() && !IsTimeOfDay(time)) {
    return Invalid(text, "what follows the day is no time of RFC 3339");
  }
  return parsed->first_day();
}

}  // namespace onrecord
