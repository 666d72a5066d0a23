#include "engine/ingest/html/page_date.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace onrecord {
namespace {

constexpr size_t kMaxWords = 6;
constexpr size_t kMonthPrefix = 3;

// The day of these numbers, if there is one and it is of the age of the press.
std::optional<absl::CivilDay> DayOf(int year, int month, int day) {
  if (year < 1600 || year > 2999) return std::nullopt;
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

// The number that `text` begins with, if it has exactly `digits` digits.
std::optional<int> NumberAt(absl::string_view text, size_t at, size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  const absl::string_view number = text.substr(at, digits);
  if (!std::all_of(number.begin(), number.end(), absl::ascii_isdigit)) {
    return std::nullopt;
  }
  if (text.size() > at + digits && absl::ascii_isdigit(text[at + digits])) {
    return std::nullopt;
  }
  int value = 0;
  if (!absl::SimpleAtoi(number, &value)) return std::nullopt;
  return value;
}

std::optional<absl::CivilDay> ParseIso(absl::string_view text) {
  if (const std::optional<int> whole = NumberAt(text, 0, 8)) {
    return DayOf(*whole / 10000, *whole / 100 % 100, *whole % 100);
  }
  if (text.size() < 10 || text[4] != text[7] ||
      !absl::StrContains("-/.", text.substr(4, 1))) {
    return std::nullopt;
  }
  const std::optional<int> year = NumberAt(text, 0, 4);
  const std::optional<int> month = NumberAt(text, 5, 2);
  const std::optional<int> day = NumberAt(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return DayOf(*year, *month, *day);
}

int MonthOf(absl::string_view word) {
  constexpr absl::string_view kMonths[] = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string lower = absl::AsciiStrToLower(word);
  if (lower == "sept") return 9;
  if (lower.size() < kMonthPrefix) return 0;
  for (int i = 0; i < 12; ++i) {
    if (lower == kMonths[i] || lower == kMonths[i].substr(0, kMonthPrefix)) {
      return i + 1;
    }
  }
  return 0;
}

// A day of the month: "26", "26th".
int DayOfMonth(absl::string_view word) {
  for (const absl::string_view ending : {"st", "nd", "rd", "th"}) {
    if (absl::EndsWithIgnoreCase(word, ending)) word.remove_suffix(2);
  }
  int day = 0;
  return word.size() <= 2 && absl::SimpleAtoi(word, &day) ? day : 0;
}

// A month in words, a day beside it, and then a year.
std::optional<absl::CivilDay> ParseWords(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, absl::ByAnyChar(" ,.-\t\r\n"), absl::SkipEmpty());
  for (size_t i = 0; i + 1 < std::min(words.size(), kMaxWords); ++i) {
    const int month = MonthOf(words[i]);
    if (month == 0) continue;
    const bool day_first = i > 0 && DayOfMonth(words[i - 1]) > 0;
    const int day = DayOfMonth(words[day_first ? i - 1 : i + 1]);
    const size_t year_at = day_first ? i + 1 : i + 2;
    if (day == 0 || year_at >= words.size()) continue;
    const std::optional<int> year = NumberAt(words[year_at], 0, 4);
    if (year) return DayOf(*year, month, day);
  }
  return std::nullopt;
}

}  // namespace

std::optional<absl::CivilDay> ParsePageDate(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (const auto day = ParseIso(text)) return day;
  return ParseWords(text);
}

}  // namespace onrecord
