#include "engine/ingest/codebook_check.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/edtf.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(const std::string& field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

absl::Status CheckDate(const std::string& field, const std::string& date) {
  if (date.empty()) return absl::OkStatus();
  const absl::StatusOr<EdtfTime> parsed = EdtfTime::Parse(date);
  if (parsed.ok()) return absl::OkStatus();
  return InvalidField(field, parsed.status().message());
}

absl::Status CheckRole(const std::string& field, const Role& role,
                       const absl::flat_hash_set<std::string>& actors) {
  if (role.title().empty()) return InvalidField(field + ".title", "is empty");
  if (!role.of().empty() && !actors.contains(role.of())) {
    return InvalidField(field + ".of",
                        absl::StrCat("\"", role.of(), "\" is no actor's id"));
  }
  ONRECORD_RETURN_IF_ERROR(CheckDate(field + ".from", role.from()));
  ONRECORD_RETURN_IF_ERROR(CheckDate(field + ".to", role.to()));
  if (!role.from().empty() && !role.to().empty() &&
      EdtfTime::Parse(role.to())->last_day() <
          EdtfTime::Parse(role.from())->first_day()) {
    return InvalidField(field + ".to", "is before `from`");
  }
  return absl::OkStatus();
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
    ONRECORD_RETURN_IF_ERROR(CheckRole(absl::StrCat(field, ".roles[", i, "]"),
                                       actor.roles(i), actors));
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
