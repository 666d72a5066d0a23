// What events say of actors, folded into one record for each.

#ifndef ONRECORD_ENGINE_PROJECTIONS_ACTOR_RECORD_H_
#define ONRECORD_ENGINE_PROJECTIONS_ACTOR_RECORD_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"

namespace onrecord {

// Aliases joined with less confidence than this want a person's eye.
inline constexpr double kDoubtful = 0.75;

// The actor that an event of the directory says something of: whose record
// FoldActorEvent changes. Empty for every other event.
const std::string& ActorOf(const NewEvent& event);

// Folds an event of the directory into the record of ActorOf(event). A second
// role of the same title and body, from the same day, replaces the first, as
// does a second membership of the same body; so a last day is added later. An
// alias is taken once, the surest time. What a person has taken back, no
// machine records again. Does not look at other actors: a merge that would make
// a circle is the caller's to keep out.
//
// Returns whether anything changed.
bool FoldActorEvent(const RecordedEvent& event, ActorRecord* record);

// Keeps of `record` what was known at `log_position`.
ActorRecord KnownAt(const ActorRecord& record, uint64_t log_position);

// The actor that `record`'s reads as, directly, at a log position; empty if it
// stands for itself.
std::string MergedInto(const ActorRecord& record, uint64_t log_position);

// The name last given to the actor, and the kind: what an event says, else what
// the prefix of the id does.
std::string NameOf(const ActorRecord& record);
Actor::Kind KindOf(const ActorRecord& record);

// The kind that the prefix of an id says ("person/…").
Actor::Kind KindOfId(absl::string_view actor_id);

// Whether a fact of these bounds was known at a log position.
template <typename Fact>
bool IsKnown(const Fact& fact, uint64_t log_position) {
  return fact.known_from() <= log_position &&
         (fact.known_until() == 0 || log_position < fact.known_until());
}

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_ACTOR_RECORD_H_
