// Says which words are part of a name, and of what kind.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_NAME_TAGGER_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_NAME_TAGGER_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/token.h"
#include "engine/extract/text/word_info.h"

namespace onrecord {
namespace extract {

// Goes through a document from the first sentence to the last, an averaged
// perceptron from left to right, and remembers what each name was before.
// Thread-compatible. Refers to `words`, which has an entry for every token.
class NameTagger {
 public:
  NameTagger(const Models& models, const std::vector<WordInfo>& words);

  // Sets `name` of the tokens of the next sentence, which have their tags.
  void TagSentence(const Sentence& sentence, std::vector<Token>& tokens);

  // For the trainer as well: what TagSentence does for each token. A token that
  // may be no part of a name has no features.
  void AddFeatures(const Sentence& sentence, uint32_t i,
                   const std::vector<Token>& tokens, FeatureList& features);
  void Remember(uint32_t i, NameClass name);

 private:
  const Models& models_;
  const std::vector<WordInfo>& words_;
  // What a capitalised word was, in the document so far: the last class, and
  // whether it stood in lower case.
  absl::flat_hash_map<uint64_t, NameClass> memory_;
  absl::flat_hash_map<uint64_t, bool> lower_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_NAME_TAGGER_H_
