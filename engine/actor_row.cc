#include "engine/actor_row.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/strings/string_view.h"
#include "engine/projections/actor_record.h"

namespace onrecord {
namespace {

absl::string_view KindName(Actor::Kind kind) {
  switch (kind) {
    case Actor::PERSON:
      return "person";
    case Actor::ORGANISATION:
      return "organisation";
    case Actor::COUNTRY:
      return "country";
    case Actor::GROUP:
      return "group";
    default:
      return "";
  }
}

void SortParts(ActorRow& row) {
  for (auto* const texts :
       {row.mutable_aliases(), row.mutable_doubtful_aliases(),
        row.mutable_member_of()}) {
    std::sort(texts->begin(), texts->end());
  }
  const auto key = [](const RoleRow& role) {
    return std::tie(role.from(), role.to(), role.of(), role.title());
  };
  std::sort(
      row.mutable_roles()->begin(), row.mutable_roles()->end(),
      [&key](const RoleRow& a, const RoleRow& b) { return key(a) < key(b); });
}

}  // namespace

ActorRow RowOfActor(const ActorRecord& record, uint32_t statements) {
  ActorRow row;
  row.set_actor_id(record.actor_id());
  row.set_name(NameOf(record));
  row.set_kind(std::string(KindName(KindOf(record))));
  for (const AliasFact& alias : record.aliases()) {
    if (alias.confidence() < kDoubtful) {
      row.add_doubtful_aliases(alias.alias());
    } else {
      row.add_aliases(alias.alias());
    }
  }
  for (const RoleFact& role : record.roles()) {
    RoleRow& role_row = *row.add_roles();
    role_row.set_title(role.role().title());
    role_row.set_of(role.role().of());
    role_row.set_from(role.role().from());
    role_row.set_to(role.role().to());
  }
  for (const MembershipFact& membership : record.memberships()) {
    row.add_member_of(membership.member_of());
  }
  row.set_statements(statements);
  SortParts(row);
  return row;
}

}  // namespace onrecord
