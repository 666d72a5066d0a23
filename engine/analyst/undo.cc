#include "engine/analyst/undo.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/analyst/actor_decisions.h"
#include "engine/analyst/statement_decisions.h"
#include "engine/analyst/topic_decisions.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/topics.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Whether two facts about one thing say the same, whoever recorded them when.
bool SaysTheSame(const AliasFact& a, const AliasFact& b) {
  return a.confidence() == b.confidence();
}
bool SaysTheSame(const RoleFact& a, const RoleFact& b) {
  return a.role().to() == b.role().to();
}
bool SaysTheSame(const MembershipFact& a, const MembershipFact& b) {
  return a.to() == b.to();
}

bool SaysTheSame(const StatementRecord& a, const StatementRecord& b) {
  return a.retracted() == b.retracted() &&
         (!a.retracted() || a.kind() == b.kind()) &&
         google::protobuf::util::MessageDifferencer::Equals(a.statement(),
                                                            b.statement());
}

// Undoes one event: compares what was known before it, right after it, and now.
// What it left may have been changed and brought back since; then it stands.
class Undoing {
 public:
  Undoing(const RecordedEvent& event, const Known& known, DecidedEvents& events)
      : event_(event.event()),
        position_(event.log_position()),
        known_(known),
        events_(events) {}

  absl::Status Run() {
    switch (event_.body_case()) {
      case NewEvent::kStatementCorrected:
        return UndoOf(event_.statement_corrected());
      case NewEvent::kStatementRetracted:
        return UndoOf(event_.statement_retracted());
      case NewEvent::kActorAliased:
        return UndoFact(event_.actor_aliased());
      case NewEvent::kRoleHeld:
        return UndoFact(event_.role_held());
      case NewEvent::kMembershipHeld:
        return UndoFact(event_.membership_held());
      case NewEvent::kActorsMerged:
        return UndoMerge(event_.actors_merged().merged_id());
      case NewEvent::kActorsSplit:
        return UndoMerge(event_.actors_split().merged_id());
      case NewEvent::kTopicsMerged:
        return UndoTopicMerge();
      default:
        return absl::FailedPreconditionError(absl::StrCat(
            "what log position ", position_,
            " records cannot be undone: a statement is retracted or corrected, "
            "an article forgotten"));
    }
  }

 private:
  // Whether the event changed something that is still as it left it, given
  // what identifies that before it, right after it, and now.
  absl::Status CheckStands(bool changed, bool still_stands) const {
    if (!changed) {
      return absl::FailedPreconditionError(
          absl::StrCat("log position ", position_,
                       " changed nothing, so nothing is undone"));
    }
    if (still_stands) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat("what log position ", position_,
                     " recorded was changed or undone since; `onrecord log "
                     "read` shows by what"));
  }

  template <typename StatementEvent>
  absl::Status UndoOf(const StatementEvent& event) {
    ONRECORD_ASSIGN_OR_RETURN(const StatementRecord now,
                              known_.statements.Find(event.statement_id()));
    ONRECORD_ASSIGN_OR_RETURN(
        const StatementRecord after,
        known_.statements.Find(event.statement_id(), position_));
    ONRECORD_ASSIGN_OR_RETURN(
        const StatementRecord before,
        known_.statements.Find(event.statement_id(), position_ - 1));
    ONRECORD_RETURN_IF_ERROR(
        CheckStands(after.known_from() == position_, SaysTheSame(now, after)));
    if (before.retracted()) {
      AddRetraction(before.statement(), before.kind(), events_);
    } else {
      AddCorrection(before.statement(), event.kind(), events_);
    }
    return absl::OkStatus();
  }

  // The fact that an event is about; null if `record` has none.
  static const AliasFact* FactOf(const ActorRecord& record,
                                 const ActorAliased& event) {
    return Find(record.aliases(), [&](const AliasFact& fact) {
      return fact.alias() == event.alias();
    });
  }
  static const RoleFact* FactOf(const ActorRecord& record,
                                const RoleHeld& event) {
    return Find(record.roles(), [&](const RoleFact& fact) {
      return fact.role().title() == event.role().title() &&
             fact.role().of() == event.role().of() &&
             fact.role().from() == event.role().from();
    });
  }
  static const MembershipFact* FactOf(const ActorRecord& record,
                                      const MembershipHeld& event) {
    return Find(record.memberships(), [&](const MembershipFact& fact) {
      return fact.member_of() == event.member_of() &&
             fact.from() == event.from();
    });
  }
  template <typename Facts, typename IsMeant>
  static const typename Facts::value_type* Find(const Facts& facts,
                                                IsMeant is_meant) {
    const auto found = std::find_if(facts.begin(), facts.end(), is_meant);
    return found == facts.end() ? nullptr : &*found;
  }

  template <typename FactEvent>
  absl::Status UndoFact(const FactEvent& event) {
    ONRECORD_ASSIGN_OR_RETURN(const ActorRecord own,
                              known_.actors.FindOwn(event.actor_id()));
    const ActorRecord known_before = KnownAt(own, position_ - 1);
    const ActorRecord known_after = KnownAt(own, position_);
    const ActorRecord known_now = KnownAt(own, kLatest);
    const auto* const before = FactOf(known_before, event);
    const auto* const after = FactOf(known_after, event);
    const auto* const now = FactOf(known_now, event);
    const auto since = [](const auto* fact) {
      return fact == nullptr ? 0 : fact->known_from();
    };
    const bool stands = now == nullptr || after == nullptr
                            ? now == after
                            : SaysTheSame(*now, *after);
    ONRECORD_RETURN_IF_ERROR(
        CheckStands(since(before) != since(after), stands));
    if (after != nullptr) {
      AddFact(event.actor_id(), *after, /*withdrawn=*/true, events_);
    }
    if (before != nullptr) {
      AddFact(event.actor_id(), *before, /*withdrawn=*/false, events_);
    }
    return absl::OkStatus();
  }

  absl::Status UndoMerge(const std::string& actor_id) {
    ONRECORD_ASSIGN_OR_RETURN(const ActorRecord own,
                              known_.actors.FindOwn(actor_id));
    const std::string before = MergedInto(own, position_ - 1);
    const std::string after = MergedInto(own, position_);
    ONRECORD_RETURN_IF_ERROR(
        CheckStands(before != after, MergedInto(own, kLatest) == after));
    if (!after.empty()) AddSplit(actor_id, after, events_);
    if (!before.empty()) AddMerge(actor_id, before, events_);
    return absl::OkStatus();
  }

  absl::Status UndoTopicMerge() {
    const TopicsMerged& event = event_.topics_merged();
    ONRECORD_ASSIGN_OR_RETURN(const TopicRecord own,
                              known_.topics.FindOwn(event.merged_id()));
    const std::string before = MergedInto(own, position_ - 1);
    const std::string after = MergedInto(own, position_);
    ONRECORD_RETURN_IF_ERROR(
        CheckStands(before != after, MergedInto(own, kLatest) == after));
    const std::string& into = after.empty() ? before : after;
    AddTopicMerge(event.merged_id(), into, /*undone=*/!after.empty(), events_);
    return absl::OkStatus();
  }

  const NewEvent& event_;
  const uint64_t position_;
  const Known& known_;
  DecidedEvents& events_;
};

absl::StatusOr<RecordedEvent> EventAt(uint64_t log_position, EventLog& log) {
  const std::unique_ptr<EventReader> reader = log.ReadLog(log_position, {});
  if (log_position == 0 || !reader->Valid()) {
    ONRECORD_RETURN_IF_ERROR(reader->status());
    return absl::OutOfRangeError(
        absl::StrCat("there is no log position ", log_position,
                     "; the log ends at ", log.last_log_position()));
  }
  RecordedEvent event = reader->event();
  ONRECORD_RETURN_IF_ERROR(reader->status());
  return event;
}

}  // namespace

absl::Status Decide(const Undo& change, const Known& known,
                    DecidedEvents& events) {
  std::vector<uint64_t> positions = change.log_positions;
  std::sort(positions.begin(), positions.end(), std::greater<>());
  positions.erase(std::unique(positions.begin(), positions.end()),
                  positions.end());
  if (positions.empty()) {
    return absl::InvalidArgumentError("`log_positions` is empty");
  }
  for (const uint64_t position : positions) {
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent event,
                              EventAt(position, known.log));
    events.set_cause(event.event().id());
    ONRECORD_RETURN_IF_ERROR(Undoing(event, known, events).Run());
  }
  return absl::OkStatus();
}

}  // namespace onrecord
