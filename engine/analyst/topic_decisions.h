// Decisions on topics.

#ifndef ONRECORD_ENGINE_ANALYST_TOPIC_DECISIONS_H_
#define ONRECORD_ENGINE_ANALYST_TOPIC_DECISIONS_H_

#include <string>

#include "absl/status/status.h"
#include "engine/analyst/change.h"
#include "engine/analyst/decided_events.h"

namespace onrecord {

// Add the events of a change. Errors as EventsOf.
absl::Status Decide(const MergeTopics& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const SplitTopics& change, const Known& known,
                    DecidedEvents& events);

// Adds the event of a merge of two topics, or of its end.
void AddTopicMerge(const std::string& topic_id, const std::string& into_id,
                   bool undone, DecidedEvents& events);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_TOPIC_DECISIONS_H_
