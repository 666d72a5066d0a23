// Joins what the sieves found with what the learned models found.

#ifndef ONRECORD_ENGINE_EXTRACT_JOIN_H_
#define ONRECORD_ENGINE_EXTRACT_JOIN_H_

#include <vector>

#include "absl/types/span.h"
#include "engine/extract/attribution/attribution.h"
#include "engine/extract/cues/cues.h"
#include "engine/extract/statement/finding.h"

namespace onrecord {
namespace extract {

// Returns `findings` with the learned attributions taken in:
//   - one that a sieve found too, by its cue or its content, makes it surer;
//   the
//     content's edges are the learned ones, unless a quotation gives them;
//   - one that no sieve found is added;
//   - a finding of an imprecise sieve that no learned attribution bears out,
//   and
//     that stands outside all of their contents, becomes less sure.
// Indices between findings (`carried_from`) stay true.
std::vector<Finding> JoinLearned(const CueList& cues,
                                 std::vector<Finding> findings,
                                 absl::Span<const Attribution> learned);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_JOIN_H_
