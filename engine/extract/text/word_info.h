// What the models look at in a word.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_WORD_INFO_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_WORD_INFO_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "engine/extract/models/weight_table.h"
#include "engine/extract/text/token.h"

namespace onrecord {
namespace extract {

struct WordInfo {
  static constexpr uint64_t kUnknown = 1;

  uint64_t lower = 0;                   // hash of the lower-case word
  uint64_t word = kUnknown;             // `lower` if the lexicon has it
  std::array<uint64_t, 4> suffix = {};  // last 1..4 letters, 0 if too short
  uint64_t prefix = 0;                  // first 3 letters
  uint64_t tail = 0;                    // what stands after the last hyphen
  uint64_t shape = 0;                   // "Xx", "X.X.", "d,d"
  bool capital = false;                 // begins with a capital letter
  bool letters = false;                 // has a letter or digit
  absl::optional<Tag> only_tag;         // if the lexicon knows of one only
};

// Returns what a token's characters and the lexicon (lower-case words, to their
// tag, with weight 1 if they have no other) say.
WordInfo InfoOf(absl::string_view token, const WeightTable& lexicon);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_WORD_INFO_H_
