// The pieces of a content, which need not be one run of tokens.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SEGMENTS_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SEGMENTS_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "engine/extract/attribution/reading.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// In order, not empty, each with words at both ends and words between it and
// the next: the same words are the same segments.
using Segments = absl::InlinedVector<TokenRange, 2>;

// Returns the segments that have the words of `ranges`, which are in order and
// do not overlap.
Segments SegmentsOf(const Reading& reading,
                    absl::Span<const TokenRange> ranges);

uint32_t WordsIn(const Reading& reading, const Segments& segments);
uint32_t CommonWords(const Reading& reading, const Segments& a,
                     const Segments& b);
bool Contains(const Segments& segments, uint32_t token);
bool Overlap(const Segments& a, const Segments& b);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SEGMENTS_H_
