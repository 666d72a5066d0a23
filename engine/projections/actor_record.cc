#include "engine/projections/actor_record.h"

#include "absl/strings/match.h"
#include "storage/event_log.h"

namespace onrecord {
namespace {

bool FoldIntroduced(const ActorIntroduced& event, uint64_t position,
                    ActorRecord* record) {
  if (!record->names().empty()) {
    const NameFact& last = *record->names().rbegin();
    if (last.name() == event.name() && last.kind() == event.kind()) {
      return false;
    }
  }
  NameFact* const fact = record->add_names();
  fact->set_name(event.name());
  fact->set_kind(event.kind());
  fact->set_known_from(position);
  return true;
}

bool IsAbout(const AliasFact& fact, const ActorAliased& event) {
  return fact.alias() == event.alias();
}
bool IsAbout(const RoleFact& fact, const RoleHeld& event) {
  const Role& known = fact.role();
  const Role& role = event.role();
  return known.title() == role.title() && known.of() == role.of() &&
         known.from() == role.from();
}
bool IsAbout(const MembershipFact& fact, const MembershipHeld& event) {
  return fact.member_of() == event.member_of() && fact.from() == event.from();
}

// Whether the event says of the present `fact` no more than is known.
bool SaysNoMore(const AliasFact& fact, const ActorAliased& event) {
  return fact.confidence() >= event.confidence();
}
bool SaysNoMore(const RoleFact& fact, const RoleHeld& event) {
  return fact.role().to() == event.role().to();
}
bool SaysNoMore(const MembershipFact& fact, const MembershipHeld& event) {
  return fact.to() == event.to();
}

enum class Ended { kUnchanged, kEnded, kNone };

// Ends the fact of `facts` that `event` is about, at its log position. Tells
// whether the event is to be passed over: it says nothing new, or a machine
// would take back what a person has decided.
template <typename Fact, typename Event>
Ended EndFact(const Event& event, uint64_t position,
              google::protobuf::RepeatedPtrField<Fact>* facts) {
  Fact* last = nullptr;
  for (Fact& fact : *facts) {
    if (IsAbout(fact, event)) last = &fact;
  }
  if (last == nullptr) return Ended::kNone;
  const bool by_machine = event.by().empty();
  if (last->known_until() != 0) {
    return by_machine && !last->ended_by().empty() ? Ended::kUnchanged
                                                   : Ended::kNone;
  }
  if (!event.withdrawn() && SaysNoMore(*last, event)) return Ended::kUnchanged;
  if (by_machine && !last->by().empty()) return Ended::kUnchanged;
  last->set_known_until(position);
  if (event.withdrawn()) last->set_ended_by(event.by());
  return Ended::kEnded;
}

// Folds `event` into `facts`. Returns the fact to be filled in, known from
// `position` on; null if there is none to add.
template <typename Fact, typename Event>
Fact* FoldFact(const Event& event, uint64_t position,
               google::protobuf::RepeatedPtrField<Fact>* facts, bool* changed) {
  const Ended ended = EndFact(event, position, facts);
  *changed =
      ended == Ended::kEnded || (ended == Ended::kNone && !event.withdrawn());
  if (ended == Ended::kUnchanged || event.withdrawn()) return nullptr;
  Fact* const fact = facts->Add();
  fact->set_by(event.by());
  fact->set_known_from(position);
  return fact;
}

bool FoldAliased(const ActorAliased& event, uint64_t position,
                 ActorRecord* record) {
  bool changed = false;
  AliasFact* const fact =
      FoldFact(event, position, record->mutable_aliases(), &changed);
  if (fact == nullptr) return changed;
  fact->set_alias(event.alias());
  fact->set_confidence(event.confidence());
  fact->set_reason(event.reason());
  return true;
}

bool FoldRole(const RoleHeld& event, uint64_t position, ActorRecord* record) {
  bool changed = false;
  RoleFact* const fact =
      FoldFact(event, position, record->mutable_roles(), &changed);
  if (fact == nullptr) return changed;
  *fact->mutable_role() = event.role();
  return true;
}

bool FoldMembership(const MembershipHeld& event, uint64_t position,
                    ActorRecord* record) {
  bool changed = false;
  MembershipFact* const fact =
      FoldFact(event, position, record->mutable_memberships(), &changed);
  if (fact == nullptr) return changed;
  fact->set_member_of(event.member_of());
  fact->set_from(event.from());
  fact->set_to(event.to());
  return true;
}

bool EndMerges(uint64_t position, absl::string_view into, ActorRecord* record) {
  bool changed = false;
  for (MergeFact& fact : *record->mutable_merges()) {
    if (fact.known_until() != 0) continue;
    if (!into.empty() && fact.into_id() != into) continue;
    fact.set_known_until(position);
    changed = true;
  }
  return changed;
}

bool FoldMerged(const ActorsMerged& event, uint64_t position,
                ActorRecord* record) {
  if (event.merged_id() == event.into_id()) return false;
  if (MergedInto(*record, kLatest) == event.into_id()) return false;
  EndMerges(position, "", record);
  MergeFact* const fact = record->add_merges();
  fact->set_into_id(event.into_id());
  fact->set_known_from(position);
  return true;
}

bool FoldBody(const NewEvent& event, uint64_t position, ActorRecord* record) {
  switch (event.body_case()) {
    case NewEvent::kActorIntroduced:
      return FoldIntroduced(event.actor_introduced(), position, record);
    case NewEvent::kActorAliased:
      return FoldAliased(event.actor_aliased(), position, record);
    case NewEvent::kRoleHeld:
      return FoldRole(event.role_held(), position, record);
    case NewEvent::kMembershipHeld:
      return FoldMembership(event.membership_held(), position, record);
    case NewEvent::kActorsMerged:
      return FoldMerged(event.actors_merged(), position, record);
    case NewEvent::kActorsSplit:
      return EndMerges(position, event.actors_split().from_id(), record);
    default:
      return false;
  }
}

template <typename Facts>
void KeepKnown(uint64_t log_position, const Facts& from, Facts* to) {
  for (const auto& fact : from) {
    if (IsKnown(fact, log_position)) *to->Add() = fact;
  }
}

}  // namespace

const std::string& ActorOf(const NewEvent& event) {
  static const std::string* const kNone = new std::string;
  switch (event.body_case()) {
    case NewEvent::kActorIntroduced:
      return event.actor_introduced().actor_id();
    case NewEvent::kActorAliased:
      return event.actor_aliased().actor_id();
    case NewEvent::kRoleHeld:
      return event.role_held().actor_id();
    case NewEvent::kMembershipHeld:
      return event.membership_held().actor_id();
    case NewEvent::kActorsMerged:
      return event.actors_merged().merged_id();
    case NewEvent::kActorsSplit:
      return event.actors_split().merged_id();
    default:
      return *kNone;
  }
}

bool FoldActorEvent(const RecordedEvent& event, ActorRecord* record) {
  const uint64_t position = event.log_position();
  const bool changed = FoldBody(event.event(), position, record);
  if (record->known_from() == 0) {
    record->set_actor_id(ActorOf(event.event()));
    record->set_known_from(position);
    return true;
  }
  return changed;
}

ActorRecord KnownAt(const ActorRecord& record, uint64_t log_position) {
  ActorRecord known;
  known.set_actor_id(record.actor_id());
  known.set_known_from(record.known_from());
  for (const NameFact& fact : record.names()) {
    if (fact.known_from() <= log_position) *known.add_names() = fact;
  }
  KeepKnown(log_position, record.aliases(), known.mutable_aliases());
  KeepKnown(log_position, record.roles(), known.mutable_roles());
  KeepKnown(log_position, record.memberships(), known.mutable_memberships());
  KeepKnown(log_position, record.merges(), known.mutable_merges());
  return known;
}

std::string MergedInto(const ActorRecord& record, uint64_t log_position) {
  for (const MergeFact& fact : record.merges()) {
    if (IsKnown(fact, log_position)) return fact.into_id();
  }
  return "";
}

std::string NameOf(const ActorRecord& record) {
  if (record.names().empty()) return record.actor_id();
  return record.names().rbegin()->name();
}

Actor::Kind KindOf(const ActorRecord& record) {
  if (!record.names().empty() &&
      record.names().rbegin()->kind() != Actor::KIND_UNSPECIFIED) {
    return record.names().rbegin()->kind();
  }
  return KindOfId(record.actor_id());
}

Actor::Kind KindOfId(absl::string_view actor_id) {
  if (absl::StartsWith(actor_id, "person/")) return Actor::PERSON;
  if (absl::StartsWith(actor_id, "organisation/") ||
      absl::StartsWith(actor_id, "organization/")) {
    return Actor::ORGANISATION;
  }
  if (absl::StartsWith(actor_id, "country/")) return Actor::COUNTRY;
  if (absl::StartsWith(actor_id, "group/")) return Actor::GROUP;
  return Actor::KIND_UNSPECIFIED;
}

}  // namespace onrecord
