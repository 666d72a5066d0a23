// Finds attributions with models learnt from annotated news articles: who said,
// wanted or thought what.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_MODEL_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_MODEL_H_

#include <vector>

#include "engine/extract/attribution/attribution.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {

// Returns the attributions of a document, in the order of their content. No
// two contents overlap, and no cue's main word stands in a content.
// Thread-safe; whole numbers only, so the same on every machine.
std::vector<Attribution> FindAttributions(const Document& document);

// For the trainer: the same with models other than the embedded ones.
std::vector<Attribution> FindAttributions(const Document& document,
                                          const Models& models);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_MODEL_H_
