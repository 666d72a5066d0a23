// Words that take a side: what they do to the thing they are said of.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_H_

#include <cstdint>
#include <vector>

#include "engine/extract/stance/polarity_lexicon.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

struct PolarityHit {
  TokenRange range;
  Effect effect = Effect::kPromote;
};

// Finds the words of the lexicon in `document`, in any inflection, the longest
// entry first, in the order of the text and without overlap.
std::vector<PolarityHit> FindPolarity(const Document& document);

// The first of `hits`, in the order of the text, that begins at or after token
// `from`.
std::vector<PolarityHit>::const_iterator FirstPolarityFrom(
    const std::vector<PolarityHit>& hits, uint32_t from);

// Those of `hits`, in the order of the text, that lie in `range`.
std::vector<PolarityHit> PolarityIn(const std::vector<PolarityHit>& hits,
                                    TokenRange range);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_H_
