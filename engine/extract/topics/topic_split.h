// Findings that speak of two topics, made into one for each.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_SPLIT_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_SPLIT_H_

#include <vector>

#include "engine/extract/statement/finding.h"
#include "engine/extract/text/document.h"
#include "engine/extract/topics/topic_index.h"

namespace onrecord {
namespace extract {

// Cuts contents in two where "and", "but" or "though" joins what is said of one
// topic to what is said of another: "would keep the levy | and stay out of the
// quarrel over rates". What is behind is a finding of its own, at the end of
// the result, with the source and cue of the first. The others keep their
// places. `parents` says in which each stands, -1 for none; what stands within
// one that is cut ends with its first part.
std::vector<Finding> SplitByTopic(const Document& document,
                                  const TopicIndex& index,
                                  const std::vector<int>& parents,
                                  std::vector<Finding> findings);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_SPLIT_H_
