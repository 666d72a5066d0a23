// Trains the models of words: the lexicon, the tagger, the names.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_WORD_MODELS_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_WORD_MODELS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/models/models.h"
#include "engine/extract/training/corpus.h"

namespace onrecord {
namespace extract {

// Each returns a WeightTable's bytes. Names of persons and organisations stay
// out of the lexicon unless they are parts of many ("John", "Committee"), so
// that no model learns what this corpus writes about whom.
std::string TrainLexicon(absl::Span<const AnnotatedArticle> corpus);

// `models` has the lexicon.
std::string TrainTagger(absl::Span<const AnnotatedArticle> corpus,
                        const Models& models);

// `models` has the lexicon and the tagger.
std::string TrainNames(absl::Span<const AnnotatedArticle> corpus,
                       const Models& models);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_WORD_MODELS_H_
