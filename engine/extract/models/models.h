// The learned models, embedded in the library.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_

#include "engine/extract/models/weight_table.h"

namespace onrecord {
namespace extract {

// What the trainer makes, see engine/extract/training.
struct Models {
  WeightTable lexicon;  // lower-case word: tag, weight 1 if it has no other
  WeightTable tagger;   // classes: Tag
  WeightTable names;    // classes: NameClass
  WeightTable cues;     // lemma and word class: how often a cue, in thousandths
  WeightTable labels;   // classes: Label
  WeightTable contents;  // class 0: the score
  WeightTable sources;   // class 0: the score

  // The models embedded in the library. Thread-safe.
  static const Models& Embedded();
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_MODELS_H_
