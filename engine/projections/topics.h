// The topics: a codebook's, and those that the engine found.

#ifndef ONRECORD_ENGINE_PROJECTIONS_TOPICS_H_
#define ONRECORD_ENGINE_PROJECTIONS_TOPICS_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Folds an event about a topic into its record: a definition replaces the one
// before, a merge makes it read as another. A merge that would make a circle is
// the caller's to keep out. Returns whether anything changed.
bool FoldTopicEvent(const RecordedEvent& event, TopicRecord* record);

// The topic whose record FoldTopicEvent changes. Empty for other events.
const std::string& TopicOf(const NewEvent& event);

// The topic that `record`'s reads as, directly; empty if it stands for itself.
std::string MergedInto(const TopicRecord& record, uint64_t log_position);

// The definition known at a log position; null if there was none.
const TopicFact* DefinitionOf(const TopicRecord& record, uint64_t log_position);

// Keeps the topics. Read with Topics.
class TopicsProjection : public Projection {
 public:
  static constexpr absl::string_view kName = "topics";

  absl::string_view name() const override { return kName; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(const RecordedEvent& event,
                     ProjectionState& state) override;
};

// Answers from the state of a TopicsProjection. Thread-safe; `store` must
// outlive it. Every call returns DATA_LOSS if what is stored does not decode.
class Topics {
 public:
  // `store` is a Replayer's view, or the store itself; not owned.
  explicit Topics(const ProjectionReader* store);

  // The topic that `topic_id` reads as: itself, or the one that it was merged
  // into. An id that is not known reads as itself.
  absl::StatusOr<std::string> Canonical(absl::string_view topic_id,
                                        uint64_t known_at = kLatest) const;

  // The definition of the topic that `topic_id` reads as. Returns NOT_FOUND if
  // it was not defined.
  absl::StatusOr<TopicFact> Find(absl::string_view topic_id,
                                 uint64_t known_at = kLatest) const;

  // All that was ever known of the topic `topic_id` itself, whatever it was
  // merged into. Returns NOT_FOUND if there is no such topic.
  absl::StatusOr<TopicRecord> FindOwn(absl::string_view topic_id) const;

  // Calls `visit` for the last definition of every topic, in the order of ids:
  // of merged ones too, of which a text may still speak. Stops at the first
  // status that is not OK, and returns it.
  absl::Status ForEachOwn(
      absl::FunctionRef<absl::Status(const TopicFact&)> visit) const;

  // Calls `visit` for every topic that stands for itself, in the order of ids.
  // Stops at the first status that is not OK, and returns it.
  absl::Status ForEach(
      uint64_t known_at,
      absl::FunctionRef<absl::Status(const TopicFact&)> visit) const;

 private:
  absl::Status ForEachRecord(
      absl::FunctionRef<absl::Status(const TopicRecord&)> visit) const;

  const ScopedReader state_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_TOPICS_H_
