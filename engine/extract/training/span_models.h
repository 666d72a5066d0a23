// Trains the models that choose spans: the contents and the sources of cues.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_SPAN_MODELS_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_SPAN_MODELS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/models/models.h"
#include "engine/extract/training/label_models.h"

namespace onrecord {
namespace extract {

struct SpanModels {
  std::string contents;
  std::string sources;
};

// `models` has all the models before these; `label_tables[i]` is the label
// model to use for `examples[i]`, one that was not trained on it.
SpanModels TrainSpans(absl::Span<const Example> examples,
                      absl::Span<const WeightTable> label_tables,
                      const Models& models);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_SPAN_MODELS_H_
