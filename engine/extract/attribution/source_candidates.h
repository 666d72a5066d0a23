// Who may have said what a cue reports: the spans that the ranker of sources
// chooses from, and what it looks at.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SOURCE_CANDIDATES_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SOURCE_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/extract/attribution/label_runs.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// A span without marks at its ends, and the ways in which it was found.
struct SourceCandidate {
  TokenRange range;
  absl::InlinedVector<uint32_t, 4> ways;
};

std::vector<SourceCandidate> SourceCandidates(const LabelRuns& runs,
                                              uint32_t cue);

// Adds the features of "the text does not say who".
void AddNoSourceFeatures(const LabelRuns& runs, uint32_t cue,
                         FeatureList& features);

// Adds the features of "this is who".
void AddSourceFeatures(const LabelRuns& runs, uint32_t cue,
                       const SourceCandidate& candidate, FeatureList& features);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SOURCE_CANDIDATES_H_
