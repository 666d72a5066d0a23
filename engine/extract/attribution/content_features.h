// What the ranker of contents looks at.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_FEATURES_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_FEATURES_H_

#include <cstdint>

#include "engine/extract/attribution/content_candidates.h"
#include "engine/extract/attribution/label_runs.h"
#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {

// Several small numbers as one value of a feature.
inline constexpr uint64_t Pack(uint64_t a, uint64_t b, uint64_t c = 0,
                               uint64_t d = 0) {
  return a | b << 8 | c << 16 | d << 24;
}

// A distance in tokens, coarser the longer.
inline constexpr uint32_t DistanceClass(uint32_t d) {
  return d < 6 ? d : d < 9 ? 6 : d < 15 ? 9 : d < 25 ? 15 : 25;
}

// Adds the features of "this is no cue". `base` is the first template.
inline constexpr uint32_t kNoContentTemplate = 300;
void AddCueFeatures(const LabelRuns& runs, uint32_t cue, uint32_t base,
                    FeatureList& features);

// Adds the features of "this is what the cue reports".
void AddContentFeatures(const LabelRuns& runs, uint32_t cue,
                        const ContentCandidate& candidate,
                        FeatureList& features);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_FEATURES_H_
