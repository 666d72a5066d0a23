#include "engine/projections/positions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/number_table.h"
#include "engine/projections/position_block.h"
#include "engine/projections/position_reader.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/statement_index.h"
#include "engine/projections/topics.h"
#include "proto/projection.pb.h"
#include "storage/mutex.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// What `id` reads as. Only merged ones have records.
template <typename Record>
absl::StatusOr<std::string> Follow(const ProjectionReader& reader,
                                   absl::string_view id, uint64_t known_at,
                                   Key (*key)(absl::string_view)) {
  std::string one(id);
  while (true) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<Record> record,
                              GetMessage<Record>(reader, key(one)));
    if (!record.has_value()) return one;
    std::string into = MergedInto(*record, known_at);
    if (into.empty()) return one;
    one = std::move(into);
  }
}

absl::StatusOr<std::string> CanonicalActorId(const ProjectionReader& reader,
                                             absl::string_view id,
                                             uint64_t known_at) {
  return Follow<ActorRecord>(reader, id, known_at, PositionsActorKey);
}

absl::StatusOr<std::string> CanonicalTopicId(const ProjectionReader& reader,
                                             absl::string_view id,
                                             uint64_t known_at) {
  return Follow<TopicRecord>(reader, id, known_at, PositionsTopicKey);
}

// Whether rolled-up positions of the actor were kept at `known_at`; if not,
// they are its own.
absl::StatusOr<bool> IsBody(const ProjectionReader& reader, uint32_t actor,
                            uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> since,
                            reader.Get(PositionsBodyKey(actor)));
  if (!since.has_value()) return false;
  uint64_t log_position = 0;
  if (!absl::SimpleAtoi(*since, &log_position)) {
    return absl::DataLossError("a log position of a body does not decode");
  }
  return log_position <= known_at;
}

Position MakePosition(const Standing& standing, absl::string_view actor_id,
                      absl::string_view topic_id) {
  Position position;
  position.actor_id = std::string(actor_id);
  position.topic_id = std::string(topic_id);
  position.from = standing.from;
  position.stance = standing.stance;
  position.conditional = standing.conditional;
  if (standing.softened) position.softened = standing.concession;
  return position;
}

// Makes positions of entries that come in order.
class Timeline {
 public:
  Timeline(absl::string_view actor_id, absl::string_view topic_id)
      : actor_id_(actor_id), topic_id_(topic_id) {}

  void Take(const PositionEntry& entry, Evidence evidence) {
    if (entry.duplicate) {
      // It follows the one that it repeats.
      if (last_counted_ == entry.place.log_position) {
        positions_.back().evidence.push_back(std::move(evidence));
      }
      return;
    }
    const Effect effect = TakeStance(entry.place.day, entry.stance,
                                     entry.conditional, &standing_);
    if (effect == Effect::kNone) {
      last_counted_ = 0;
      return;
    }
    last_counted_ = entry.place.log_position;
    if (effect != Effect::kJoined) {
      if (!positions_.empty()) positions_.back().to = standing_.from;
      positions_.push_back(MakePosition(standing_, actor_id_, topic_id_));
    }
    positions_.back().evidence.push_back(std::move(evidence));
  }

  const std::vector<Position>& positions() const { return positions_; }

 private:
  const std::string actor_id_;
  const std::string topic_id_;
  Standing standing_;
  uint64_t last_counted_ = 0;  // log position of the last entry that counted
  std::vector<Position> positions_;
};

// Ids and pairs, read as needed.
class PairReader {
 public:
  PairReader(const ProjectionReader& reader, uint64_t known_at)
      : reader_(reader), known_at_(known_at), statements_(&reader) {}

  absl::StatusOr<std::string> ActorId(uint32_t actor) {
    const auto it = actors_.find(actor);
    if (it != actors_.end()) return it->second;
    ONRECORD_ASSIGN_OR_RETURN(std::string id,
                              FindId(reader_, kActorIds, actor));
    return actors_.emplace(actor, std::move(id)).first->second;
  }

  absl::StatusOr<std::string> CanonicalActorId(uint32_t actor) {
    ONRECORD_ASSIGN_OR_RETURN(const std::string id, ActorId(actor));
    return onrecord::CanonicalActorId(reader_, id, known_at_);
  }

  absl::StatusOr<std::string> StatementId(uint64_t log_position) {
    return statements_.At(log_position);
  }

 private:
  const ProjectionReader& reader_;
  const uint64_t known_at_;
  std::map<uint32_t, std::string> actors_;
  StatementIds statements_;
};

struct PairName {
  std::string actor_id;
  std::string topic_id;
  PositionPair pair;
};

// The pairs of a query that may have entries, in order of their ids.
absl::StatusOr<std::vector<PairName>> PairsOf(const PositionQuery& query,
                                              const ProjectionReader& reader);

absl::StatusOr<std::vector<uint32_t>> ActorsAsked(
    const PositionQuery& query, const ProjectionReader& reader) {
  std::vector<uint32_t> actors;
  if (!query.actor_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(
        const std::string id,
        CanonicalActorId(reader, query.actor_id, query.known_at));
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint32_t> actor,
                              FindNumber(reader, kActorNumbers, id));
    if (actor.has_value()) actors.push_back(*actor);
    return actors;
  }
  const auto scan = reader.Scan(Key(kActorNumbers));
  for (; scan->Valid(); scan->Next()) {
    uint32_t actor = 0;
    if (!absl::SimpleAtoi(scan->value(), &actor)) {
      return absl::DataLossError("the number of an actor does not decode");
    }
    actors.push_back(actor);
  }
  ONRECORD_RETURN_IF_ERROR(scan->status());
  return actors;
}

absl::StatusOr<std::vector<PairName>> PairsOf(const PositionQuery& query,
                                              const ProjectionReader& reader) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<uint32_t> actors,
                            ActorsAsked(query, reader));
  std::string asked_topic;
  if (!query.topic_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(
        asked_topic, CanonicalTopicId(reader, query.topic_id, query.known_at));
  }
  std::vector<PairName> found;
  for (uint32_t actor : actors) {
    bool rollup = query.rollup;
    if (rollup) {
      ONRECORD_ASSIGN_OR_RETURN(rollup, IsBody(reader, actor, query.known_at));
    }
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionPair> pairs,
                              PairsOfActor(reader, rollup, actor));
    if (pairs.empty()) continue;
    ONRECORD_ASSIGN_OR_RETURN(const std::string actor_id,
                              FindId(reader, kActorIds, actor));
    for (const PositionPair& pair : pairs) {
      ONRECORD_ASSIGN_OR_RETURN(std::string topic_id,
                                FindId(reader, kTopicIds, pair.topic));
      if (!asked_topic.empty() && topic_id != asked_topic) continue;
      found.push_back({actor_id, std::move(topic_id), pair});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const PairName& a, const PairName& b) {
              return std::tie(a.actor_id, a.topic_id) <
                     std::tie(b.actor_id, b.topic_id);
            });
  return found;
}

absl::StatusOr<Evidence> MakeEvidence(const PositionEntry& entry,
                                      PairReader& ids) {
  Evidence evidence;
  ONRECORD_ASSIGN_OR_RETURN(evidence.statement_id,
                            ids.StatementId(entry.statement));
  ONRECORD_ASSIGN_OR_RETURN(evidence.speaker_id,
                            ids.CanonicalActorId(entry.speaker));
  evidence.log_position = entry.place.log_position;
  evidence.unnamed = entry.unnamed;
  evidence.said.first = entry.place.day;
  evidence.said.last =
      entry.place.day + static_cast<DayNumber>(entry.span_days);
  evidence.stance = entry.stance;
  evidence.conditional = entry.conditional;
  evidence.duplicate = entry.duplicate;
  evidence.second_hand = entry.second_hand;
  return evidence;
}

DayNumber DayOf(const PositionQuery& query) {
  return query.as_of.has_value() ? ToDayNumber(*query.as_of) : kEver;
}

absl::Status ReadTimeline(const ProjectionReader& reader, const PairName& name,
                          const PositionQuery& query, PairReader& ids,
                          Timeline* timeline) {
  absl::Status status;
  const DayNumber day = DayOf(query);
  const auto take = [&](const PositionBlock& block) {
    for (const PositionEntry& entry : block.entries()) {
      if (!status.ok() || entry.place.day > day ||
          !entry.IsKnown(query.known_at)) {
        continue;
      }
      absl::StatusOr<Evidence> evidence = MakeEvidence(entry, ids);
      status.Update(evidence.status());
      if (!status.ok()) continue;
      timeline->Take(entry, *std::move(evidence));
    }
  };
  ONRECORD_RETURN_IF_ERROR(ForEachBlock(reader, name.pair, take));
  return status;
}

}  // namespace

// Keeps what it has looked up, of each id for the time of knowledge that was
// asked for last. Thread-safe.
class Positions::Names {
 public:
  struct Name {
    uint64_t known_at = 0;
    std::string id;
    uint32_t number = 0;
  };

  // Reads what an id reads as.
  using Reader = absl::StatusOr<std::string> (*)(const ProjectionReader& reader,
                                                 absl::string_view id,
                                                 uint64_t known_at);

  // `numbers` is the tag of the table of numbers.
  Names(const ProjectionReader* state, char numbers, Reader reader)
      : state_(*state), numbers_(numbers), reader_(reader) {}

  // Nothing if the state does not know `id`.
  absl::StatusOr<std::optional<Name>> Find(absl::string_view id,
                                           uint64_t known_at)
      ABSL_LOCKS_EXCLUDED(mu_) {
    {
      MutexLock lock(&mu_);
      const auto found = names_.find(id);
      if (found != names_.end() && found->second.known_at == known_at) {
        return std::optional(found->second);
      }
    }
    Name name;
    name.known_at = known_at;
    ONRECORD_ASSIGN_OR_RETURN(name.id, reader_(state_, id, known_at));
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint32_t> number,
                              FindNumber(state_, numbers_, name.id));
    if (!number.has_value()) return std::optional<Name>();
    name.number = *number;
    MutexLock lock(&mu_);
    if (names_.size() >= kMaxNames) names_.clear();
    names_[id] = name;
    return std::optional(std::move(name));
  }

 private:
  static constexpr size_t kMaxNames = size_t{1} << 16;

  const ProjectionReader& state_;
  const char numbers_;
  const Reader reader_;

  Mutex mu_;
  absl::flat_hash_map<std::string, Name> names_ ABSL_GUARDED_BY(mu_);
};

Positions::Positions(const ProjectionReader* view)
    : state_(view, PositionsProjection::kName),
      actors_(
          std::make_unique<Names>(&state_, kActorNumbers, CanonicalActorId)),
      topics_(
          std::make_unique<Names>(&state_, kTopicNumbers, CanonicalTopicId)) {}

Positions::~Positions() = default;

absl::StatusOr<std::optional<Position>> Positions::At(
    const PositionQuery& query) const {
  if (query.actor_id.empty() || query.topic_id.empty()) {
    return absl::InvalidArgumentError(
        "`actor_id` and `topic_id` must both be given");
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<Names::Name> actor,
                            actors_->Find(query.actor_id, query.known_at));
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<Names::Name> topic,
                            topics_->Find(query.topic_id, query.known_at));
  if (!actor.has_value() || !topic.has_value()) return std::nullopt;
  PositionPair pair{query.rollup, actor->number, topic->number};
  if (pair.rollup) {
    ONRECORD_ASSIGN_OR_RETURN(pair.rollup,
                              IsBody(state_, pair.actor, query.known_at));
  }
  const DayNumber day = DayOf(query);
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<PositionBlock> block,
                            FindBlock(state_, pair, day, query.known_at));
  if (!block.has_value()) return std::nullopt;
  const Standing standing = block->StandingAfter(query.known_at, day);
  if (!standing.held) return std::nullopt;
  return MakePosition(standing, actor->id, topic->id);
}

absl::Status Positions::ForEach(
    const PositionQuery& query,
    absl::FunctionRef<absl::Status(const Position&)> visit) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PairName> pairs,
                            PairsOf(query, state_));
  PairReader ids(state_, query.known_at);
  for (const PairName& name : pairs) {
    Timeline timeline(name.actor_id, name.topic_id);
    ONRECORD_RETURN_IF_ERROR(ReadTimeline(state_, name, query, ids, &timeline));
    for (const Position& position : timeline.positions()) {
      ONRECORD_RETURN_IF_ERROR(visit(position));
    }
  }
  return absl::OkStatus();
}

}  // namespace onrecord
