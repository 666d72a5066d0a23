#include "engine/actors/resolver.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/actor_id.h"
#include "engine/actors/matcher.h"
#include "engine/actors/name_key.h"
#include "engine/actors/streams.h"
#include "engine/edtf.h"
#include "engine/extract/speakers/gazetteer.h"
#include "engine/projections/actor_record.h"
#include "engine/text_spans.h"

namespace onrecord {
namespace {

// Whether the title says that the office is no longer held.
bool IsPast(absl::string_view title) {
  const std::string key = NameKey(title);
  for (const absl::string_view word :
       {"former ", "ex-", "then-", "late ", "outgoing "}) {
    if (absl::StartsWith(key, word)) return true;
  }
  return false;
}

class ArticleResolver {
 public:
  ArticleResolver(const Article& article, const extract::Extraction& extraction,
                  Directory& directory,
                  const std::vector<std::string>& known_ids)
      : article_(article),
        extraction_(extraction),
        directory_(directory),
        known_ids_(known_ids) {
    if (const auto published = EdtfTime::Parse(article.published());
        published.ok()) {
      day_ = published->first_day();
    }
    matches_.resize(extraction.entities.size());
  }

  ResolvedArticle Resolve() {
    ResolvedArticle resolved;
    for (const Topic& topic : extraction_.found_topics) DefineTopic(topic);
    for (size_t i = 0; i < extraction_.statements.size(); ++i) {
      AddStatements(i, resolved.statements);
    }
    for (auto& [stream, events] : actor_events_) {
      resolved.actors.push_back(
          {stream, ExpectedRevision::Any(), std::move(events)});
    }
    return resolved;
  }

 private:
  // Records what is new about an actor or a topic, and takes it into the
  // directory. What a person has taken back is not new.
  void Record(const std::string& stream, NewEvent event) {
    event.set_valid_time(article_.published());
    event.set_correlation_id(article_.id());
    if (!event.has_topic_defined() && !directory_.Apply(event)) return;
    actor_events_[stream].push_back(std::move(event));
  }

  void DefineTopic(const Topic& topic) {
    NewEvent event;
    TopicDefined* body = event.mutable_topic_defined();
    *body->mutable_topic() = topic;
    body->set_found(true);
    body->set_article_id(article_.id());
    Record(TopicStream(topic.id()), std::move(event));
  }

  std::string Introduce(Actor::Kind kind, const std::string& name,
                        uint32_t begin, uint32_t end) {
    std::string id = NewActorId(kind, name, [this](const std::string& taken) {
      return directory_.Find(taken) != nullptr;
    });
    NewEvent event;
    ActorIntroduced* body = event.mutable_actor_introduced();
    body->set_actor_id(id);
    body->set_name(name);
    body->set_kind(kind);
    body->set_article_id(article_.id());
    SetSpan(begin, end, *body->mutable_span());
    Record(ActorStream(id), std::move(event));
    return id;
  }

  static void SetSpan(uint32_t begin, uint32_t end, Span& span) {
    span.set_begin(begin);
    span.set_end(end);
  }

  // The actor that an entity is, found or introduced once for the article.
  const Match& MatchOf(int entity_index) {
    std::optional<Match>& match = matches_[entity_index];
    if (match.has_value()) return *match;
    const extract::Entity& entity = extraction_.entities[entity_index];
    if (entity.unnamed) {
      match = FindUnnamed(entity);
      return *match;
    }
    if (!known_ids_.empty() && !known_ids_[entity_index].empty()) {
      match = Match{known_ids_[entity_index], 1.0, "given by its id", false};
      return *match;
    }
    match = FindActor(entity, directory_, day_);
    if (match->actor_id.empty() && !match->ambiguous) {
      match = IntroduceEntity(entity);
    }
    if (!match->actor_id.empty()) RecordNews(entity, *match);
    return *match;
  }

  // The actor that a description is known to mean: a holder of an office, or a
  // body whose name it is ("the central bank"). Nobody otherwise.
  Match FindUnnamed(const extract::Entity& entity) {
    const std::vector<const Actor*> named_before = NamedBefore(entity);
    Match match = FindOfficeHolder(entity, directory_, day_, named_before);
    if (!match.actor_id.empty()) return match;
    match = FindGovernment(entity, directory_, day_, named_before);
    if (!match.actor_id.empty()) return match;
    if (entity.kind != Actor::PERSON && entity.end <= article_.text().size()) {
      match = FindBody(absl::string_view(article_.text())
                           .substr(entity.begin, entity.end - entity.begin),
                       directory_);
      if (!match.actor_id.empty()) return match;
    }
    return Match{"", 0, "the text keeps the name back", true};
  }

  // Persons of the directory whom the article names before `entity`.
  std::vector<const Actor*> NamedBefore(const extract::Entity& entity) {
    std::vector<const Actor*> named;
    for (size_t i = 0; i < extraction_.entities.size(); ++i) {
      const extract::Entity& other = extraction_.entities[i];
      if (other.unnamed || other.kind != Actor::PERSON ||
          other.begin >= entity.begin) {
        continue;
      }
      const Actor* actor =
          directory_.Find(MatchOf(static_cast<int>(i)).actor_id);
      if (actor != nullptr) named.push_back(actor);
    }
    return named;
  }

  Match IntroduceEntity(const extract::Entity& entity) {
    const extract::Country* country = entity.kind == Actor::PERSON
                                          ? nullptr
                                          : extract::FindCountry(entity.name);
    if (country != nullptr) {
      return {Introduce(Actor::COUNTRY, std::string(country->name),
                        entity.begin, entity.end),
              1.0, "country", false};
    }
    return {Introduce(entity.kind, entity.name, entity.begin, entity.end), 1.0,
            "first named in this article", false};
  }

  // Records names and offices of the entity that the directory has not.
  void RecordNews(const extract::Entity& entity, const Match& match) {
    AddAlias(entity, entity.name, match.confidence, match);
    for (const std::string& alias : entity.aliases) {
      const bool doubtful = std::find(entity.doubtful_aliases.begin(),
                                      entity.doubtful_aliases.end(),
                                      alias) != entity.doubtful_aliases.end();
      AddAlias(entity, alias,
               doubtful ? std::min(match.confidence, kDoubtful - 0.05)
                        : match.confidence,
               match);
    }
    for (const extract::Entity::Office& office : entity.offices) {
      AddOffice(office, match.actor_id);
    }
  }

  void AddAlias(const extract::Entity& entity, const std::string& alias,
                double confidence, const Match& match) {
    const Actor* actor = directory_.Find(match.actor_id);
    if (actor == nullptr || directory_.IsCalled(*actor, alias)) return;
    // What a country is called is common knowledge; "its government" and the
    // like are not names to keep.
    if (KindOf(*actor) == Actor::COUNTRY) return;
    NewEvent event;
    ActorAliased* body = event.mutable_actor_aliased();
    body->set_actor_id(actor->id());
    body->set_alias(alias);
    body->set_confidence(confidence);
    body->set_reason(confidence < kDoubtful
                         ? "near spelling; to be looked at"
                         : "another name in the same article");
    if (confidence < kDoubtful && match.confidence < kDoubtful) {
      body->set_reason(match.reason);
    }
    body->set_article_id(article_.id());
    SetSpan(entity.begin, entity.end, *body->mutable_span());
    Record(ActorStream(actor->id()), std::move(event));
  }

  void AddOffice(const extract::Entity::Office& office,
                 const std::string& actor_id) {
    if (office.title.empty() || IsPast(office.title)) return;
    const std::string of = BodyOf(office);
    const Actor* actor = directory_.Find(actor_id);
    const bool known = std::any_of(
        actor->roles().begin(), actor->roles().end(), [&](const Role& role) {
          return SameTitle(role.title(), office.title) &&
                 (of.empty() || role.of() == of) &&
                 (!day_.has_value() || IsHeldOn(role, *day_));
        });
    if (known || of == actor_id) return;
    NewEvent event;
    RoleHeld* body = event.mutable_role_held();
    body->set_actor_id(actor_id);
    body->mutable_role()->set_title(office.title);
    body->mutable_role()->set_of(of);
    body->mutable_role()->set_from(article_.published());
    body->set_article_id(article_.id());
    SetSpan(office.begin, office.end, *body->mutable_span());
    body->set_reason("the article gives the office");
    Record(ActorStream(actor_id), std::move(event));
  }

  // The body whose office it is: known, a country, or a new organisation if
  // the words are a name. Empty if they are not.
  std::string BodyOf(const extract::Entity::Office& office) {
    if (office.of.empty()) return "";
    const Match match = FindBody(office.of, directory_);
    if (!match.actor_id.empty()) return match.actor_id;
    if (const extract::Country* country = extract::FindCountry(office.of)) {
      return Introduce(Actor::COUNTRY, std::string(country->name), office.begin,
                       office.end);
    }
    if (!absl::ascii_isupper(static_cast<unsigned char>(office.of[0]))) {
      return "";
    }
    return Introduce(Actor::ORGANISATION, office.of, office.begin, office.end);
  }

  void FillMention(int entity_index, Mention& mention) {
    const extract::Entity& entity = extraction_.entities[entity_index];
    const Match& match = MatchOf(entity_index);
    mention.set_actor_id(match.actor_id);
    mention.set_unnamed(entity.unnamed && match.actor_id.empty());
    mention.set_confidence(match.confidence);
    if (mention.reason().empty()) {
      mention.set_reason(match.reason);
    } else if (!match.reason.empty()) {
      mention.set_reason(absl::StrCat(mention.reason(), "; ", match.reason));
    }
    if (mention.role().empty() && !entity.offices.empty()) {
      mention.set_role(entity.offices.front().title);
    }
    // What the text does not show, the event must say itself.
    if (!mention.has_span()) mention.set_text(entity.name);
    if (mention.unnamed() && !entity.member_of.empty()) {
      mention.set_member_of(MemberOf(entity));
    }
  }

  std::string MemberOf(const extract::Entity& entity) {
    extract::Entity::Office office;
    office.of = entity.member_of;
    office.begin = entity.begin;
    office.end = entity.end;
    return BodyOf(office);
  }

  // The id of a statement: where its words stand, so that the same words of the
  // same article have the same id whenever they are read.
  std::string StatementId(const Statement& statement) {
    if (!statement.id().empty()) return statement.id();
    const bool has_content = statement.content_size() > 0;
    const uint32_t begin =
        has_content ? statement.content(0).begin() : statement.cue().begin();
    const uint32_t end =
        has_content ? statement.content(statement.content_size() - 1).end()
                    : statement.cue().end();
    const std::string id = absl::StrCat(article_.id(), "@", begin, "-", end);
    const int count = ++id_counts_[id];
    return count == 1 ? id : absl::StrCat(id, ".", count);
  }

  void AddStatements(size_t index, std::vector<NewEvent>& events) {
    const extract::ExtractedStatement& extracted =
        extraction_.statements[index];
    std::vector<int> speakers = {extracted.speaker};
    speakers.insert(speakers.end(), extracted.joint_speakers.begin(),
                    extracted.joint_speakers.end());
    for (const int speaker : speakers) {
      NewEvent event;
      Statement& statement =
          *event.mutable_statement_recorded()->mutable_statement();
      statement = extracted.statement;
      statement.set_article_id(article_.id());
      statement.set_id(StatementId(statement));
      statement.set_words_key(WordsKey(article_.text(), statement.content()));
      ids_.emplace(index, statement.id());
      if (extracted.parent >= 0) {
        const auto parent = ids_.find(static_cast<size_t>(extracted.parent));
        if (parent != ids_.end()) statement.set_parent_id(parent->second);
      }
      if (speaker >= 0) FillMention(speaker, *statement.mutable_speaker());
      if (extracted.addressee >= 0) {
        FillMention(extracted.addressee, *statement.mutable_addressee());
      }
      if (extracted.relayed_by >= 0) {
        FillMention(extracted.relayed_by, *statement.mutable_relayed_by());
      }
      event.set_valid_time(statement.said_at());
      event.set_correlation_id(article_.id());
      events.push_back(std::move(event));
    }
  }

  const Article& article_;
  const extract::Extraction& extraction_;
  Directory& directory_;
  const std::vector<std::string>& known_ids_;
  std::optional<absl::CivilDay> day_;
  std::vector<std::optional<Match>> matches_;                  // by entity
  std::map<std::string, std::vector<NewEvent>> actor_events_;  // by stream
  std::map<std::string, int> id_counts_;
  std::map<size_t, std::string> ids_;  // first id by index of the extraction
};

}  // namespace

ResolvedArticle Resolve(const Article& article,
                        const extract::Extraction& extraction,
                        Directory& directory,
                        const std::vector<std::string>& known_ids) {
  return ArticleResolver(article, extraction, directory, known_ids).Resolve();
}

}  // namespace onrecord
