#include "engine/extract/speakers/gazetteer.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace onrecord {
namespace extract {
namespace {

constexpr Country kCountries[] = {
#include "engine/extract/speakers/countries.inc"
};

// Words behind a country's name or demonym that say no more than "government".
constexpr absl::string_view kGovernmentWords[] = {
    " government", " administration", " cabinet", " authorities",
    " leadership", " side",           " state",
};

struct Entry {
  const Country* country;
  CountryWord word;
};

using Index = absl::flat_hash_map<absl::string_view, Entry>;

Index* MakeIndex() {
  auto* index = new Index;
  for (const Country& country : kCountries) {
    (*index)[country.name] = {&country, CountryWord::kName};
    for (const absl::string_view name :
         absl::StrSplit(country.other_names, '|', absl::SkipEmpty())) {
      (*index)[name] = {&country, CountryWord::kName};
    }
    for (const absl::string_view demonym :
         absl::StrSplit(country.demonyms, '|', absl::SkipEmpty())) {
      (*index)[demonym] = {&country, CountryWord::kDemonym};
    }
  }
  return index;
}

const Entry* Find(absl::string_view words) {
  static const Index* const index = MakeIndex();
  const auto entry = index->find(words);
  return entry == index->end() ? nullptr : &entry->second;
}

}  // namespace

const Country* FindCountry(absl::string_view words) {
  if (const Entry* entry = Find(words)) return entry->country;
  for (const absl::string_view article : {"the ", "The "}) {
    if (absl::ConsumePrefix(&words, article)) break;
  }
  for (const absl::string_view behind : kGovernmentWords) {
    if (absl::ConsumeSuffix(&words, behind)) break;
  }
  for (const absl::string_view possessive : {"'s", "\u2019s", "'", "\u2019"}) {
    if (absl::ConsumeSuffix(&words, possessive)) break;
  }
  const Entry* entry = Find(words);
  return entry == nullptr ? nullptr : entry->country;
}

CountryWord ClassifyCountryWord(absl::string_view word) {
  const Entry* entry = Find(word);
  return entry == nullptr ? CountryWord::kNone : entry->word;
}

}  // namespace extract
}  // namespace onrecord
