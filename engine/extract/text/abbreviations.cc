#include "engine/extract/text/abbreviations.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

// Sorted, without the last period, as usually capitalised.
constexpr absl::string_view kBefore[] = {
    "Adj",   "Adm", "Amb",  "Asst", "Atty", "Brig",   "Capt", "Cmdr", "Col",
    "Cpl",   "Dep", "Det",  "Dr",   "Drs",  "Fig",    "Ft",   "Gen",  "Gov",
    "Govs",  "Hon", "Insp", "Lt",   "Maj",  "Messrs", "Mlle", "Mme",  "Mr",
    "Mrs",   "Ms",  "Msgr", "Mt",   "Ph",   "Pres",   "Prof", "Pvt",  "Rep",
    "Reps",  "Rev", "Sec",  "Sen",  "Sens", "Sgt",    "St",   "Ste",  "Supt",
    "Treas", "cf",  "e.g",  "i.e",  "v",    "viz",    "vs",
};

constexpr absl::string_view kAnywhere[] = {
    "Ala",  "Ariz", "Ark",  "Aug",  "Ave",  "Bhd", "Blvd", "Bros", "Calif",
    "Cie",  "Co",   "Colo", "Conn", "Corp", "Cos", "Dec",  "Del",  "Dept",
    "Esq",  "Feb",  "Fla",  "Fri",  "Ga",   "Ill", "Inc",  "Ind",  "Jan",
    "Jr",   "Jul",  "Jun",  "Kan",  "Ky",   "La",  "Ltd",  "Md",   "Mich",
    "Minn", "Miss", "Mo",   "Mon",  "Mont", "Neb", "Nev",  "Nov",  "Oct",
    "Okla", "Ont",  "Ore",  "Pa",   "Ph.D", "PhD", "Que",  "Rd",   "Sask",
    "Sep",  "Sept", "Sq",   "Sr",   "Tenn", "Tex", "Thu",  "Tue",  "Univ",
    "Va",   "Vt",   "Wash", "Wed",  "Wis",  "Wyo", "al",   "etc",
};

template <size_t kSize>
bool Contains(const absl::string_view (&table)[kSize], absl::string_view word) {
  return std::binary_search(std::begin(table), std::end(table), word);
}

// Letters, each but the last followed by a period: "U.S", "a.m", "N".
bool IsInitials(absl::string_view stem) {
  bool letter = true;
  for (size_t i = 0; i < stem.size(); letter = !letter) {
    const Character c = CharacterAt(stem, i);
    const bool fits =
        letter ? c.type == CharClass::kUpper || c.type == CharClass::kLower
               : c.type == CharClass::kPeriod;
    if (!fits) return false;
    i += c.length;
  }
  return !letter;
}

}  // namespace

Abbreviation AbbreviationOf(absl::string_view word) {
  if (word.size() < 2 || word.back() != '.') return Abbreviation::kNone;
  absl::string_view stem = word.substr(0, word.size() - 1);
  if (Contains(kBefore, stem)) return Abbreviation::kBefore;
  const size_t hyphen = stem.rfind('-');  // "R-Ariz."
  if (Contains(kAnywhere, stem) ||
      (hyphen != absl::string_view::npos && hyphen <= 2 &&
       (Contains(kAnywhere, stem.substr(hyphen + 1)) ||
        IsInitials(stem.substr(hyphen + 1))))) {
    return Abbreviation::kAnywhere;
  }
  if (!IsInitials(stem)) return Abbreviation::kNone;
  const Character first = CharacterAt(stem, 0);
  if (first.length < stem.size()) return Abbreviation::kAnywhere;
  // "I." ends a sentence more often than it begins a name.
  return first.type == CharClass::kUpper && stem != "I" ? Abbreviation::kBefore
                                                        : Abbreviation::kNone;
}

}  // namespace extract
}  // namespace onrecord
