// How alike two spellings of a name are.

#ifndef ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_
#define ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace onrecord {

// Returns the fewest insertions, deletions, replacements and swaps of two
// neighbouring bytes that turn `a` into `b` (optimal string alignment).
size_t EditDistance(absl::string_view a, absl::string_view b);

// Whether two different family names (as keys) may be one name spelled twice,
// given other grounds to think so: the same first letter, and at most one edit
// for every three letters of the longer.
bool AreNearSpellings(absl::string_view a, absl::string_view b);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_
