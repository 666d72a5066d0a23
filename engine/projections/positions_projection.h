// Folds statements and what is known of actors into positions.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITIONS_PROJECTION_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITIONS_PROJECTION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/affiliations.h"
#include "engine/projections/number_table.h"
#include "engine/projections/position_block.h"
#include "engine/projections/position_table.h"
#include "engine/projections/projection.h"
#include "engine/projections/statement_brief.h"
#include "engine/projections/statement_index.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"

namespace onrecord {

// Keeps, for each actor and topic, the statements that make its position, in
// order of the time of saying, each with the span of knowledge in which it
// counts. Read with Positions.
//
// A statement counts for the actor that its speaker reads as; and, rolled up,
// for each body that the actor belonged to or held office of on the day, and
// for the actor itself if others speak for it. When a merge, a role or a
// correction changes for whom it counts, the entry ends there from that log
// position on, and another begins.
class PositionsProjection : public Projection {
 public:
  static constexpr absl::string_view kName = "positions";

  // `max_changes`: how many changes to positions are put off, at most. The
  // state does not depend on it.
  explicit PositionsProjection(size_t max_changes = PositionTable::kMaxChanges);

  absl::string_view name() const override { return kName; }
  uint32_t version() const override { return 4; }
  absl::Status Apply(const RecordedEvent& event,
                     ProjectionState& state) override;
  bool takes_briefs() const override { return true; }
  absl::Status ApplyBrief(const StatementBrief& brief,
                          ProjectionState& state) override;
  absl::Status Flush(ProjectionState& state) override;
  size_t unflushed_bytes() const override;
  void DropCache() override;

 private:
  absl::Status Load(ProjectionState& state);
  void SetAffiliations(uint32_t actor, const ActorRecord& record,
                       ProjectionState& state);

  absl::StatusOr<StatementSummary> Summarise(const StatementBrief& statement,
                                             ProjectionState& state);
  absl::Status Record(const StatementBrief& statement, ProjectionState& state);
  absl::Status Correct(const StatementBrief& correction,
                       ProjectionState& state);
  absl::Status Retract(const StatementBrief& retraction,
                       ProjectionState& state);
  absl::Status Change(const std::string& id, StatementSummary summary,
                      uint64_t log_position, ProjectionState& state);
  absl::Status NoteDuplicate(const std::string& id, const std::string& original,
                             ProjectionState& state);
  absl::StatusOr<std::vector<std::string>> RepeatersOf(const std::string& id,
                                                       ProjectionState& state);
  absl::StatusOr<std::optional<PositionEntry>> EntryOf(const std::string& id,
                                                       ProjectionState& state);

  absl::Status ChangeActor(const RecordedEvent& event, ProjectionState& state);
  absl::Status ChangeTopic(const RecordedEvent& event, ProjectionState& state);
  absl::Status Reassign(const std::set<PositionPair>& homes,
                        const std::function<void()>& change,
                        uint64_t log_position, ProjectionState& state);
  absl::StatusOr<std::set<PositionPair>> HomesOf(
      const std::set<uint32_t>& speakers, ProjectionState& state);
  absl::Status BecomeBody(uint32_t body, uint64_t log_position,
                          ProjectionState& state);
  void MarkBody(uint32_t body, uint64_t log_position, ProjectionState& state);

  void TargetsOf(const PositionEntry& entry,
                 std::vector<PositionPair>* targets);
  absl::Status PutEntry(const PositionEntry& entry, uint64_t log_position,
                        ProjectionState& state);
  absl::Status PutEntryIn(const std::vector<PositionPair>& targets,
                          PositionEntry entry, uint64_t log_position,
                          ProjectionState& state);
  absl::Status EndEntryIn(const std::vector<PositionPair>& targets,
                          const PositionEntry& entry, uint64_t log_position,
                          ProjectionState& state);

  bool loaded_ = false;
  NumberTable actors_;
  NumberTable topics_;
  Affiliations affiliations_;
  Affiliations topic_merges_;

  // Ids that statements repeat, of which none is recorded yet.
  absl::flat_hash_set<std::string> awaited_;
  StatementIndex index_;
  PositionTable table_;

  // Reused, so that folding a statement allocates little.
  std::vector<PositionPair> targets_;
  std::vector<uint32_t> bodies_;
};

// Tables that Positions reads too: ids of actors and topics and their numbers,
// records of actors and topics, and since when a number is a body's.
inline constexpr char kActorIds = 'A';
inline constexpr char kActorNumbers = 'a';
inline constexpr char kTopicIds = 'T';
inline constexpr char kTopicNumbers = 't';
Key PositionsActorKey(absl::string_view actor_id);
Key PositionsTopicKey(absl::string_view topic_id);
Key PositionsBodyKey(uint32_t actor);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITIONS_PROJECTION_H_
