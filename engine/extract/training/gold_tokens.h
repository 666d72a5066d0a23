// The annotated attributions of an article, as tokens of ours.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_TOKENS_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_TOKENS_H_

#include <cstdint>
#include <vector>

#include "engine/extract/text/document.h"
#include "engine/extract/training/corpus.h"

namespace onrecord {
namespace extract {

// Tokens in order.
struct GoldTokens {
  std::vector<uint32_t> source;
  std::vector<uint32_t> cue;
  std::vector<uint32_t> content;
};

// Returns the attributions that have content.
std::vector<GoldTokens> GoldOf(const Document& document,
                               const AnnotatedArticle& article);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_TOKENS_H_
