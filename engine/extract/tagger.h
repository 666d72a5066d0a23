// Says what part of speech each word is.

#ifndef ONRECORD_ENGINE_EXTRACT_TAGGER_H_
#define ONRECORD_ENGINE_EXTRACT_TAGGER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/token.h"

namespace onrecord {
namespace extract {

// Sets `tag` of the tokens of one sentence, [sentence.first, sentence.last).
// Quotation marks that are tagged kQuote stay so. Thread-safe.
void TagSentence(absl::string_view text, const Sentence& sentence,
                 std::vector<Token>& tokens);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TAGGER_H_
