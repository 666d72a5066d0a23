#include "engine/analyst/topic_decisions.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/streams.h"
#include "engine/projections/topics.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
void AddTopicMerge(const std::string& topic_id, const std::string& into_id,
                   bool undone, DecidedEvents& events) {
  NewEvent& event = events.Add(TopicStream(topic_id));
  TopicsMerged& body = events.Sign(*event.mutable_topics_merged());
  body.set_merged_id(topic_id);
  body.set_into_id(into_id);
  body.set_undone(undone);
}

absl::Status Decide(const MergeTopics& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string topic,
                            known.lookup.TopicId(change.topic));
  ONRECORD_ASSIGN_OR_RETURN(const std::string into,
                            known.lookup.TopicId(change.into));
  if (topic == into) {
    return absl::FailedPreconditionError(absl::StrCat(
        "\"", change.topic, "\" and \"", change.into, "\" are one topic, ",
        topic, "; merging them again would make a circle"));
  }
  AddTopicMerge(topic, into, /*undone=*/false, events);
  return absl::OkStatus();
}

absl::Status Decide(const SplitTopics& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string from,
                            known.lookup.TopicId(change.from));
  const absl::StatusOr<TopicRecord> merged = known.topics.FindOwn(change.topic);
  if (!merged.ok() && !absl::IsNotFound(merged.status())) {
    return merged.status();
  }
  const std::string into =
      merged.ok() ? MergedInto(*merged, kLatest) : std::string();
  if (into.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "no topic \"", change.topic, "\" was merged into \"", from, "\""));
  }
  AddTopicMerge(change.topic, into, /*undone=*/true, events);
  return absl::OkStatus();
}

}  // namespace onrecord
