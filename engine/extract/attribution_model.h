// Finds attributions with models learnt from annotated news articles: who said,
// wanted or thought what.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_MODEL_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_MODEL_H_

#include <cstdint>
#include <vector>

#include "engine/extract/document.h"
#include "engine/extract/models/models.h"
#include "engine/extract/segments.h"
#include "engine/extract/token_range.h"

namespace onrecord {
namespace extract {

struct Attribution {
  TokenRange source;  // empty if the text does not say who
  TokenRange cue;     // never empty; `head` is its main word, or a mark
  uint32_t head = 0;
  Segments content;  // words; quotation marks at the edges are left out

  // In thousandths: how probable it is that this is an attribution with about
  // this content (at least half of the words in common), and that, if so, this
  // is its source.
  uint32_t confidence = 0;
  uint32_t source_confidence = 0;
};

// Returns the attributions of a document, in the order of their content. No
// two contents overlap, and no cue stands in another's content. Thread-safe;
// whole numbers only, so the same on every machine.
std::vector<Attribution> FindAttributions(const Document& document);

// For the trainer: the same with models other than the embedded ones.
std::vector<Attribution> FindAttributions(const Document& document,
                                          const Models& models);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_MODEL_H_
