#include "engine/projections/topics.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Table 't': the record of a topic, by id.
Key RecordKey(absl::string_view topic_id) { return Key('t').Text(topic_id); }

absl::StatusOr<std::string> Follow(const ProjectionReader& reader,
                                   absl::string_view topic_id,
                                   uint64_t known_at) {
  std::string id(topic_id);
  while (true) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<TopicRecord> record,
                              GetMessage<TopicRecord>(reader, RecordKey(id)));
    if (!record.has_value()) return id;
    std::string into = MergedInto(*record, known_at);
    if (into.empty()) return id;
    id = std::move(into);
  }
}

// Whether what the topic would be merged into reads as it, or through it.
absl::StatusOr<bool> MakesCircle(const TopicsMerged& merge,
                                 const ProjectionReader& reader) {
  std::string id = merge.into_id();
  while (!id.empty() && id != merge.merged_id()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<TopicRecord> record,
                              GetMessage<TopicRecord>(reader, RecordKey(id)));
    id = record.has_value() ? MergedInto(*record, kLatest) : "";
  }
  return !id.empty();
}

bool FoldDefined(const TopicDefined& defined, uint64_t position,
                 TopicRecord* record) {
  if (!record->facts().empty()) {
    const TopicFact& last = *record->facts().rbegin();
    // What an analyst has defined, the engine does not find again.
    if (defined.found() && !last.found()) return false;
    if (last.found() == defined.found() &&
        last.topic().SerializeAsString() ==
            defined.topic().SerializeAsString()) {
      return false;
    }
  }
  TopicFact* const fact = record->add_facts();
  *fact->mutable_topic() = defined.topic();
  fact->set_found(defined.found());
  fact->set_known_from(position);
  return true;
}

bool FoldMerged(const TopicsMerged& merged, uint64_t position,
                TopicRecord* record) {
  if (merged.merged_id() == merged.into_id()) return false;
  const std::string into = MergedInto(*record, kLatest);
  if ((into == merged.into_id()) != merged.undone()) return false;
  for (MergeFact& fact : *record->mutable_merges()) {
    if (fact.known_until() == 0) fact.set_known_until(position);
  }
  if (merged.undone()) return true;
  MergeFact* const fact = record->add_merges();
  fact->set_into_id(merged.into_id());
  fact->set_known_from(position);
  return true;
}

}  // namespace

bool FoldTopicEvent(const RecordedEvent& event, TopicRecord* record) {
  const NewEvent& body = event.event();
  record->set_topic_id(TopicOf(body));
  if (body.has_topic_defined()) {
    return FoldDefined(body.topic_defined(), event.log_position(), record);
  }
  if (body.has_topics_merged()) {
    return FoldMerged(body.topics_merged(), event.log_position(), record);
  }
  return false;
}

const std::string& TopicOf(const NewEvent& event) {
  static const std::string* const kNone = new std::string;
  if (event.has_topic_defined()) return event.topic_defined().topic().id();
  if (event.has_topics_merged()) return event.topics_merged().merged_id();
  return *kNone;
}

std::string MergedInto(const TopicRecord& record, uint64_t log_position) {
  for (const MergeFact& fact : record.merges()) {
    if (fact.known_from() <= log_position &&
        (fact.known_until() == 0 || log_position < fact.known_until())) {
      return fact.into_id();
    }
  }
  return "";
}

const TopicFact* DefinitionOf(const TopicRecord& record,
                              uint64_t log_position) {
  const TopicFact* last = nullptr;
  for (const TopicFact& fact : record.facts()) {
    if (fact.known_from() <= log_position) last = &fact;
  }
  return last;
}

absl::Status TopicsProjection::Apply(const RecordedEvent& event,
                                     ProjectionState& state) {
  const NewEvent& body = event.event();
  const std::string& topic_id = TopicOf(body);
  if (topic_id.empty()) return absl::OkStatus();
  if (body.has_topics_merged() && !body.topics_merged().undone()) {
    ONRECORD_ASSIGN_OR_RETURN(const bool circle,
                              MakesCircle(body.topics_merged(), state));
    if (circle) return absl::OkStatus();
  }
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<TopicRecord> record,
      GetMessage<TopicRecord>(state, RecordKey(topic_id)));
  if (!record.has_value()) record.emplace();
  if (!FoldTopicEvent(event, &*record)) return absl::OkStatus();
  PutMessage(RecordKey(topic_id), *record, &state);
  return absl::OkStatus();
}

Topics::Topics(const ProjectionReader* store)
    : state_(store, TopicsProjection::kName) {}

absl::StatusOr<std::string> Topics::Canonical(absl::string_view topic_id,
                                              uint64_t known_at) const {
  return Follow(state_, topic_id, known_at);
}

absl::StatusOr<TopicFact> Topics::Find(absl::string_view topic_id,
                                       uint64_t known_at) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::string id,
                            Canonical(topic_id, known_at));
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<TopicRecord> record,
                            GetMessage<TopicRecord>(state_, RecordKey(id)));
  const TopicFact* const fact =
      record.has_value() ? DefinitionOf(*record, known_at) : nullptr;
  if (fact == nullptr) {
    return absl::NotFoundError(absl::StrCat("no topic \"", topic_id, "\""));
  }
  return *fact;
}

absl::StatusOr<TopicRecord> Topics::FindOwn(absl::string_view topic_id) const {
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<TopicRecord> record,
      GetMessage<TopicRecord>(state_, RecordKey(topic_id)));
  if (!record.has_value()) {
    return absl::NotFoundError(absl::StrCat("no topic \"", topic_id, "\""));
  }
  return *std::move(record);
}

absl::Status Topics::ForEachRecord(
    absl::FunctionRef<absl::Status(const TopicRecord&)> visit) const {
  const auto scan = state_.Scan(Key('t'));
  for (; scan->Valid(); scan->Next()) {
    TopicRecord record;
    if (!record.ParseFromArray(scan->value().data(),
                               static_cast<int>(scan->value().size()))) {
      return absl::DataLossError("the record of a topic does not decode");
    }
    ONRECORD_RETURN_IF_ERROR(visit(record));
  }
  return scan->status();
}

absl::Status Topics::ForEachOwn(
    absl::FunctionRef<absl::Status(const TopicFact&)> visit) const {
  return ForEachRecord([&](const TopicRecord& record) {
    return record.facts().empty() ? absl::OkStatus()
                                  : visit(*record.facts().rbegin());
  });
}

absl::Status Topics::ForEach(
    uint64_t known_at,
    absl::FunctionRef<absl::Status(const TopicFact&)> visit) const {
  return ForEachRecord([&](const TopicRecord& record) {
    const TopicFact* const fact = DefinitionOf(record, known_at);
    if (fact == nullptr || !MergedInto(record, known_at).empty()) {
      return absl::OkStatus();
    }
    return visit(*fact);
  });
}

}  // namespace onrecord
