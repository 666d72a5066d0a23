// Trains the models that label tokens: the cue counts, the labels.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_LABEL_MODELS_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_LABEL_MODELS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/document.h"
#include "engine/extract/training/gold_tokens.h"

namespace onrecord {
namespace extract {

// An annotated article, taken apart.
struct Example {
  Document document;
  std::vector<GoldTokens> gold;
};

// Each returns a WeightTable's bytes. TrainLabels needs the cue counts.
std::string TrainCues(absl::Span<const Example> examples);
std::string TrainLabels(absl::Span<const Example* const> examples,
                        const Models& models);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_LABEL_MODELS_H_
