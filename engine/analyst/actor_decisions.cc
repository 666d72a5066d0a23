#include "engine/analyst/actor_decisions.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/actor_id.h"
#include "engine/actors/name_key.h"
#include "engine/actors/period.h"
#include "engine/actors/streams.h"
#include "engine/analyst/statement_decisions.h"
#include "engine/projections/actor_record.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

absl::StatusOr<ActorRecord> FindActor(const std::string& name_or_id,
                                      const Known& known) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string id,
                            known.lookup.ActorId(name_or_id));
  return known.actors.Find(id);
}

bool IsCalled(const ActorRecord& actor, const std::string& name) {
  const std::string key = NameKey(name);
  return absl::c_any_of(actor.names(),
                        [&](const NameFact& fact) {
                          return NameKey(fact.name()) == key;
                        }) ||
         absl::c_any_of(actor.aliases(), [&](const AliasFact& fact) {
           return NameKey(fact.alias()) == key;
         });
}

// The ids whose own facts `actor` joins.
std::vector<std::string> IdsOf(const ActorRecord& actor) {
  std::vector<std::string> ids = {actor.actor_id()};
  ids.insert(ids.end(), actor.merged_ids().begin(), actor.merged_ids().end());
  return ids;
}

// Adds the events that take back every present fact of `actor` that `is_meant`,
// of `facts` of its record; each stands under the id that it was recorded of.
// Returns NOT_FOUND, naming `what`, if there is none.
template <typename Facts, typename IsMeant>
absl::Status Withdraw(const ActorRecord& actor, const std::string& what,
                      const Facts& (ActorRecord::*facts)() const,
                      IsMeant is_meant, const Known& known,
                      DecidedEvents& events) {
  bool found = false;
  for (const std::string& id : IdsOf(actor)) {
    ONRECORD_ASSIGN_OR_RETURN(const ActorRecord own, known.actors.FindOwn(id));
    for (const auto& fact : (own.*facts)()) {
      if (fact.known_until() != 0 || !is_meant(fact)) continue;
      found = true;
      AddFact(id, fact, /*withdrawn=*/true, events);
    }
  }
  if (found) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("\"", NameOf(actor), "\" has no ", what));
}

std::string DescribePeriod(const std::string& from, const std::string& to) {
  return absl::StrCat(from.empty() ? "always" : from, " to ",
                      to.empty() ? "now" : to);
}

// Whether the change would say what is known, or something that contradicts
// it: the same office or membership, at an overlapping time. The same first day
// is how a last day is added later.
absl::Status CheckAgainst(const std::string& what, const Period& wanted,
                          const Period& held) {
  if (wanted.from == held.from && wanted.to == held.to) {
    return absl::FailedPreconditionError(
        absl::StrCat("that is recorded already: ", what));
  }
  if (wanted.from == held.from || !Overlap(wanted, held)) {
    return absl::OkStatus();
  }
  return InvalidField(
      "from",
      absl::StrCat("overlaps what is recorded: ", what, ", ",
                   DescribePeriod(std::string(held.from), std::string(held.to)),
                   "; take that back, or give its last day, first"));
}

absl::StatusOr<std::string> Introduce(const std::string& name, Actor::Kind kind,
                                      const Known& known,
                                      DecidedEvents& events) {
  absl::Status status;
  const std::string id = NewActorId(kind, name, [&](const std::string& taken) {
    const absl::Status found = known.actors.FindOwn(taken).status();
    if (!found.ok() && !absl::IsNotFound(found)) status.Update(found);
    return found.ok();
  });
  ONRECORD_RETURN_IF_ERROR(status);
  ActorIntroduced& body =
      *events.Add(ActorStream(id)).mutable_actor_introduced();
  body.set_actor_id(id);
  body.set_name(name);
  body.set_kind(kind);
  return id;
}

}  // namespace

void AddFact(const std::string& actor_id, const AliasFact& fact, bool withdrawn,
             DecidedEvents& events) {
  NewEvent& event = events.Add(ActorStream(actor_id));
  ActorAliased& body = events.Sign(*event.mutable_actor_aliased());
  body.set_actor_id(actor_id);
  body.set_alias(fact.alias());
  body.set_confidence(fact.confidence());
  body.set_withdrawn(withdrawn);
}

void AddFact(const std::string& actor_id, const RoleFact& fact, bool withdrawn,
             DecidedEvents& events) {
  NewEvent& event = events.Add(ActorStream(actor_id));
  event.set_valid_time(fact.role().from());
  RoleHeld& body = events.Sign(*event.mutable_role_held());
  body.set_actor_id(actor_id);
  *body.mutable_role() = fact.role();
  body.set_withdrawn(withdrawn);
}

void AddFact(const std::string& actor_id, const MembershipFact& fact,
             bool withdrawn, DecidedEvents& events) {
  NewEvent& event = events.Add(ActorStream(actor_id));
  event.set_valid_time(fact.from());
  MembershipHeld& body = events.Sign(*event.mutable_membership_held());
  body.set_actor_id(actor_id);
  body.set_member_of(fact.member_of());
  body.set_from(fact.from());
  body.set_to(fact.to());
  body.set_withdrawn(withdrawn);
}

void AddMerge(const std::string& actor_id, const std::string& into_id,
              DecidedEvents& events) {
  NewEvent& event = events.Add(ActorStream(actor_id));
  ActorsMerged& body = events.Sign(*event.mutable_actors_merged());
  body.set_merged_id(actor_id);
  body.set_into_id(into_id);
}

void AddSplit(const std::string& actor_id, const std::string& from_id,
              DecidedEvents& events) {
  NewEvent& event = events.Add(ActorStream(actor_id));
  ActorsSplit& body = events.Sign(*event.mutable_actors_split());
  body.set_merged_id(actor_id);
  body.set_from_id(from_id);
}

absl::Status Decide(const MergeActors& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string actor,
                            known.lookup.ActorId(change.actor));
  ONRECORD_ASSIGN_OR_RETURN(const std::string into,
                            known.lookup.ActorId(change.into));
  if (actor == into) {
    return absl::FailedPreconditionError(absl::StrCat(
        "\"", change.actor, "\" and \"", change.into, "\" are one actor, ",
        actor, "; merging them again would make a circle"));
  }
  AddMerge(actor, into, events);
  return absl::OkStatus();
}

absl::Status Decide(const SplitActors& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_ASSIGN_OR_RETURN(const ActorRecord from,
                            FindActor(change.from, known));
  for (const std::string& id : from.merged_ids()) {
    ONRECORD_ASSIGN_OR_RETURN(const ActorRecord own, known.actors.FindOwn(id));
    const std::string into = MergedInto(own, kLatest);
    if (into.empty() || (id != change.actor &&
                         !IsCalled(KnownAt(own, kLatest), change.actor))) {
      continue;
    }
    AddSplit(id, into, events);
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("no actor \"", change.actor,
                                          "\" was merged into \"", NameOf(from),
                                          "\""));
}

absl::Status Decide(const DivideActor& change, const Known& known,
                    DecidedEvents& events) {
  if (change.name.empty()) return InvalidField("name", "is empty");
  if (change.statement_ids.empty()) {
    return InvalidField("statement_ids",
                        "must name the statements of the other actor");
  }
  ONRECORD_ASSIGN_OR_RETURN(const ActorRecord from,
                            FindActor(change.from, known));
  ONRECORD_ASSIGN_OR_RETURN(
      const std::string id,
      Introduce(change.name, KindOf(from), known, events));
  for (const std::string& alias : change.aliases) {
    const auto is_meant = [&](const AliasFact& fact) {
      return fact.alias() == alias;
    };
    ONRECORD_RETURN_IF_ERROR(
        Withdraw(from, absl::StrCat("alias \"", alias, "\""),
                 &ActorRecord::aliases, is_meant, known, events));
    AliasFact moved;
    moved.set_alias(alias);
    moved.set_confidence(1);
    AddFact(id, moved, /*withdrawn=*/false, events);
  }
  for (const std::string& statement_id : change.statement_ids) {
    ONRECORD_ASSIGN_OR_RETURN(const StatementRecord record,
                              known.lookup.FindStatement(statement_id));
    Statement statement = record.statement();
    ONRECORD_ASSIGN_OR_RETURN(
        const std::string speaker,
        known.actors.Canonical(statement.speaker().actor_id()));
    if (record.retracted() || speaker != from.actor_id()) {
      return InvalidField(
          "statement_ids",
          absl::StrCat("has \"", statement_id,
                       "\", which is no statement of \"", NameOf(from), "\""));
    }
    SetSpeaker(id, events.decision().by, statement);
    AddCorrection(statement, IDENTITY_WRONG, events);
  }
  return absl::OkStatus();
}

absl::Status Decide(const AliasActor& change, const Known& known,
                    DecidedEvents& events) {
  if (NameKey(change.alias).empty()) return InvalidField("alias", "is empty");
  ONRECORD_ASSIGN_OR_RETURN(const ActorRecord actor,
                            FindActor(change.actor, known));
  if (change.withdrawn) {
    const auto is_meant = [&](const AliasFact& fact) {
      return NameKey(fact.alias()) == NameKey(change.alias);
    };
    return Withdraw(actor, absl::StrCat("alias \"", change.alias, "\""),
                    &ActorRecord::aliases, is_meant, known, events);
  }
  const bool confirms =
      absl::c_any_of(actor.aliases(), [&](const AliasFact& fact) {
        return NameKey(fact.alias()) == NameKey(change.alias) &&
               fact.confidence() < 1;
      });
  if (IsCalled(actor, change.alias) && !confirms) {
    return absl::FailedPreconditionError(absl::StrCat(
        "\"", NameOf(actor), "\" is called \"", change.alias, "\" already"));
  }
  AliasFact fact;
  fact.set_alias(change.alias);
  fact.set_confidence(1);
  AddFact(actor.actor_id(), fact, /*withdrawn=*/false, events);
  return absl::OkStatus();
}

absl::Status Decide(const HoldRole& change, const Known& known,
                    DecidedEvents& events) {
  if (NameKey(change.role.title()).empty()) {
    return InvalidField("title", "is empty");
  }
  ONRECORD_ASSIGN_OR_RETURN(const ActorRecord actor,
                            FindActor(change.actor, known));
  RoleFact fact;
  Role& role = *fact.mutable_role();
  role = change.role;
  if (!role.of().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(*role.mutable_of(),
                              known.lookup.ActorId(role.of()));
  }
  const Period wanted{role.from(), role.to()};
  ONRECORD_RETURN_IF_ERROR(CheckPeriod("", wanted));
  const auto is_same_office = [&](const RoleFact& held) {
    return NameKey(held.role().title()) == NameKey(role.title()) &&
           held.role().of() == role.of();
  };
  const std::string what =
      absl::StrCat("role \"", role.title(), "\"",
                   role.of().empty() ? "" : " of ", role.of());
  if (change.withdrawn) {
    const auto is_meant = [&](const RoleFact& held) {
      return is_same_office(held) &&
             (role.from().empty() || held.role().from() == role.from());
    };
    return Withdraw(actor, what, &ActorRecord::roles, is_meant, known, events);
  }
  for (const RoleFact& held : actor.roles()) {
    if (!is_same_office(held)) continue;
    ONRECORD_RETURN_IF_ERROR(
        CheckAgainst(what, wanted, {held.role().from(), held.role().to()}));
    role.set_title(held.role().title());  // as it is known
  }
  AddFact(actor.actor_id(), fact, /*withdrawn=*/false, events);
  return absl::OkStatus();
}

absl::Status Decide(const JoinBody& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_ASSIGN_OR_RETURN(const ActorRecord actor,
                            FindActor(change.actor, known));
  ONRECORD_ASSIGN_OR_RETURN(const std::string body,
                            known.lookup.ActorId(change.body));
  if (body == actor.actor_id()) {
    return InvalidField("body", "is the actor itself");
  }
  const Period wanted{change.from, change.to};
  ONRECORD_RETURN_IF_ERROR(CheckPeriod("", wanted));
  const std::string what = absl::StrCat("membership in ", body);
  if (change.withdrawn) {
    const auto is_meant = [&](const MembershipFact& held) {
      return held.member_of() == body &&
             (change.from.empty() || held.from() == change.from);
    };
    return Withdraw(actor, what, &ActorRecord::memberships, is_meant, known,
                    events);
  }
  for (const MembershipFact& held : actor.memberships()) {
    if (held.member_of() != body) continue;
    ONRECORD_RETURN_IF_ERROR(
        CheckAgainst(what, wanted, {held.from(), held.to()}));
  }
  MembershipFact fact;
  fact.set_member_of(body);
  fact.set_from(change.from);
  fact.set_to(change.to);
  AddFact(actor.actor_id(), fact, /*withdrawn=*/false, events);
  return absl::OkStatus();
}

}  // namespace onrecord
