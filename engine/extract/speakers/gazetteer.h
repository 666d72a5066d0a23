// Countries, and the words that stand for their governments.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_GAZETTEER_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_GAZETTEER_H_

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// A country as common knowledge has it. Fields with several entries part them
// by "|".
struct Country {
  absl::string_view name;
  absl::string_view other_names;  // capitals and metonyms of the government too
  absl::string_view demonyms;     // words for its people and things
};

// What the words of a text say about a country.
enum class CountryWord { kNone, kName, kDemonym };

// Returns the country whose name, capital or metonym is `words`, or whose
// demonym is, with or without "the" in front, "'s" behind, or a word for its
// government behind ("Japanese government").
// Case counts: "Turkey" is one, "turkey" is not. Null if there is none.
//
// Thread-safe. What is returned is never destroyed.
const Country* FindCountry(absl::string_view words);

// Says whether `word` alone is a country's name (or capital, or metonym), one
// of its demonyms, or neither.
CountryWord ClassifyCountryWord(absl::string_view word);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_GAZETTEER_H_
