// Cuts a paragraph into words, numbers and marks, as the Penn Treebank does.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_TOKENIZER_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_TOKENIZER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/text/token.h"

namespace onrecord {
namespace extract {

// Appends the tokens of the bytes [begin, end) of `text` to `tokens`, in order;
// only their offsets are set. Contractions are cut ("do|n't", "he|'s"),
// hyphenated words are not; the period of an abbreviation stays with it
// ("U.S.", "Sen."); a run of dashes, periods or ?! is one token.
//
// REQUIRES: begin <= end <= text.size(), on character boundaries.
void Tokenize(absl::string_view text, uint32_t begin, uint32_t end,
              std::vector<Token>& tokens);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_TOKENIZER_H_
