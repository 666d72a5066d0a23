// Topics that look like one.

#ifndef ONRECORD_ENGINE_SIMILAR_TOPICS_H_
#define ONRECORD_ENGINE_SIMILAR_TOPICS_H_

#include <vector>

#include "absl/types/span.h"
#include "proto/row.pb.h"

namespace onrecord {

// Returns the pairs of `topics` that share at least half of what their names
// and phrases say, the nearest first. The score, from 0 to 1, is the cosine of
// the angle between the families of their words (see WordFamily), each weighed
// by how few of the topics use it; the grounds say what is shared. Proposals
// for a person: nothing is merged.
std::vector<SimilarTopicsRow> FindSimilarTopics(
    absl::Span<const TopicRow> topics);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SIMILAR_TOPICS_H_
