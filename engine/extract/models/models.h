// The learned models, embedded in the library.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_

#include "engine/extract/weight_table.h"

namespace onrecord {
namespace extract {

// What the trainer makes, see engine/extract/training.
struct Models {
  WeightTable lexicon;  // lower-case word: tag, weight 1 if it has no other
  WeightTable tagger;   // classes: Tag
  WeightTable names;    // classes: NameClass

  // The models embedded in the library. Thread-safe.
  static const Models& Embedded();
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_
