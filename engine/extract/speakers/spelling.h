// Names as keys for comparing, and how near two spellings are.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPELLING_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPELLING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// The words of a name, in lower case, Latin letters without their accents,
// without dots and apostrophes: "van", "aalst". Empty for no letters at all.
std::vector<std::string> NameWords(absl::string_view name);

// How alike two folded words are, from 0 to 1: one minus their edit distance
// (a swap of neighbours is one edit) over the longer's length.
double SpellingSimilarity(absl::string_view a, absl::string_view b);

// Whether `name` is three capitals or more and nothing else: "APS".
bool IsInitials(absl::string_view name);

// True if `words` are the first letters of, or an acronym from, `name`: "aps"
// of {"association", "of", "salmon", "producers"}. Small words may be left out.
bool IsAcronymOf(absl::string_view acronym,
                 const std::vector<std::string>& name);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPELLING_H_
