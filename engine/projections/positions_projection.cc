#include "engine/projections/positions_projection.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/key.h"
#include "engine/projections/topics.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// How many steps a chain of repeated words is followed, lest it be a circle.
constexpr int kMaxRepeats = 16;

// Tables without values: who repeats whom ('D'), and ids that are repeated but
// not recorded yet ('W').
Key RepeaterKey(absl::string_view original) { return Key('D').Text(original); }
Key AwaitedKey(absl::string_view id) { return Key('W').Text(id); }

bool SameEntry(const std::optional<PositionEntry>& a,
               const std::optional<PositionEntry>& b) {
  if (!a.has_value() || !b.has_value()) return a.has_value() == b.has_value();
  return a->place.day == b->place.day &&
         a->place.log_position == b->place.log_position &&
         a->stance == b->stance && a->speaker == b->speaker &&
         a->topic == b->topic && a->span_days == b->span_days &&
         a->conditional == b->conditional && a->duplicate == b->duplicate &&
         a->second_hand == b->second_hand && a->unnamed == b->unnamed;
}

PositionEntry EntryOfSummary(const StatementSummary& summary) {
  PositionEntry entry;
  entry.place.day = summary.said.first;
  entry.place.log_position = summary.log_position;
  entry.statement = summary.log_position;
  entry.stance = summary.stance;
  entry.speaker = summary.speaker;
  entry.topic = summary.topic;
  entry.span_days =
      static_cast<uint32_t>(summary.said.last - summary.said.first);
  entry.conditional = summary.conditional;
  entry.second_hand = summary.second_hand;
  entry.unnamed = summary.unnamed;
  return entry;
}

// The first and last day of an office or membership, open where none is given.
Affiliations::Edge MakeEdge(uint32_t body, absl::string_view from,
                            absl::string_view to) {
  Affiliations::Edge edge;
  edge.body = body;
  edge.first = ParseDayRange(from).first;
  const DayNumber last = ParseDayRange(to).last;
  edge.last = last == kUndated ? kEver : last;
  return edge;
}

template <typename Message>
absl::StatusOr<Message> Parse(absl::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(absl::StrCat(
        "a ", message.GetTypeName(), " of the positions does not decode"));
  }
  return message;
}

}  // namespace

Key PositionsActorKey(absl::string_view actor_id) {
  return Key('M').Text(actor_id);
}

Key PositionsTopicKey(absl::string_view topic_id) {
  return Key('N').Text(topic_id);
}

Key PositionsBodyKey(uint32_t actor) {
  return Key('B').Signed(static_cast<int32_t>(actor));
}

PositionsProjection::PositionsProjection(size_t max_changes)
    : actors_(kActorIds, kActorNumbers),
      topics_(kTopicIds, kTopicNumbers),
      table_(max_changes) {}

absl::Status PositionsProjection::Load(ProjectionState& state) {
  if (loaded_) return absl::OkStatus();
  ONRECORD_RETURN_IF_ERROR(actors_.Load(state));
  ONRECORD_RETURN_IF_ERROR(topics_.Load(state));
  const auto bodies = state.Scan(Key('B'));
  for (; bodies->Valid(); bodies->Next()) {
    affiliations_.SetBody(
        static_cast<uint32_t>(KeyParser(bodies->key()).Signed()));
  }
  ONRECORD_RETURN_IF_ERROR(bodies->status());
  const auto actors = state.Scan(Key('M'));
  for (; actors->Valid(); actors->Next()) {
    ONRECORD_ASSIGN_OR_RETURN(const ActorRecord record,
                              Parse<ActorRecord>(actors->value()));
    SetAffiliations(actors_.NumberOf(record.actor_id(), state), record, state);
  }
  ONRECORD_RETURN_IF_ERROR(actors->status());
  const auto topics = state.Scan(Key('N'));
  for (; topics->Valid(); topics->Next()) {
    ONRECORD_ASSIGN_OR_RETURN(const TopicRecord record,
                              Parse<TopicRecord>(topics->value()));
    const std::string into = MergedInto(record, kLatest);
    const uint32_t topic = topics_.NumberOf(record.topic_id(), state);
    topic_merges_.Set(topic,
                      into.empty() ? topic : topics_.NumberOf(into, state), {});
  }
  ONRECORD_RETURN_IF_ERROR(topics->status());
  const auto awaited = state.Scan(Key('W'));
  for (; awaited->Valid(); awaited->Next()) {
    awaited_.insert(KeyParser(awaited->key()).Text());
  }
  loaded_ = awaited->status().ok();
  return awaited->status();
}

void PositionsProjection::SetAffiliations(uint32_t actor,
                                          const ActorRecord& record,
                                          ProjectionState& state) {
  std::vector<Affiliations::Edge> edges;
  for (const RoleFact& fact : record.roles()) {
    const Role& role = fact.role();
    if (fact.known_until() != 0 || role.of().empty()) continue;
    edges.push_back(
        MakeEdge(actors_.NumberOf(role.of(), state), role.from(), role.to()));
  }
  for (const MembershipFact& fact : record.memberships()) {
    if (fact.known_until() != 0 || fact.member_of().empty()) continue;
    edges.push_back(MakeEdge(actors_.NumberOf(fact.member_of(), state),
                             fact.from(), fact.to()));
  }
  const std::string into = MergedInto(record, kLatest);
  affiliations_.Set(actor, into.empty() ? actor : actors_.NumberOf(into, state),
                    std::move(edges));
}

absl::Status PositionsProjection::Apply(const RecordedEvent& event,
                                        ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(Load(state));
  switch (event.event().body_case()) {
    case NewEvent::kRoleHeld:
    case NewEvent::kMembershipHeld:
    case NewEvent::kActorsMerged:
    case NewEvent::kActorsSplit:
      return ChangeActor(event, state);
    case NewEvent::kTopicsMerged:
      return ChangeTopic(event, state);
    default:
      return absl::OkStatus();
  }
}

absl::Status PositionsProjection::ApplyBrief(const StatementBrief& brief,
                                             ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(Load(state));
  switch (brief.kind) {
    case StatementBrief::Kind::kRecorded:
      return Record(brief, state);
    case StatementBrief::Kind::kCorrected:
      return Correct(brief, state);
    case StatementBrief::Kind::kRetracted:
      return Retract(brief, state);
  }
  return absl::OkStatus();
}

absl::Status PositionsProjection::Flush(ProjectionState& state) {
  index_.Flush(state);
  return table_.Flush(state);
}

size_t PositionsProjection::unflushed_bytes() const {
  return index_.changed_bytes() + table_.changed_bytes();
}

void PositionsProjection::DropCache() {
  loaded_ = false;
  actors_.Drop();
  topics_.Drop();
  affiliations_.Clear();
  topic_merges_.Clear();
  awaited_.clear();
  index_.Drop();
  table_.Drop();
}

absl::StatusOr<StatementSummary> PositionsProjection::Summarise(
    const StatementBrief& statement, ProjectionState& state) {
  StatementSummary summary;
  summary.unnamed = statement.actor_id.empty();
  if (!statement.who().empty()) {
    summary.speaker =
        actors_.NumberOf(statement.who(), statement.who_hash, state);
  }
  if (!statement.topic_id.empty()) {
    summary.topic =
        topics_.NumberOf(statement.topic_id, statement.topic_hash, state);
  }
  summary.said = statement.said;
  summary.has_stance = statement.has_stance;
  summary.stance = statement.stance;
  summary.conditional = statement.conditional;
  summary.duplicate_of = std::string(statement.duplicate_of);
  if (!statement.parent_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const parent,
                              index_.Find(statement.parent_id, state));
    summary.second_hand = parent == nullptr || parent->unnamed ||
                          summary.unnamed || parent->speaker != summary.speaker;
  }
  return summary;
}

absl::Status PositionsProjection::Record(const StatementBrief& statement,
                                         ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(StatementSummary summary,
                            Summarise(statement, state));
  ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const known,
                            index_.Find(statement.id, state));
  summary.log_position = statement.log_position;
  if (known == nullptr && awaited_.empty() && summary.duplicate_of.empty()) {
    // By far the most: nothing else is touched.
    if (summary.HasPosition()) {
      ONRECORD_RETURN_IF_ERROR(
          PutEntry(EntryOfSummary(summary), statement.log_position, state));
    }
    return index_.Add(statement.id, std::move(summary), state);
  }
  if (known != nullptr) {
    if (known->by_person) return absl::OkStatus();
    summary.log_position = known->log_position;
    summary.repeated = known->repeated;
  } else if (awaited_.erase(statement.id) > 0) {
    summary.repeated = true;
    state.Delete(AwaitedKey(statement.id));
  }
  return Change(std::string(statement.id), std::move(summary),
                statement.log_position, state);
}

absl::Status PositionsProjection::Correct(const StatementBrief& correction,
                                          ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(StatementSummary summary,
                            Summarise(correction, state));
  ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const known,
                            index_.Find(correction.id, state));
  if (known == nullptr) return absl::OkStatus();
  if (known->by_person && correction.by.empty()) return absl::OkStatus();
  summary.log_position = known->log_position;
  summary.repeated = known->repeated;
  summary.by_person = known->by_person || !correction.by.empty();
  return Change(std::string(correction.id), std::move(summary),
                correction.log_position, state);
}

absl::Status PositionsProjection::Retract(const StatementBrief& retraction,
                                          ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const known,
                            index_.Find(retraction.id, state));
  if (known == nullptr) return absl::OkStatus();
  if (known->by_person && retraction.by.empty()) return absl::OkStatus();
  StatementSummary summary = *known;
  summary.retracted = true;
  summary.misread = retraction.correction_kind == EXTRACTION_WRONG;
  summary.by_person = known->by_person || !retraction.by.empty();
  return Change(std::string(retraction.id), std::move(summary),
                retraction.log_position, state);
}

// The statement `id` is from now on as `summary` says: what it and those that
// repeat it count for may move.
absl::Status PositionsProjection::Change(const std::string& id,
                                         StatementSummary summary,
                                         uint64_t log_position,
                                         ProjectionState& state) {
  std::vector<std::string> touched = {id};
  if (summary.repeated) {
    ONRECORD_ASSIGN_OR_RETURN(touched, RepeatersOf(id, state));
  }
  std::vector<std::optional<PositionEntry>> before;
  for (const std::string& one : touched) {
    ONRECORD_ASSIGN_OR_RETURN(before.emplace_back(), EntryOf(one, state));
  }
  const std::string original = summary.duplicate_of;
  ONRECORD_RETURN_IF_ERROR(index_.Put(id, std::move(summary), state));
  if (!original.empty()) {
    ONRECORD_RETURN_IF_ERROR(NoteDuplicate(id, original, state));
  }
  for (size_t i = 0; i < touched.size(); ++i) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<PositionEntry> after,
                              EntryOf(touched[i], state));
    if (SameEntry(before[i], after)) continue;
    if (before[i].has_value()) {
      TargetsOf(*before[i], &targets_);
      ONRECORD_RETURN_IF_ERROR(
          EndEntryIn(targets_, *before[i], log_position, state));
    }
    if (!after.has_value()) continue;
    ONRECORD_RETURN_IF_ERROR(PutEntry(*after, log_position, state));
  }
  return absl::OkStatus();
}

absl::Status PositionsProjection::NoteDuplicate(const std::string& id,
                                                const std::string& original,
                                                ProjectionState& state) {
  state.Put(RepeaterKey(original).Text(id), "");
  ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const known,
                            index_.Find(original, state));
  if (known == nullptr) {
    if (awaited_.insert(original).second) state.Put(AwaitedKey(original), "");
    return absl::OkStatus();
  }
  if (known->repeated) return absl::OkStatus();
  StatementSummary summary = *known;
  summary.repeated = true;
  return index_.Put(original, std::move(summary), state);
}

// `id`, the statements that repeat it, those that repeat these, and so on.
absl::StatusOr<std::vector<std::string>> PositionsProjection::RepeatersOf(
    const std::string& id, ProjectionState& state) {
  std::vector<std::string> found = {id};
  for (size_t i = 0; i < found.size(); ++i) {
    const auto scan = state.Scan(RepeaterKey(found[i]));
    for (; scan->Valid(); scan->Next()) {
      KeyParser parser(scan->key());
      parser.Text();
      std::string repeater = parser.Text();
      if (std::find(found.begin(), found.end(), repeater) == found.end()) {
        found.push_back(std::move(repeater));
      }
    }
    ONRECORD_RETURN_IF_ERROR(scan->status());
  }
  return found;
}

// What statement `id` adds to a position; nothing if it adds nothing. One that
// repeats another stands where that one does. If that one was never recorded,
// or only misread, or repeats this one, it stands for itself; if its words were
// withdrawn, so are these.
absl::StatusOr<std::optional<PositionEntry>> PositionsProjection::EntryOf(
    const std::string& id, ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const found,
                            index_.Find(id, state));
  if (found == nullptr || found->retracted) return std::nullopt;
  const StatementSummary self = *found;
  StatementSummary stands = self;
  int repeats = 0;
  while (!stands.duplicate_of.empty() && repeats < kMaxRepeats) {
    ONRECORD_ASSIGN_OR_RETURN(const StatementSummary* const original,
                              index_.Find(stands.duplicate_of, state));
    if (original == nullptr || (original->retracted && original->misread)) {
      break;
    }
    if (original->retracted) return std::nullopt;
    stands = *original;
    ++repeats;
  }
  if (repeats == kMaxRepeats) {  // a circle
    stands = self;
    repeats = 0;
  }
  if (!stands.HasPosition()) return std::nullopt;
  PositionEntry entry = EntryOfSummary(stands);
  entry.statement = self.log_position;
  entry.duplicate = repeats > 0;
  return entry;
}

}  // namespace onrecord
