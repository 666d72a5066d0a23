// Statements that say the same of two topics, made into one for each.

#ifndef ONRECORD_ENGINE_EXTRACT_REPEAT_H_
#define ONRECORD_ENGINE_EXTRACT_REPEAT_H_

#include <vector>

#include "engine/extract/statement/extraction.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/topics/topics.h"

namespace onrecord {
namespace extract {

// Repeats each statement that has another topic (TopicChoice::other) right
// behind itself, with that topic. All three lists stand in the same order
// before and after; parents stay true.
//
// REQUIRES: as many statements and choices as sayings.
void RepeatForOtherTopics(std::vector<Saying>* sayings,
                          std::vector<ExtractedStatement>* statements,
                          std::vector<TopicChoice>* choices);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_REPEAT_H_
