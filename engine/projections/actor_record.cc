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

bool FoldAliased(const ActorAliased& event, uint64_t position,
                 ActorRecord* record) {
  bool ended = false;
  for (AliasFact& fact : *record->mutable_aliases()) {
    if (fact.alias() != event.alias() || fact.known_until() != 0) continue;
    if (!event.withdrawn() && fact.confidence() >= event.confidence()) {
      return false;
    }
    fact.set_known_until(position);
    ended = true;
  }
  if (event.withdrawn()) return ended;
  AliasFact* const fact = record->add_aliases();
  fact->set_alias(event.alias());
  fact->set_confidence(event.confidence());
  fact->set_reason(event.reason());
  fact->set_by(event.by());
  fact->set_known_from(position);
  return true;
}

bool FoldRole(const RoleHeld& event, uint64_t position, ActorRecord* record) {
  bool ended = false;
  for (RoleFact& fact : *record->mutable_roles()) {
    const Role& known = fact.role();
    const Role& role = event.role();
    if (fact.known_until() != 0 || known.title() != role.title() ||
        known.of() != role.of() || known.from() != role.from()) {
      continue;
    }
    if (!event.withdrawn() && known.to() == role.to()) return false;
    // A machine does not take back what a person has decided.
    if (event.by().empty() && !fact.by().empty()) return false;
    fact.set_known_until(position);
    ended = true;
  }
  if (event.withdrawn()) return ended;
  RoleFact* const fact = record->add_roles();
  *fact->mutable_role() = event.role();
  fact->set_by(event.by());
  fact->set_known_from(position);
  return true;
}

bool FoldMembership(const MembershipHeld& event, uint64_t position,
                    ActorRecord* record) {
  bool ended = false;
  for (MembershipFact& fact : *record->mutable_memberships()) {
    if (fact.known_until() != 0 || fact.member_of() != event.member_of() ||
        fact.from() != event.from()) {
      continue;
    }
    if (!event.withdrawn() && fact.to() == event.to()) return false;
    if (event.by().empty() && !fact.by().empty()) return false;
    fact.set_known_until(position);
    ended = true;
  }
  if (event.withdrawn()) return ended;
  MembershipFact* const fact = record->add_memberships();
  fact->set_member_of(event.member_of());
  fact->set_from(event.from());
  fact->set_to(event.to());
  fact->set_by(event.by());
  fact->set_known_from(position);
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
  const std::string& id = record.actor_id();
  if (absl::StartsWith(id, "person/")) return Actor::PERSON;
  if (absl::StartsWith(id, "organisation/") ||
      absl::StartsWith(id, "organization/")) {
    return Actor::ORGANISATION;
  }
  if (absl::StartsWith(id, "country/")) return Actor::COUNTRY;
  if (absl::StartsWith(id, "group/")) return Actor::GROUP;
  return Actor::KIND_UNSPECIFIED;
}

}  // namespace onrecord
