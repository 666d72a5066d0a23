// Cuts the tokens of a paragraph into sentences.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_SENTENCE_SPLITTER_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_SENTENCE_SPLITTER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/text/token.h"

namespace onrecord {
namespace extract {

// Appends the sentences of the tokens [first, last), which are paragraph
// `paragraph`, to `sentences`, and numbers the tokens' sentences. Marks and
// brackets that close after a stop belong to the sentence before it; a
// paragraph's end ends its last sentence, with or without a stop, and so do 400
// tokens without one.
//
// REQUIRES: FindQuotations was called for the same tokens.
void SplitSentences(absl::string_view text, uint32_t first, uint32_t last,
                    uint32_t paragraph,
                    const std::vector<Quotation>& quotations,
                    std::vector<Token>& tokens,
                    std::vector<Sentence>& sentences);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_SENTENCE_SPLITTER_H_
