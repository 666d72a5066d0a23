// What a cue may report: the spans that the ranker chooses from.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_CANDIDATES_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/extract/attribution/label_runs.h"
#include "engine/extract/attribution/reading.h"
#include "engine/extract/attribution/segments.h"

namespace onrecord {
namespace extract {

// A span, and the ways in which it was found, for the ranker's features.
struct ContentCandidate {
  Segments segments;
  absl::InlinedVector<uint32_t, 4> ways;
};

// The tokens that may be the head of a cue, in order: words that are often
// cues, colons, and dashes before a name.
std::vector<uint32_t> CueCandidates(const Reading& reading);

// The spans that the cue at `cue` may report. Never more than about 60, of at
// most 150 words.
std::vector<ContentCandidate> ContentCandidates(const LabelRuns& runs,
                                                uint32_t cue);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_CONTENT_CANDIDATES_H_
