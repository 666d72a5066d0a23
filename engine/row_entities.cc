#include "engine/row_entities.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/extract/speakers/gazetteer.h"

namespace onrecord {
namespace {

// The kind that an actor's id begins with: "person/ana-ruiz".
Actor::Kind KindOfId(absl::string_view id) {
  if (absl::StartsWith(id, "person/")) return Actor::PERSON;
  if (absl::StartsWith(id, "organisation/")) return Actor::ORGANISATION;
  if (absl::StartsWith(id, "country/")) return Actor::COUNTRY;
  if (absl::StartsWith(id, "group/")) return Actor::GROUP;
  return Actor::KIND_UNSPECIFIED;
}

}  // namespace

int RowEntities::Add(const MentionRow& row, Mention& mention) {
  if (row.has_end()) SetSpan(row, *mention.mutable_span());
  mention.set_role(row.role());
  mention.set_reason(row.reason());
  const std::string name =
      row.actor_name().empty() ? row.text() : row.actor_name();
  const std::string key =
      absl::StrCat(row.unnamed() ? "?" : "=", row.actor_id(), "/", name);
  const auto [entry, is_new] =
      indices_.emplace(key, static_cast<int>(entities_.size()));
  if (is_new) {
    extract::Entity& entity = entities_.emplace_back();
    entity.name = name;
    entity.unnamed = row.unnamed() || name.empty();
    entity.member_of = row.member_of();
    entity.begin = row.begin();
    entity.end = row.end();
    entity.kind = extract::FindCountry(name) != nullptr
                      ? Actor::COUNTRY
                      : KindOfId(row.actor_id());
    actor_ids_.push_back(row.actor_id());
  }
  return entry->second;
}

}  // namespace onrecord
