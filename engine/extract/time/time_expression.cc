#include "engine/extract/time/time_expression.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace onrecord {
namespace extract {
namespace {

struct NumberedWord {
  absl::string_view word;
  int number;
};

// 0 is Monday, as in absl::Weekday.
constexpr NumberedWord kWeekdays[] = {
    {"monday", 0}, {"mon", 0},       {"tuesday", 1}, {"tue", 1},
    {"tues", 1},   {"wednesday", 2}, {"wed", 2},     {"thursday", 3},
    {"thu", 3},    {"thur", 3},      {"thurs", 3},   {"friday", 4},
    {"fri", 4},    {"saturday", 5},  {"sunday", 6},
};

constexpr NumberedWord kMonths[] = {
    {"january", 1},   {"jan", 1},    {"february", 2},  {"feb", 2},
    {"march", 3},     {"mar", 3},    {"april", 4},     {"apr", 4},
    {"may", 5},       {"june", 6},   {"jun", 6},       {"july", 7},
    {"jul", 7},       {"august", 8}, {"aug", 8},       {"september", 9},
    {"sept", 9},      {"sep", 9},    {"october", 10},  {"oct", 10},
    {"november", 11}, {"nov", 11},   {"december", 12}, {"dec", 12},
};

// The first month of the season.
constexpr NumberedWord kSeasons[] = {
    {"spring", 3}, {"summer", 6}, {"autumn", 9}, {"fall", 9}, {"winter", 12},
};

constexpr NumberedWord kCounts[] = {
    {"a", 1},    {"an", 1},   {"one", 1},     {"two", 2},     {"three", 3},
    {"four", 4}, {"five", 5}, {"six", 6},     {"seven", 7},   {"eight", 8},
    {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12},
};

constexpr absl::string_view kPartsOfDay[] = {"morning", "afternoon", "evening",
                                             "night", "lunchtime"};

// Prepositions that belong to an expression of time.
constexpr absl::string_view kPrepositions[] = {"on",     "in",   "at",
                                               "during", "over", "of"};

// What follows these lies ahead, or is a length of time.
constexpr absl::string_view kForbidding[] = {
    "by",   "before", "after", "from",   "for",       "to",      "than",
    "next", "every",  "each",  "coming", "following", "through", "towards"};

constexpr absl::string_view kModifiers[] = {"early", "late", "earlier", "later",
                                            "mid",   "only", "just",    "back"};

constexpr absl::string_view kVagueWords[] = {"once", "previously", "formerly",
                                             "earlier", "originally"};

template <size_t n>
int Find(const NumberedWord (&table)[n], absl::string_view word) {
  for (const NumberedWord& row : table) {
    if (row.word == word) return row.number;
  }
  return -1;
}

template <size_t n>
bool Has(const absl::string_view (&table)[n], absl::string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

EdtfTime WeekOf(absl::CivilDay day) {
  const absl::CivilDay monday =
      absl::PrevWeekday(day + 1, absl::Weekday::monday);
  return EdtfTime::Between(monday, monday + 6);
}

// What a pattern found: the tokens it took and the time, if it can be told.
struct Match {
  uint32_t length = 0;  // 0: no match
  std::optional<EdtfTime> time;
  bool vague = false;
};

// Reads expressions of time at one place of a document after another.
class Reader {
 public:
  Reader(const Document& document, std::optional<absl::CivilDay> published)
      : document_(document), published_(published) {
    words_.reserve(document.tokens().size());
    for (const Token& token : document.tokens()) {
      std::string word = absl::AsciiStrToLower(document.TextOf(token));
      if (word.size() > 1) word = std::string(absl::StripSuffix(word, "."));
      words_.push_back(std::move(word));
    }
  }

  std::vector<TimeExpression> ReadAll() const;

 private:
  // The word at `i`, lower case, without a final stop; empty beyond the end.
  absl::string_view Word(uint32_t i) const {
    return i < words_.size() ? absl::string_view(words_[i])
                             : absl::string_view();
  }
  absl::string_view Text(uint32_t i) const {
    return i < words_.size() ? document_.TextOf(document_.tokens()[i])
                             : absl::string_view();
  }
  bool IsCapitalised(uint32_t i) const {
    return !Text(i).empty() && absl::ascii_isupper(Text(i)[0]);
  }

  // Each tries one kind of expression whose first word is at `i`.
  Match ReadCore(uint32_t i) const;
  Match ReadDate(uint32_t i) const;
  Match ReadOrdinalDay(uint32_t i) const;
  Match ReadWeekday(uint32_t i) const;
  Match ReadMonth(uint32_t i) const;
  Match ReadRelativeDay(uint32_t i) const;
  Match ReadRelativeSpan(uint32_t i) const;
  Match ReadWeekend(uint32_t i) const;
  Match ReadSeason(uint32_t i) const;
  Match ReadAgo(uint32_t i) const;
  Match ReadYear(uint32_t i) const;
  Match ReadVague(uint32_t i) const;

  int Year(uint32_t i) const;
  int DayNumber(uint32_t i) const;
  int Ordinal(uint32_t i) const;
  int Month(uint32_t i) const;

  std::optional<EdtfTime> Day(int year, int month, int day) const;
  std::optional<EdtfTime> MonthOf(int year, int month) const;
  std::optional<EdtfTime> Relative(absl::string_view unit, int back) const;

  const Document& document_;
  const std::optional<absl::CivilDay> published_;
  std::vector<std::string> words_;
};

int Reader::Year(uint32_t i) const {
  int year = 0;
  const absl::string_view word = Word(i);
  return word.size() == 4 && absl::SimpleAtoi(word, &year) && year >= 1900 &&
                 year < 2100
             ? year
             : -1;
}

int Reader::DayNumber(uint32_t i) const {
  int day = 0;
  const absl::string_view word = Word(i);
  if (word.empty() || word.size() > 2 || !absl::SimpleAtoi(word, &day)) {
    return Ordinal(i);
  }
  return day >= 1 && day <= 31 ? day : -1;
}

int Reader::Ordinal(uint32_t i) const {
  const absl::string_view word = Word(i);
  if (word.size() < 3 || word.size() > 4) return -1;
  const absl::string_view suffix = word.substr(word.size() - 2);
  if (suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th") {
    return -1;
  }
  int day = 0;
  if (!absl::SimpleAtoi(word.substr(0, word.size() - 2), &day)) return -1;
  return day >= 1 && day <= 31 ? day : -1;
}

int Reader::Month(uint32_t i) const {
  absl::string_view word = Word(i);
  if (absl::ConsumePrefix(&word, "mid-")) return Find(kMonths, word);
  return IsCapitalised(i) ? Find(kMonths, word) : -1;
}

// The day; without a year (-1) the latest up to publication.
std::optional<EdtfTime> Reader::Day(int year, int month, int day) const {
  if (year < 0) {
    if (!published_) return std::nullopt;
    year = static_cast<int>(published_->year());
    // Leap days exist every fourth year, so look back far enough for one.
    for (int back = 0; back <= 8; ++back) {
      const absl::CivilDay civil(year - back, month, day);
      if (civil.day() == day && civil <= *published_) {
        return EdtfTime::OfDay(civil);
      }
    }
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.day() != day) return std::nullopt;
  return EdtfTime::OfDay(civil);
}

std::optional<EdtfTime> Reader::MonthOf(int year, int month) const {
  if (year >= 0) return EdtfTime::OfMonth(absl::CivilMonth(year, month));
  if (!published_) return std::nullopt;
  absl::CivilMonth civil(published_->year(), month);
  if (civil > absl::CivilMonth(*published_)) civil -= 12;
  return EdtfTime::OfMonth(civil);
}

// The day, week, month or year `back` before that of publication; nothing of
// the current one lies after publication.
std::optional<EdtfTime> Reader::Relative(absl::string_view unit,
                                         int back) const {
  if (!published_) return std::nullopt;
  const absl::CivilDay day = *published_;
  if (unit == "day") return EdtfTime::OfDay(day - back);
  if (unit == "week") {
    const EdtfTime week = WeekOf(day - 7 * back);
    return back > 0 ? week : EdtfTime::Between(week.first_day(), day);
  }
  if (unit == "month") {
    return EdtfTime::OfMonth(absl::CivilMonth(day) - back);
  }
  if (unit == "year") {
    const EdtfTime year = EdtfTime::OfYear(absl::CivilYear(day) - back);
    return back > 0 ? year : EdtfTime::Between(year.first_day(), day);
  }
  return std::nullopt;
}

// "12 March 2024", "March 12, 2024", "Feb 7", "Wednesday 24 September".
Match Reader::ReadDate(uint32_t i) const {
  uint32_t at = i;
  if (Find(kWeekdays, Word(at)) >= 0) {
    ++at;
    if (Word(at) == ",") ++at;
  }
  int day = -1;
  int month = Month(at);
  if (month > 0) {
    day = DayNumber(++at);
  } else {
    if (Word(at) == "the") ++at;
    day = DayNumber(at++);
    if (Word(at) == "of") ++at;
    month = Month(at);
  }
  if (day < 0 || month < 0) return {};
  ++at;
  int year = Year(at);
  if (year < 0 && Word(at) == ",") year = Year(at + 1) < 0 ? -1 : Year(++at);
  if (year >= 0) ++at;
  const std::optional<EdtfTime> time = Day(year, month, day);
  if (!time && (year >= 0 || published_)) return {};
  return {at - i, time};
}

// "the 27th of last month", "the 27th".
Match Reader::ReadOrdinalDay(uint32_t i) const {
  if (Word(i) != "the") return {};
  const int day = Ordinal(i + 1);
  if (day < 0) return {};
  int back = -1;
  uint32_t length = 2;
  if (Word(i + 2) == "of" && Word(i + 4) == "month") {
    back = Word(i + 3) == "last" ? 1 : Word(i + 3) == "this" ? 0 : -1;
    if (back >= 0) length = 5;
  }
  // "The 27th member" is no day.
  const bool stands_alone = i + length >= words_.size() ||
                            document_.tokens()[i + length].tag >= Tag::kQuote ||
                            i == 0 || Word(i - 1) == "on";
  if (back < 0 && !stands_alone) return {};
  if (!published_) return {length, std::nullopt};
  absl::CivilMonth month(*published_);
  if (back < 0) back = absl::CivilDay(month) + (day - 1) > *published_ ? 1 : 0;
  month -= back;
  const absl::CivilDay civil = absl::CivilDay(month) + (day - 1);
  if (absl::CivilMonth(civil) != month) return {};
  return {length, EdtfTime::OfDay(civil)};
}

// "Wednesday", "last Friday", "Tuesday night".
Match Reader::ReadWeekday(uint32_t i) const {
  uint32_t at = i;
  const bool is_last = Word(at) == "last";
  if (is_last || Word(at) == "this" || Word(at) == "past") ++at;
  const int weekday = IsCapitalised(at) ? Find(kWeekdays, Word(at)) : -1;
  if (weekday < 0) return {};
  ++at;
  if (Has(kPartsOfDay, Word(at))) ++at;
  // "The Thursday meeting", "Sunday's vote" say when something else was.
  const absl::string_view before = i > 0 ? Word(i - 1) : "";
  const bool has_preposition = before == "on";
  if (before == "the" || before == "a") return {};
  if (at < words_.size() && !has_preposition) {
    const Tag tag = document_.tokens()[at].tag;
    if (tag == Tag::kNN || tag == Tag::kNNS || tag == Tag::kPOS) return {};
  }
  if (!published_) return {at - i, std::nullopt};
  const absl::CivilDay from = is_last ? *published_ : *published_ + 1;
  return {at - i, EdtfTime::OfDay(absl::PrevWeekday(
                      from, static_cast<absl::Weekday>(weekday)))};
}

// "February", "February 2024", "last February".
Match Reader::ReadMonth(uint32_t i) const {
  uint32_t at = i;
  if (Word(at) == "last" || Word(at) == "mid") ++at;
  const int month = Month(at);
  if (month < 0) return {};
  // "May" is a verb, "March" one too, unless a preposition is before them.
  const absl::string_view before = i > 0 ? Word(i - 1) : "";
  if (at == i && !Has(kPrepositions, before) && !Has(kModifiers, before) &&
      before != "since" && before != "until" && before != "till" &&
      before != "as" && Year(at + 1) < 0) {
    return {};
  }
  ++at;
  const int year = Year(at);
  if (year >= 0) ++at;
  return {at - i, MonthOf(year, month)};
}

// "yesterday", "today", "this morning", "last night".
Match Reader::ReadRelativeDay(uint32_t i) const {
  const absl::string_view word = Word(i);
  const absl::string_view next = Word(i + 1);
  if (word == "today" || word == "tonight") return {1, Relative("day", 0)};
  if (word == "yesterday") {
    const uint32_t length = Has(kPartsOfDay, next) ? 2 : 1;
    return {length, Relative("day", 1)};
  }
  if (word == "this" && Has(kPartsOfDay, next)) return {2, Relative("day", 0)};
  if (word == "last" && (next == "night" || next == "evening")) {
    return {2, Relative("day", 1)};
  }
  return {};
}

// "last week", "earlier this month", "this year".
Match Reader::ReadRelativeSpan(uint32_t i) const {
  const absl::string_view word = Word(i);
  const absl::string_view unit = Word(i + 1);
  if (unit != "week" && unit != "month" && unit != "year") return {};
  if (word == "this") return {2, Relative(unit, 0)};
  if (word == "last") return {2, Relative(unit, 1)};
  return {};
}

// "the weekend", "last weekend".
Match Reader::ReadWeekend(uint32_t i) const {
  const absl::string_view word = Word(i);
  if (Word(i + 1) != "weekend" ||
      (word != "the" && word != "last" && word != "this" && word != "past")) {
    return {};
  }
  if (!published_) return {2, std::nullopt};
  const absl::CivilDay saturday =
      absl::PrevWeekday(*published_ + 1, absl::Weekday::saturday);
  return {2, EdtfTime::Between(saturday, saturday + 1)};
}

// "the summer", "last autumn", "spring".
Match Reader::ReadSeason(uint32_t i) const {
  uint32_t at = i;
  const absl::string_view before = i > 0 ? Word(i - 1) : "";
  if (Word(at) == "the" || Word(at) == "last" || Word(at) == "this") ++at;
  const int first = Find(kSeasons, Word(at));
  if (first < 0) return {};
  // "The fall of the price" is no season.
  const bool has_preposition = before == "in" || before == "during" ||
                               before == "until" || before == "since";
  if (!has_preposition && (at == i || Word(i) == "the")) return {};
  ++at;
  if (!published_) return {at - i, std::nullopt};
  absl::CivilMonth month(published_->year(), first);
  if (month > absl::CivilMonth(*published_)) month -= 12;
  return {at - i, EdtfTime::Between(EdtfTime::OfMonth(month),
                                    EdtfTime::OfMonth(month + 2))};
}

// "two weeks ago", "a month earlier".
Match Reader::ReadAgo(uint32_t i) const {
  int count = Find(kCounts, Word(i));
  if (count < 0 && (!absl::SimpleAtoi(Word(i), &count) || count < 1)) return {};
  const absl::string_view unit = absl::StripSuffix(Word(i + 1), "s");
  if (unit != "day" && unit != "week" && unit != "month" && unit != "year") {
    return {};
  }
  if (Word(i + 2) != "ago" || count > 1000) return {};
  return {3, Relative(unit, count)};
}

// "in 2022".
Match Reader::ReadYear(uint32_t i) const {
  if (i == 0 || Word(i - 1) != "in") return {};
  const int year = Year(i);
  if (year < 0) return {};
  if (published_ && year > published_->year()) return {};
  return {1, EdtfTime::OfYear(absl::CivilYear(year))};
}

// "once", "previously", "in the past".
Match Reader::ReadVague(uint32_t i) const {
  if (Word(i) == "the" && Word(i + 1) == "past" && i > 0 &&
      Word(i - 1) == "in") {
    return {2, std::nullopt, true};
  }
  if (Word(i) == "until" && Word(i + 1) == "now") {
    return {2, std::nullopt, true};
  }
  if (!Has(kVagueWords, Word(i))) return {};
  // "Earlier this month", "once a week" say more than "before now".
  const absl::string_view next = Word(i + 1);
  if (next == "this" || next == "last" || next == "in" || next == "on" ||
      next == "than" || next == "a") {
    return {};
  }
  return {1, std::nullopt, true};
}

Match Reader::ReadCore(uint32_t i) const {
  using Pattern = Match (Reader::*)(uint32_t) const;
  constexpr Pattern kPatterns[] = {
      &Reader::ReadDate,        &Reader::ReadOrdinalDay,   &Reader::ReadWeekday,
      &Reader::ReadRelativeDay, &Reader::ReadRelativeSpan, &Reader::ReadWeekend,
      &Reader::ReadSeason,      &Reader::ReadAgo,          &Reader::ReadMonth,
      &Reader::ReadYear,        &Reader::ReadVague,
  };
  for (const Pattern pattern : kPatterns) {
    const Match match = (this->*pattern)(i);
    if (match.length == 0) continue;
    // "Earlier today", "once in May": the second says more.
    const bool says_more =
        match.vague && i + 1 < words_.size() && ReadCore(i + 1).time;
    return says_more ? Match() : match;
  }
  return {};
}

std::vector<TimeExpression> Reader::ReadAll() const {
  std::vector<TimeExpression> found;
  const uint32_t size = static_cast<uint32_t>(words_.size());
  for (uint32_t i = 0; i < size;) {
    const Match match = ReadCore(i);
    if (match.length == 0) {
      ++i;
      continue;
    }
    TimeExpression expression;
    expression.range = {i, i + match.length};
    expression.time = match.time;
    expression.vague = match.vague;
    uint32_t first = i;
    const uint32_t floor = found.empty() ? 0 : found.back().range.last;
    while (first > floor && Has(kModifiers, Word(first - 1))) --first;
    const absl::string_view before = first > floor ? Word(first - 1) : "";
    i = expression.range.last;
    if (Has(kForbidding, before)) continue;
    if (Has(kPrepositions, before) || (match.vague && before == "in")) {
      --first;
    } else if (before == "since" || before == "until" || before == "till") {
      --first;
      if (match.time && published_) {
        const bool since = before == "since";
        const absl::CivilDay from =
            since ? match.time->first_day()
                  : absl::CivilDay(absl::CivilYear(match.time->first_day()));
        const absl::CivilDay to = since ? *published_ : match.time->last_day();
        if (from > to || to > *published_) continue;
        expression.time = EdtfTime::Between(from, to);
      }
    }
    while (first > floor && Has(kModifiers, Word(first - 1))) --first;
    expression.range.first = first;
    found.push_back(std::move(expression));
  }
  return found;
}

}  // namespace

std::vector<TimeExpression> FindTimeExpressions(
    const Document& document, std::optional<absl::CivilDay> published) {
  return Reader(document, published).ReadAll();
}

}  // namespace extract
}  // namespace onrecord
