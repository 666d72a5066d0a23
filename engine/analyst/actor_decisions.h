// Decisions on who is who: names, roles, memberships, merges.

#ifndef ONRECORD_ENGINE_ANALYST_ACTOR_DECISIONS_H_
#define ONRECORD_ENGINE_ANALYST_ACTOR_DECISIONS_H_

#include "absl/status/status.h"
#include "engine/analyst/change.h"
#include "engine/analyst/decided_events.h"
#include "proto/projection.pb.h"

namespace onrecord {

// Add the events of a change. Errors as EventsOf.
absl::Status Decide(const MergeActors& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const SplitActors& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const DivideActor& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const AliasActor& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const HoldRole& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const JoinBody& change, const Known& known,
                    DecidedEvents& events);

// Add the event that records a fact of an actor, or takes it back.
void AddFact(const std::string& actor_id, const AliasFact& fact, bool withdrawn,
             DecidedEvents& events);
void AddFact(const std::string& actor_id, const RoleFact& fact, bool withdrawn,
             DecidedEvents& events);
void AddFact(const std::string& actor_id, const MembershipFact& fact,
             bool withdrawn, DecidedEvents& events);

// Add the events of a merge of two ids, and of its end.
void AddMerge(const std::string& actor_id, const std::string& into_id,
              DecidedEvents& events);
void AddSplit(const std::string& actor_id, const std::string& from_id,
              DecidedEvents& events);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_ACTOR_DECISIONS_H_
