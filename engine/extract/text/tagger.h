// Says what part of speech each word is.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_TAGGER_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_TAGGER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/token.h"
#include "engine/extract/text/word_info.h"

namespace onrecord {
namespace extract {

// Sets `tag` of the tokens of one sentence: an averaged perceptron, from left
// to right. Marks that are tagged kQuote or kPOS stay so. `words` has an entry
// for every token of the document. Thread-safe.
void TagSentence(absl::string_view text, const Sentence& sentence,
                 const Models& models, const std::vector<WordInfo>& words,
                 std::vector<Token>& tokens);

// For the trainer as well as the tagger: the tag of a token that its
// characters decide, if they do.
absl::optional<Tag> TagOfMark(absl::string_view word);

// True if most words of the sentence are capitalised, as in a headline.
bool IsTitleCase(const Sentence& sentence, const std::vector<WordInfo>& words);

// Adds the features of token `i`, given the tags before it.
void AddTagFeatures(const Sentence& sentence, bool title_case, uint32_t i,
                    const std::vector<WordInfo>& words,
                    const std::vector<Token>& tokens, FeatureList& features);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_TAGGER_H_
