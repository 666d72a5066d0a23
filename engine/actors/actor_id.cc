#include "engine/actors/actor_id.h"

#include "absl/strings/str_cat.h"
#include "engine/actors/name_key.h"

namespace onrecord {
namespace {

absl::string_view KindPrefix(Actor::Kind kind) {
  switch (kind) {
    case Actor::PERSON:
      return "person/";
    case Actor::COUNTRY:
      return "country/";
    case Actor::GROUP:
      return "group/";
    case Actor::ORGANISATION:
      return "organisation/";
    default:
      return "actor/";
  }
}

}  // namespace

std::string NewActorId(Actor::Kind kind, absl::string_view name,
                       absl::FunctionRef<bool(const std::string&)> is_taken) {
  const std::string slug = Slug(name);
  const std::string id =
      absl::StrCat(KindPrefix(kind), slug.empty() ? "x" : slug);
  if (!is_taken(id)) return id;
  for (int n = 2;; ++n) {
    std::string numbered = absl::StrCat(id, "-", n);
    if (!is_taken(numbered)) return numbered;
  }
}

}  // namespace onrecord
