// Who said what, as the learned models have it.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H_

#include <cstdint>

#include "engine/extract/attribution/segments.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

struct Attribution {
  TokenRange source;  // empty if the text does not say who
  TokenRange cue;     // never empty
  uint32_t head = 0;  // the cue's main word, or a mark; within the cue
  Segments content;   // words; quotation marks at the edges are left out

  // In thousandths: how probable it is that this is an attribution with about
  // this content (at least half of the words in common), and that, if so, this
  // is its source.
  uint32_t confidence = 0;
  uint32_t source_confidence = 0;

  // Quoted words that no cue reports: cue and source are those of the
  // attribution before.
  bool carried = false;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H_
