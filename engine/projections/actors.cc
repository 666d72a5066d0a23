#include "engine/projections/actors.h"

#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Table 'r': the record of an actor, by id.
Key RecordKey(absl::string_view actor_id) { return Key('r').Text(actor_id); }

absl::StatusOr<std::optional<ActorRecord>> ReadRecord(
    const ProjectionReader& reader, absl::string_view actor_id) {
  return GetMessage<ActorRecord>(reader, RecordKey(actor_id));
}

// Follows merges from `actor_id`. What the directory holds has no circles.
absl::StatusOr<std::string> Follow(const ProjectionReader& reader,
                                   absl::string_view actor_id,
                                   uint64_t known_at) {
  std::string id(actor_id);
  while (true) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<ActorRecord> record,
                              ReadRecord(reader, id));
    if (!record.has_value()) return id;
    std::string into = MergedInto(*record, known_at);
    if (into.empty()) return id;
    id = std::move(into);
  }
}

// Whether what the actor would be merged into reads as it, or through it.
absl::StatusOr<bool> MakesCircle(const ActorsMerged& merge,
                                 const ProjectionReader& reader) {
  std::string id = merge.into_id();
  while (!id.empty() && id != merge.merged_id()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<ActorRecord> record,
                              ReadRecord(reader, id));
    id = record.has_value() ? MergedInto(*record, kLatest) : "";
  }
  return !id.empty();
}

absl::Status NoteMerge(const ActorsMerged& merge, uint64_t log_position,
                       ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(std::optional<ActorRecord> into,
                            ReadRecord(state, merge.into_id()));
  if (!into.has_value()) {
    into.emplace();
    into->set_actor_id(merge.into_id());
    into->set_known_from(log_position);
  }
  if (absl::c_linear_search(into->merged_ids(), merge.merged_id())) {
    return absl::OkStatus();
  }
  into->add_merged_ids(merge.merged_id());
  PutMessage(RecordKey(merge.into_id()), *into, &state);
  return absl::OkStatus();
}

void JoinFacts(const ActorRecord& from, ActorRecord* to) {
  // The name last given to the actor itself stays the last.
  google::protobuf::RepeatedPtrField<NameFact> names = from.names();
  names.MergeFrom(to->names());
  to->mutable_names()->Swap(&names);
  to->mutable_aliases()->MergeFrom(from.aliases());
  to->mutable_roles()->MergeFrom(from.roles());
  to->mutable_memberships()->MergeFrom(from.memberships());
}

}  // namespace

absl::StatusOr<bool> FoldIntoDirectory(const RecordedEvent& event,
                                       ProjectionState& state) {
  const NewEvent& body = event.event();
  const std::string& actor_id = ActorOf(body);
  if (actor_id.empty()) return false;
  if (body.has_actors_merged()) {
    ONRECORD_ASSIGN_OR_RETURN(const bool circle,
                              MakesCircle(body.actors_merged(), state));
    if (circle) return false;
    ONRECORD_RETURN_IF_ERROR(
        NoteMerge(body.actors_merged(), event.log_position(), state));
  }
  ONRECORD_ASSIGN_OR_RETURN(std::optional<ActorRecord> record,
                            ReadRecord(state, actor_id));
  if (!record.has_value()) record.emplace();
  if (!FoldActorEvent(event, &*record)) return false;
  PutMessage(RecordKey(actor_id), *record, &state);
  return true;
}

absl::Status ActorsProjection::Apply(const RecordedEvent& event,
                                     ProjectionState& state) {
  return FoldIntoDirectory(event, state).status();
}

Actors::Actors(const ProjectionReader* store)
    : state_(store, ActorsProjection::kName) {}

Actors::Actors(const ProjectionState* state) : state_(state) {}

absl::StatusOr<std::string> Actors::Canonical(absl::string_view actor_id,
                                              uint64_t known_at) const {
  return Follow(state_, actor_id, known_at);
}

absl::Status Actors::Join(absl::string_view actor_id, uint64_t known_at,
                          std::vector<std::string>* seen,
                          ActorRecord* joined) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<ActorRecord> record,
                            ReadRecord(state_, actor_id));
  if (!record.has_value()) return absl::OkStatus();
  seen->push_back(std::string(actor_id));
  JoinFacts(KnownAt(*record, known_at), joined);
  for (const std::string& merged : record->merged_ids()) {
    if (absl::c_linear_search(*seen, merged)) continue;
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<ActorRecord> other,
                              ReadRecord(state_, merged));
    if (!other.has_value() || MergedInto(*other, known_at) != actor_id) {
      continue;
    }
    joined->add_merged_ids(merged);
    ONRECORD_RETURN_IF_ERROR(Join(merged, known_at, seen, joined));
  }
  return absl::OkStatus();
}

absl::StatusOr<ActorRecord> Actors::Find(absl::string_view actor_id,
                                         uint64_t known_at) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::string id,
                            Canonical(actor_id, known_at));
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<ActorRecord> record,
                            ReadRecord(state_, id));
  if (!record.has_value() || record->known_from() > known_at) {
    return absl::NotFoundError(absl::StrCat("no actor \"", actor_id, "\""));
  }
  ActorRecord joined;
  joined.set_actor_id(id);
  joined.set_known_from(record->known_from());
  std::vector<std::string> seen;
  ONRECORD_RETURN_IF_ERROR(Join(id, known_at, &seen, &joined));
  return joined;
}

absl::StatusOr<ActorRecord> Actors::FindOwn(absl::string_view actor_id) const {
  ONRECORD_ASSIGN_OR_RETURN(std::optional<ActorRecord> record,
                            ReadRecord(state_, actor_id));
  if (!record.has_value()) {
    return absl::NotFoundError(absl::StrCat("no actor \"", actor_id, "\""));
  }
  return *std::move(record);
}

absl::Status Actors::ForEach(
    uint64_t known_at,
    absl::FunctionRef<absl::Status(const ActorRecord&)> visit) const {
  const auto scan = state_.Scan(Key('r'));
  for (; scan->Valid(); scan->Next()) {
    const std::string id = KeyParser(scan->key()).Text();
    ONRECORD_ASSIGN_OR_RETURN(const std::string canonical,
                              Canonical(id, known_at));
    if (canonical != id) continue;
    const absl::StatusOr<ActorRecord> record = Find(id, known_at);
    if (absl::IsNotFound(record.status())) continue;
    ONRECORD_RETURN_IF_ERROR(record.status());
    ONRECORD_RETURN_IF_ERROR(visit(*record));
  }
  return scan->status();
}

}  // namespace onrecord
