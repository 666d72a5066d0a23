#include "engine/ingest/codebook_check.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/actors/period.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(const std::string& field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

absl::Status CheckRole(const std::string& field, const Role& role,
                       const absl::flat_hash_set<std::string>& actors) {
  if (role.title().empty()) return InvalidField(field + ".title", "is empty");
  if (!role.of().empty() && !actors.contains(role.of())) {
    return InvalidField(field + ".of",
                        absl::StrCat("\"", role.of(), "\" is no actor's id"));
  }
  return CheckPeriod(field + ".", {role.from(), role.to()});
}

// Whether both say that one office was held on one day.
bool Contradict(const Role& a, const Role& b) {
  return a.title() == b.title() && a.of() == b.of() &&
         Overlap({a.from(), a.to()}, {b.from(), b.to()});
}

absl::Status CheckActor(const std::string& field, const Actor& actor,
                        const absl::flat_hash_set<std::string>& actors) {
  if (actor.name().empty()) return InvalidField(field + ".name", "is empty");
  for (const std::string& body : actor.member_of()) {
    if (!actors.contains(body)) {
      return InvalidField(field + ".memberOf",
                          absl::StrCat("\"", body, "\" is no actor's id"));
    }
  }
  for (int i = 0; i < actor.roles_size(); ++i) {
    const std::string role_field = absl::StrCat(field, ".roles[", i, "]");
    ONRECORD_RETURN_IF_ERROR(CheckRole(role_field, actor.roles(i), actors));
    for (int j = 0; j < i; ++j) {
      if (Contradict(actor.roles(j), actor.roles(i))) {
        return InvalidField(role_field, absl::StrCat("overlaps roles[", j,
                                                     "], the same office"));
      }
    }
  }
  return absl::OkStatus();
}

// Checks that the ids of `entries` are there and unique; returns them.
template <typename Entries>
absl::StatusOr<absl::flat_hash_set<std::string>> CheckIds(
    const std::string& field, const Entries& entries) {
  absl::flat_hash_set<std::string> ids;
  for (int i = 0; i < entries.size(); ++i) {
    const std::string id_field = absl::StrCat(field, "[", i, "].id");
    if (entries[i].id().empty()) return InvalidField(id_field, "is empty");
    if (!ids.insert(entries[i].id()).second) {
      return InvalidField(
          id_field, absl::StrCat("\"", entries[i].id(), "\" is given twice"));
    }
  }
  return ids;
}

}  // namespace

absl::Status CheckCodebook(const Codebook& codebook) {
  ONRECORD_RETURN_IF_ERROR(CheckIds("topics", codebook.topics()).status());
  ONRECORD_ASSIGN_OR_RETURN(const absl::flat_hash_set<std::string> actors,
                            CheckIds("actors", codebook.actors()));
  for (int i = 0; i < codebook.actors_size(); ++i) {
    ONRECORD_RETURN_IF_ERROR(CheckActor(absl::StrCat("actors[", i, "]"),
                                        codebook.actors(i), actors));
  }
  return absl::OkStatus();
}

}  // namespace onrecord
