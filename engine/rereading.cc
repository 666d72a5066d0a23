#include "engine/rereading.h"

#include <google/protobuf/util/message_differencer.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/actors/resolver.h"
#include "engine/actors/streams.h"
#include "storage/expected_revision.h"

namespace onrecord {
namespace {

// Where an article's text names somebody.
using Place = std::pair<uint32_t, uint32_t>;

Place PlaceOf(const Mention& mention) {
  return {mention.span().begin(), mention.span().end()};
}

// The actors that the recorded statements' mentions were resolved to.
class ResolvedMentions {
 public:
  explicit ResolvedMentions(const std::vector<StatementRecord>& recorded) {
    for (const StatementRecord& record : recorded) {
      const Statement& statement = record.statement();
      for (const Mention* mention :
           {&statement.speaker(), &statement.addressee(),
            &statement.relayed_by()}) {
        if (mention->has_span() && !mention->actor_id().empty()) {
          ids_.emplace(PlaceOf(*mention), mention->actor_id());
        }
      }
    }
  }

  // The id of each entity of `extraction`, empty where it was not resolved.
  std::vector<std::string> IdsOf(const extract::Extraction& extraction) const {
    std::vector<std::string> ids(extraction.entities.size());
    const auto look_up = [&](int entity, const Mention& mention) {
      if (entity < 0 || !mention.has_span() || !ids[entity].empty()) return;
      const auto known = ids_.find(PlaceOf(mention));
      if (known != ids_.end()) ids[entity] = known->second;
    };
    for (const extract::ExtractedStatement& one : extraction.statements) {
      look_up(one.speaker, one.statement.speaker());
      look_up(one.addressee, one.statement.addressee());
      look_up(one.relayed_by, one.statement.relayed_by());
    }
    return ids;
  }

 private:
  std::map<Place, std::string> ids_;
};

// Keeps how a mention was resolved, if it is resolved to the same.
void KeepDecision(const Mention& before, Mention& mention) {
  if (before.actor_id() != mention.actor_id()) return;
  mention.set_confidence(before.confidence());
  mention.set_reason(before.reason());
}

// `statement` without what tells only how it was found.
Statement Essence(Statement statement) {
  for (Mention* mention :
       {statement.mutable_speaker(), statement.mutable_addressee(),
        statement.mutable_relayed_by()}) {
    mention->clear_confidence();
    mention->clear_reason();
  }
  statement.clear_words_key();
  statement.clear_stance_grounds();
  statement.clear_confidence();
  statement.clear_reason();
  statement.clear_speaker_unknown();
  statement.clear_topic_unknown();
  statement.clear_stance_unknown();
  statement.clear_said_at_unknown();
  return statement;
}

bool SaysTheSame(const Statement& a, const Statement& b) {
  return google::protobuf::util::MessageDifferencer::Equals(Essence(a),
                                                            Essence(b));
}

class Comparison {
 public:
  Comparison(const Article& article, const Producer& producer,
             const std::vector<StatementRecord>& recorded)
      : producer_(producer),
        reason_(absl::StrCat("read again by ", producer.name(), " ",
                             producer.version())),
        own_{ArticleStream(article.id()), ExpectedRevision::Any(), {}} {
    for (const StatementRecord& record : recorded) {
      recorded_[record.statement().id()] = &record;
    }
  }

  // Takes a statement as it is read now.
  void Take(NewEvent event) {
    Statement& now = *event.mutable_statement_recorded()->mutable_statement();
    found_.insert(now.id());
    const auto known = recorded_.find(now.id());
    if (known == recorded_.end()) {
      *event.mutable_producer() = producer_;
      own_.events.push_back(std::move(event));
      return;
    }
    const StatementRecord& record = *known->second;
    const Statement& before = record.statement();
    if (now.has_speaker()) {
      KeepDecision(before.speaker(), *now.mutable_speaker());
    }
    if (now.has_addressee()) {
      KeepDecision(before.addressee(), *now.mutable_addressee());
    }
    if (now.has_relayed_by()) {
      KeepDecision(before.relayed_by(), *now.mutable_relayed_by());
    }
    now.set_duplicate_of(before.duplicate_of());
    if (!record.retracted() && SaysTheSame(before, now)) return;
    if (!record.by().empty()) {
      ++decided_;
      return;
    }
    StatementCorrected& body = *Add(now).mutable_statement_corrected();
    body.set_statement_id(now.id());
    *body.mutable_corrected() = now;
    body.set_kind(EXTRACTION_WRONG);
    body.set_reason(reason_);
  }

  // Retracts what was not read again.
  void RetractTheRest() {
    for (const auto& [id, record] : recorded_) {
      if (record->retracted() || found_.count(id) > 0) continue;
      if (!record->by().empty()) {
        ++decided_;
        continue;
      }
      StatementRetracted& body =
          *Add(record->statement()).mutable_statement_retracted();
      body.set_statement_id(id);
      body.set_kind(EXTRACTION_WRONG);
      body.set_reason(reason_);
    }
  }

  Rereading Finish(std::vector<StreamAppend> actors) && {
    Rereading reading;
    reading.appends = std::move(actors);
    if (!own_.events.empty()) reading.appends.push_back(std::move(own_));
    reading.decided = decided_;
    return reading;
  }

 private:
  NewEvent& Add(const Statement& statement) {
    NewEvent& event = own_.events.emplace_back();
    *event.mutable_producer() = producer_;
    event.set_valid_time(statement.said_at());
    event.set_correlation_id(statement.article_id());
    return event;
  }

  const Producer& producer_;
  const std::string reason_;
  StreamAppend own_;
  std::map<std::string, const StatementRecord*> recorded_;
  std::set<std::string> found_;
  size_t decided_ = 0;
};

}  // namespace

Rereading CompareReadings(const Article& article,
                          const extract::Extraction& extraction,
                          const Producer& producer,
                          const std::vector<StatementRecord>& recorded,
                          Directory& directory) {
  ResolvedArticle resolved =
      Resolve(article, extraction, directory,
              ResolvedMentions(recorded).IdsOf(extraction));
  Comparison comparison(article, producer, recorded);
  for (NewEvent& event : resolved.statements) comparison.Take(std::move(event));
  comparison.RetractTheRest();
  return std::move(comparison).Finish(std::move(resolved.actors));
}

}  // namespace onrecord
