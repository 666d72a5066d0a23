#include "engine/actors/directory.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/name_key.h"
#include "engine/edtf.h"
#include "engine/projections/actor_record.h"

namespace onrecord {
namespace {

void Insert(std::vector<std::string>& ids, const std::string& id) {
  const auto place = std::lower_bound(ids.begin(), ids.end(), id);
  if (place == ids.end() || *place != id) ids.insert(place, id);
}

bool HasRole(const Actor& actor, const Role& role) {
  return std::any_of(
      actor.roles().begin(), actor.roles().end(), [&role](const Role& held) {
        return held.title() == role.title() && held.of() == role.of() &&
               held.from() == role.from() && held.to() == role.to();
      });
}

}  // namespace

Actor::Kind KindOf(const Actor& actor) {
  if (actor.kind() != Actor::KIND_UNSPECIFIED) return actor.kind();
  if (absl::StartsWith(actor.id(), "person/")) return Actor::PERSON;
  if (absl::StartsWith(actor.id(), "country/")) return Actor::COUNTRY;
  if (absl::StartsWith(actor.id(), "group/")) return Actor::GROUP;
  if (absl::StartsWith(actor.id(), "organisation/") ||
      absl::StartsWith(actor.id(), "organization/")) {
    return Actor::ORGANISATION;
  }
  return Actor::KIND_UNSPECIFIED;
}

bool SameTitle(absl::string_view a, absl::string_view b) {
  const std::string first = NameKey(a);
  const std::string second = NameKey(b);
  return first == second || absl::StartsWith(first, second + " ") ||
         absl::StartsWith(second, first + " ") ||
         absl::EndsWith(first, " " + second) ||
         absl::EndsWith(second, " " + first);
}

bool IsHeldOn(const Role& role, absl::CivilDay day) {
  if (!role.from().empty()) {
    const absl::StatusOr<EdtfTime> from = EdtfTime::Parse(role.from());
    if (from.ok() && day < from->first_day()) return false;
  }
  if (!role.to().empty()) {
    const absl::StatusOr<EdtfTime> to = EdtfTime::Parse(role.to());
    if (to.ok() && day > to->last_day()) return false;
  }
  return true;
}

Actor& Directory::Put(const std::string& id) {
  std::unique_ptr<Actor>& actor = actors_[id];
  if (actor == nullptr) {
    actor = std::make_unique<Actor>();
    actor->set_id(id);
  }
  return *actor;
}

void Directory::AddName(const Actor& actor, absl::string_view name) {
  const std::string key = NameKey(name);
  if (key.empty()) return;
  Insert(by_name_[key], actor.id());
  if (KindOf(actor) != Actor::PERSON) return;
  Insert(by_words_[UnorderedNameKey(key)], actor.id());
  Insert(by_family_name_[std::string(LastWord(key))], actor.id());
}

void Directory::AddAlias(Actor& actor, const std::string& alias) {
  if (IsCalled(actor, alias)) return;
  actor.add_aliases(alias);
  AddName(actor, alias);
}

void Directory::Add(const ActorRecord& record) {
  Actor& actor = Put(record.actor_id());
  actor.set_name(NameOf(record));
  actor.set_kind(KindOf(record));
  AddName(actor, actor.name());
  for (const AliasFact& alias : record.aliases()) {
    AddAlias(actor, alias.alias());
  }
  for (const RoleFact& role : record.roles()) *actor.add_roles() = role.role();
  for (const MembershipFact& membership : record.memberships()) {
    actor.add_member_of(membership.member_of());
  }
}

void Directory::Apply(const NewEvent& event) {
  switch (event.body_case()) {
    case NewEvent::kActorIntroduced: {
      const ActorIntroduced& body = event.actor_introduced();
      Actor& actor = Put(body.actor_id());
      actor.set_name(body.name());
      actor.set_kind(body.kind());
      AddName(actor, body.name());
      return;
    }
    case NewEvent::kActorAliased: {
      const ActorAliased& body = event.actor_aliased();
      AddAlias(Put(body.actor_id()), body.alias());
      return;
    }
    case NewEvent::kRoleHeld: {
      const RoleHeld& body = event.role_held();
      Actor& actor = Put(body.actor_id());
      if (!HasRole(actor, body.role())) *actor.add_roles() = body.role();
      return;
    }
    case NewEvent::kMembershipHeld: {
      const MembershipHeld& body = event.membership_held();
      Actor& actor = Put(body.actor_id());
      if (std::find(actor.member_of().begin(), actor.member_of().end(),
                    body.member_of()) == actor.member_of().end()) {
        actor.add_member_of(body.member_of());
      }
      return;
    }
    default:
      return;
  }
}

const Actor* Directory::Find(absl::string_view id) const {
  const auto actor = actors_.find(id);
  return actor == actors_.end() ? nullptr : actor->second.get();
}

std::vector<const Actor*> Directory::FindIn(const Index& index,
                                            const std::string& key) const {
  std::vector<const Actor*> found;
  const auto entry = index.find(key);
  if (entry == index.end()) return found;
  for (const std::string& id : entry->second) {
    found.push_back(Find(id));
  }
  return found;
}

std::vector<const Actor*> Directory::FindByName(absl::string_view name) const {
  return FindIn(by_name_, NameKey(name));
}

std::vector<const Actor*> Directory::FindByWords(absl::string_view name) const {
  return FindIn(by_words_, UnorderedNameKey(NameKey(name)));
}

std::vector<const Actor*> Directory::FindByFamilyName(
    absl::string_view family_name) const {
  return FindIn(by_family_name_, NameKey(family_name));
}

std::vector<const Actor*> Directory::FindByRole(absl::string_view title,
                                                absl::string_view of,
                                                absl::CivilDay day) const {
  std::vector<const Actor*> found;
  for (const auto& [id, actor] : actors_) {
    const bool holds = std::any_of(
        actor->roles().begin(), actor->roles().end(), [&](const Role& role) {
          return role.of() == of && SameTitle(role.title(), title) &&
                 IsHeldOn(role, day);
        });
    if (holds) found.push_back(actor.get());
  }
  return found;
}

bool Directory::IsCalled(const Actor& actor, absl::string_view name) const {
  const std::string key = NameKey(name);
  return NameKey(actor.name()) == key ||
         std::any_of(actor.aliases().begin(), actor.aliases().end(),
                     [&key](const std::string& alias) {
                       return NameKey(alias) == key;
                     });
}

std::vector<const Actor*> Directory::All() const {
  std::vector<const Actor*> all;
  for (const auto& [id, actor] : actors_) {
    all.push_back(actor.get());
  }
  return all;
}

}  // namespace onrecord
