// The part of PositionsProjection that moves statements when what is known of
// actors and topics changes.

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/key.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/topics.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The body that an event says its actor to speak for; empty if none.
std::string BodyOf(const NewEvent& event) {
  if (event.has_role_held() && !event.role_held().withdrawn()) {
    return event.role_held().role().of();
  }
  if (event.has_membership_held() && !event.membership_held().withdrawn()) {
    return event.membership_held().member_of();
  }
  return "";
}

}  // namespace

// Under whom `entry` counts, as known now.
void PositionsProjection::TargetsOf(const PositionEntry& entry,
                                    std::vector<PositionPair>* targets) {
  targets->clear();
  const uint32_t topic = topic_merges_.Canonical(entry.topic);
  const uint32_t speaker = affiliations_.Canonical(entry.speaker);
  if (!entry.unnamed) targets->push_back({false, speaker, topic});
  if (entry.unnamed || affiliations_.IsBody(speaker)) {
    targets->push_back({true, speaker, topic});
  }
  affiliations_.BodiesOf(speaker, entry.place.day, &bodies_);
  for (uint32_t body : bodies_) targets->push_back({true, body, topic});
}

absl::Status PositionsProjection::PutEntry(const PositionEntry& entry,
                                           uint64_t log_position,
                                           ProjectionState& state) {
  if (entry.unnamed) {
    ONRECORD_RETURN_IF_ERROR(BecomeBody(entry.speaker, log_position, state));
  }
  TargetsOf(entry, &targets_);
  return PutEntryIn(targets_, entry, log_position, state);
}

absl::Status PositionsProjection::PutEntryIn(
    const std::vector<PositionPair>& targets, PositionEntry entry,
    uint64_t log_position, ProjectionState& state) {
  entry.place.known_from = log_position;
  entry.known_until = 0;
  for (const PositionPair& target : targets) {
    ONRECORD_RETURN_IF_ERROR(table_.Insert(target, entry, state));
  }
  return absl::OkStatus();
}

absl::Status PositionsProjection::EndEntryIn(
    const std::vector<PositionPair>& targets, const PositionEntry& entry,
    uint64_t log_position, ProjectionState& state) {
  for (const PositionPair& target : targets) {
    ONRECORD_RETURN_IF_ERROR(
        table_.End(target, entry.place, entry.statement, log_position, state));
  }
  return absl::OkStatus();
}

// An unnamed speaker of `body` was heard: its own statements count among the
// rolled-up ones from now on.
absl::Status PositionsProjection::BecomeBody(uint32_t body,
                                             uint64_t log_position,
                                             ProjectionState& state) {
  const uint32_t canonical = affiliations_.Canonical(body);
  if (affiliations_.IsBody(body) && affiliations_.IsBody(canonical)) {
    return absl::OkStatus();
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::set<PositionPair> homes,
                            HomesOf({canonical}, state));
  const auto change = [&] { MarkBody(body, log_position, state); };
  return Reassign(homes, change, log_position, state);
}

// So is whoever `body` reads as.
void PositionsProjection::MarkBody(uint32_t body, uint64_t log_position,
                                   ProjectionState& state) {
  for (uint32_t actor : affiliations_.ChainOf(body)) {
    if (affiliations_.IsBody(actor)) continue;
    affiliations_.SetBody(actor);
    state.Put(PositionsBodyKey(actor), absl::StrCat(log_position));
  }
}

// The pairs in which statements of `speakers` (canonical) stand for themselves:
// their own, and for unnamed ones those of the body.
absl::StatusOr<std::set<PositionPair>> PositionsProjection::HomesOf(
    const std::set<uint32_t>& speakers, ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(table_.Flush(state));
  std::set<PositionPair> homes;
  for (uint32_t speaker : speakers) {
    for (const bool rollup : {false, true}) {
      ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionPair> pairs,
                                PairsOfActor(state, rollup, speaker));
      homes.insert(pairs.begin(), pairs.end());
    }
  }
  return homes;
}

// Makes `change` to what is known of actors or topics, and moves every present
// entry of `homes` to where it counts then.
absl::Status PositionsProjection::Reassign(const std::set<PositionPair>& homes,
                                           const std::function<void()>& change,
                                           uint64_t log_position,
                                           ProjectionState& state) {
  std::vector<PositionEntry> placed;
  for (const PositionPair& home : homes) {
    const auto collect = [&](const PositionEntry& entry) {
      const PositionPair own{entry.unnamed,
                             affiliations_.Canonical(entry.speaker),
                             topic_merges_.Canonical(entry.topic)};
      if (own == home) placed.push_back(entry);
    };
    ONRECORD_RETURN_IF_ERROR(table_.ForEachPresent(home, collect, state));
  }
  std::vector<std::vector<PositionPair>> before(placed.size());
  for (size_t i = 0; i < placed.size(); ++i) {
    TargetsOf(placed[i], &before[i]);
  }
  change();
  for (size_t i = 0; i < placed.size(); ++i) {
    TargetsOf(placed[i], &targets_);
    const std::set<PositionPair> was(before[i].begin(), before[i].end());
    const std::set<PositionPair> is(targets_.begin(), targets_.end());
    std::vector<PositionPair> left;
    std::vector<PositionPair> joined;
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(),
                        std::back_inserter(left));
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(),
                        std::back_inserter(joined));
    ONRECORD_RETURN_IF_ERROR(EndEntryIn(left, placed[i], log_position, state));
    ONRECORD_RETURN_IF_ERROR(
        PutEntryIn(joined, placed[i], log_position, state));
  }
  return absl::OkStatus();
}

absl::Status PositionsProjection::ChangeActor(const RecordedEvent& event,
                                              ProjectionState& state) {
  const NewEvent& body = event.event();
  const std::string& actor_id = ActorOf(body);
  const uint32_t actor = actors_.NumberOf(actor_id, state);
  std::set<uint32_t> speakers;
  affiliations_.SpeakersFor(affiliations_.Canonical(actor), &speakers);
  std::vector<uint32_t> bodies;
  if (body.has_actors_merged()) {
    const uint32_t into =
        actors_.NumberOf(body.actors_merged().into_id(), state);
    if (affiliations_.ReadsThrough(into, actor)) {
      return absl::OkStatus();  // a circle
    }
    affiliations_.SpeakersFor(affiliations_.Canonical(into), &speakers);
    if (affiliations_.IsBody(actor)) bodies.push_back(into);
  }
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<ActorRecord> record,
      GetMessage<ActorRecord>(state, PositionsActorKey(actor_id)));
  if (!record.has_value()) record.emplace();
  if (!FoldActorEvent(event, &*record)) return absl::OkStatus();
  PutMessage(PositionsActorKey(actor_id), *record, &state);

  const std::string of = BodyOf(body);
  if (!of.empty()) bodies.push_back(actors_.NumberOf(of, state));
  for (uint32_t one : bodies) {
    speakers.insert(affiliations_.Canonical(one));
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::set<PositionPair> homes,
                            HomesOf(speakers, state));
  const auto change = [&] {
    SetAffiliations(actor, *record, state);
    for (uint32_t one : bodies) MarkBody(one, event.log_position(), state);
  };
  return Reassign(homes, change, event.log_position(), state);
}

absl::Status PositionsProjection::ChangeTopic(const RecordedEvent& event,
                                              ProjectionState& state) {
  const TopicsMerged& merged = event.event().topics_merged();
  const uint32_t topic = topics_.NumberOf(merged.merged_id(), state);
  const uint32_t into = topics_.NumberOf(merged.into_id(), state);
  if (!merged.undone() && topic_merges_.ReadsThrough(into, topic)) {
    return absl::OkStatus();  // a circle
  }
  const Key key = PositionsTopicKey(merged.merged_id());
  ONRECORD_ASSIGN_OR_RETURN(std::optional<TopicRecord> record,
                            GetMessage<TopicRecord>(state, key));
  if (!record.has_value()) record.emplace();
  if (!FoldTopicEvent(event, &*record)) return absl::OkStatus();
  PutMessage(key, *record, &state);
  ONRECORD_RETURN_IF_ERROR(table_.Flush(state));
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<PositionPair> pairs,
      PairsOfTopic(state, topic_merges_.Canonical(topic)));
  const auto change = [&] {
    topic_merges_.Set(topic, merged.undone() ? topic : into, {});
  };
  return Reassign({pairs.begin(), pairs.end()}, change, event.log_position(),
                  state);
}

}  // namespace onrecord
