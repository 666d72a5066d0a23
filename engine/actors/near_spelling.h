// How alike two spellings of a name are.

#ifndef ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_
#define ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Returns the fewest insertions, deletions, replacements and swaps of two
// neighbouring bytes that turn `a` into `b` (optimal string alignment).
size_t EditDistance(absl::string_view a, absl::string_view b);

// Of the names offered, the one that takes the fewest edits from what somebody
// typed, if they are few enough for a slip. Of equal ones the first.
class NearestName {
 public:
  NearestName(absl::string_view typed, size_t most_edits)
      : typed_(typed), fewest_(most_edits + 1) {}

  // `key` is `name` in the form that `typed` is in.
  void Offer(absl::string_view key, absl::string_view name) {
    const size_t edits = EditDistance(typed_, key);
    if (edits >= fewest_) return;
    fewest_ = edits;
    name_ = std::string(name);
  }

  // Empty if none is near.
  const std::string& name() const { return name_; }

 private:
  const std::string typed_;
  std::string name_;
  size_t fewest_;
};

// Whether two different family names (as keys) may be one name spelled twice,
// given other grounds to think so: the same first letter, and at most one edit
// for every three letters of the longer.
bool AreNearSpellings(absl::string_view a, absl::string_view b);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_NEAR_SPELLING_H_
