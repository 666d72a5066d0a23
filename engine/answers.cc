#include "engine/answers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/actor_row.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/day.h"
#include "engine/projections/network.h"
#include "engine/text_spans.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr absl::string_view kBetweenFragments = " … ";

std::string Label(const Position& position) {
  std::string label = position.stance > 0   ? "for"
                      : position.stance < 0 ? "against"
                                            : "neutral";
  if (position.conditional) return "conditionally " + label;
  if (position.softened.has_value()) return label + ", softened";
  return label;
}

absl::string_view ShiftName(ShiftKind kind) {
  switch (kind) {
    case ShiftKind::kReversal:
      return "reversal";
    case ShiftKind::kSoftening:
      return "softening";
    case ShiftKind::kHardening:
      return "hardening";
  }
  return "";
}

}  // namespace

Answers::Answers(EventLog* log, const ProjectionReader* view)
    : log_(log),
      statements_(view),
      actors_(view),
      topics_(view),
      positions_(view) {}

absl::StatusOr<Answers::Name> Answers::NameOfActor(const std::string& actor_id,
                                                   uint64_t known_at) {
  if (names_known_at_ != known_at) names_.clear();
  names_known_at_ = known_at;
  const auto known = names_.find(actor_id);
  if (known != names_.end()) return known->second;
  const absl::StatusOr<ActorRecord> record = actors_.Find(actor_id, known_at);
  Name name{actor_id, actor_id};
  if (record.ok()) {
    name = {record->actor_id(), NameOf(*record)};
  } else if (!absl::IsNotFound(record.status())) {
    return record.status();
  }
  names_.emplace(actor_id, name);
  return name;
}

absl::StatusOr<absl::string_view> Answers::TextOf(const std::string& article_id,
                                                  uint64_t known_at) {
  if (article_id == text_article_id_) return text_;
  const absl::StatusOr<ArticleRecord> article =
      statements_.FindArticle(article_id, known_at);
  text_article_id_ = article_id;
  text_.clear();
  if (absl::IsNotFound(article.status())) return text_;
  ONRECORD_RETURN_IF_ERROR(article.status());
  // Where the log's server is away, answers go without words.
  if (texts_away_) return text_;
  absl::StatusOr<std::string> text =
      log_->GetText(article->article().text_sha256());
  if (text.ok()) {
    text_ = *std::move(text);
  } else if (absl::IsUnavailable(text.status())) {
    texts_away_ = true;
  } else if (!absl::IsNotFound(text.status())) {
    return text.status();
  }
  return text_;
}

absl::StatusOr<std::string> Answers::WordsOf(const Statement& statement,
                                             uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const absl::string_view text,
                            TextOf(statement.article_id(), known_at));
  std::string words;
  for (const Span& span : statement.content()) {
    absl::StrAppend(&words, words.empty() ? "" : kBetweenFragments,
                    WordsIn(text, span.begin(), span.end()));
  }
  return words;
}

absl::Status Answers::FillMention(const Mention& mention,
                                  absl::string_view text, uint64_t known_at,
                                  MentionRow& row) {
  if (mention.has_span()) {
    row.set_begin(mention.span().begin());
    row.set_end(mention.span().end());
    row.set_text(std::string(
        WordsIn(text, mention.span().begin(), mention.span().end())));
  } else {
    row.set_text(mention.text());
  }
  if (!mention.actor_id().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(Name name,
                              NameOfActor(mention.actor_id(), known_at));
    row.set_actor_id(std::move(name.id));
    row.set_actor_name(std::move(name.name));
  }
  row.set_unnamed(mention.unnamed());
  row.set_role(mention.role());
  row.set_member_of(mention.member_of());
  row.set_confidence(mention.confidence());
  row.set_reason(mention.reason());
  return absl::OkStatus();
}

absl::StatusOr<StatementRow> Answers::RowOf(const StatementRecord& record,
                                            uint64_t known_at) {
  const Statement& statement = record.statement();
  ONRECORD_ASSIGN_OR_RETURN(const absl::string_view text,
                            TextOf(statement.article_id(), known_at));
  StatementRow row;
  row.set_doc_id(statement.article_id());
  row.set_statement_id(statement.id());
  row.set_parent_id(statement.parent_id());
  if (statement.has_speaker()) {
    ONRECORD_RETURN_IF_ERROR(FillMention(statement.speaker(), text, known_at,
                                         *row.mutable_speaker()));
  }
  if (statement.has_cue()) {
    row.mutable_cue()->set_begin(statement.cue().begin());
    row.mutable_cue()->set_end(statement.cue().end());
    row.mutable_cue()->set_text(std::string(
        WordsIn(text, statement.cue().begin(), statement.cue().end())));
  }
  *row.mutable_content() = statement.content();
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_text(), WordsOf(statement, known_at));
  row.set_kind(statement.kind());
  if (statement.has_relayed_by()) {
    ONRECORD_RETURN_IF_ERROR(FillMention(statement.relayed_by(), text, known_at,
                                         *row.mutable_relayed_by()));
  }
  if (statement.has_addressee()) {
    ONRECORD_RETURN_IF_ERROR(FillMention(statement.addressee(), text, known_at,
                                         *row.mutable_addressee()));
  }
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_topic(),
                            topics_.Canonical(statement.topic_id(), known_at));
  if (statement.has_stance()) row.set_stance(statement.stance());
  row.set_conditional(statement.conditional());
  row.set_negated(statement.negated());
  row.set_said_at(statement.said_at());
  if (statement.has_said_at_span()) {
    row.set_said_at_text(
        std::string(WordsIn(text, statement.said_at_span().begin(),
                            statement.said_at_span().end())));
  }
  row.set_confidence(statement.confidence());
  row.set_reason(statement.reason());
  row.set_speaker_unknown(statement.speaker_unknown());
  row.set_topic_unknown(statement.topic_unknown());
  row.set_stance_unknown(statement.stance_unknown());
  row.set_said_at_unknown(statement.said_at_unknown());
  row.set_duplicate_of(statement.duplicate_of());
  if (statement.duplicate_of().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const uint32_t sources,
                              SourcesOf(record, known_at));
    row.set_sources(sources);
  }
  if (record.known_from() != record.recorded_at()) {
    CorrectionRow& correction = *row.mutable_correction();
    correction.set_kind(record.kind());
    correction.set_reason(record.reason());
    correction.set_by(record.by());
    correction.set_log_position(record.known_from());
  }
  return row;
}

absl::StatusOr<uint32_t> Answers::CountSources(
    const std::vector<Statement>& statements, uint64_t known_at) {
  return sources_.Count(
      statements,
      [&](const std::string& article_id) -> absl::StatusOr<std::string> {
        ONRECORD_ASSIGN_OR_RETURN(const absl::string_view text,
                                  TextOf(article_id, known_at));
        return std::string(text);
      });
}

// Of a statement, and those that repeat it.
absl::StatusOr<uint32_t> Answers::SourcesOf(const StatementRecord& record,
                                            uint64_t known_at) {
  std::vector<Statement> statements = {record.statement()};
  ONRECORD_RETURN_IF_ERROR(statements_.ForEachRepeating(
      record.statement().id(), known_at, [&](const StatementRecord& repeating) {
        statements.push_back(repeating.statement());
        return absl::OkStatus();
      }));
  if (statements.size() == 1) return 1;
  return CountSources(statements, known_at);
}

absl::StatusOr<uint32_t> Answers::SourcesOf(const Position& position,
                                            uint64_t known_at) {
  std::vector<Statement> statements;
  for (const Evidence& evidence : position.evidence) {
    ONRECORD_ASSIGN_OR_RETURN(
        StatementRecord record,
        statements_.Find(evidence.statement_id, known_at));
    statements.push_back(std::move(*record.mutable_statement()));
  }
  return CountSources(statements, known_at);
}

absl::Status Answers::FillSpeaker(const Evidence& evidence, uint64_t known_at,
                                  SpeakerRow& row) {
  ONRECORD_ASSIGN_OR_RETURN(Name name,
                            NameOfActor(evidence.speaker_id, known_at));
  row.set_actor_id(std::move(name.id));
  row.set_actor_name(evidence.unnamed
                         ? absl::StrCat("unnamed (", name.name, ")")
                         : std::move(name.name));
  row.add_evidence(evidence.statement_id);
  return absl::OkStatus();
}

absl::Status Answers::AddSpeakers(const Position& position, uint64_t known_at,
                                  PositionRow& row) {
  for (const Evidence& evidence : position.evidence) {
    SpeakerRow one;
    ONRECORD_RETURN_IF_ERROR(FillSpeaker(evidence, known_at, one));
    auto* const speakers = row.mutable_speakers();
    const auto known = std::find_if(
        speakers->begin(), speakers->end(), [&one](const SpeakerRow& speaker) {
          return speaker.actor_name() == one.actor_name() &&
                 speaker.actor_id() == one.actor_id();
        });
    if (known == speakers->end()) {
      *speakers->Add() = std::move(one);
    } else {
      known->add_evidence(evidence.statement_id);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Answers::NameOfTopic(const std::string& topic_id,
                                                 uint64_t known_at) const {
  const absl::StatusOr<TopicFact> topic = topics_.Find(topic_id, known_at);
  if (absl::IsNotFound(topic.status())) return std::string();
  ONRECORD_RETURN_IF_ERROR(topic.status());
  return topic->topic().name();
}

absl::StatusOr<std::string> Answers::FirstWords(const Position& position,
                                                uint64_t known_at) {
  if (position.evidence.empty()) return std::string();
  ONRECORD_ASSIGN_OR_RETURN(
      const StatementRecord first,
      statements_.Find(position.evidence.front().statement_id, known_at));
  const Statement& statement = first.statement();
  ONRECORD_ASSIGN_OR_RETURN(const std::string words,
                            WordsOf(statement, known_at));
  // What is told of them rather than said by them is in the verb, too: "is not
  // reducing | trade".
  const bool is_told = statement.kind() == Statement::NARRATION ||
                       statement.kind() == Statement::ACTION;
  if (!is_told || words.empty() || !statement.has_cue() ||
      statement.cue().end() + 1 != statement.content(0).begin()) {
    return words;
  }
  ONRECORD_ASSIGN_OR_RETURN(const absl::string_view text,
                            TextOf(statement.article_id(), known_at));
  return absl::StrCat(
      WordsIn(text, statement.cue().begin(), statement.content(0).begin()),
      words);
}

absl::StatusOr<PositionRow> Answers::RowOf(const Position& position,
                                           uint64_t known_at) {
  PositionRow row;
  ONRECORD_ASSIGN_OR_RETURN(Name name,
                            NameOfActor(position.actor_id, known_at));
  row.set_actor_id(position.actor_id);
  row.set_actor_name(std::move(name.name));
  row.set_topic(position.topic_id);
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_topic_name(),
                            NameOfTopic(position.topic_id, known_at));
  row.set_from(FormatDay(position.from));
  if (position.to.has_value()) row.set_to(FormatDay(*position.to));
  row.set_stance(position.stance);
  row.set_conditional(position.conditional);
  row.set_label(Label(position));
  for (const Evidence& evidence : position.evidence) {
    row.add_evidence(evidence.statement_id);
  }
  ONRECORD_ASSIGN_OR_RETURN(const uint32_t sources,
                            SourcesOf(position, known_at));
  row.set_sources(sources);
  ONRECORD_RETURN_IF_ERROR(AddSpeakers(position, known_at, row));
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_text(),
                            FirstWords(position, known_at));
  return row;
}

absl::StatusOr<ShiftRow> Answers::RowOf(const Shift& shift, uint64_t known_at) {
  ShiftRow row;
  ONRECORD_ASSIGN_OR_RETURN(Name name,
                            NameOfActor(shift.after.actor_id, known_at));
  row.set_actor_id(shift.after.actor_id);
  row.set_actor_name(std::move(name.name));
  row.set_topic(shift.after.topic_id);
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_topic_name(),
                            NameOfTopic(shift.after.topic_id, known_at));
  row.set_kind(std::string(ShiftName(shift.kind)));
  row.set_day(FormatDayRange(shift.day));
  row.set_from_stance(shift.before.stance);
  row.set_to_stance(shift.after.stance);
  row.set_from_label(Label(shift.before));
  row.set_to_label(Label(shift.after));
  for (const Evidence& evidence : shift.before.evidence) {
    row.add_evidence_before(evidence.statement_id);
  }
  for (const Evidence& evidence : shift.after.evidence) {
    row.add_evidence_after(evidence.statement_id);
  }
  row.set_other_speaker(shift.other_speaker);
  ONRECORD_RETURN_IF_ERROR(FillSpeaker(shift.before.evidence.back(), known_at,
                                       *row.mutable_speaker_before()));
  ONRECORD_RETURN_IF_ERROR(FillSpeaker(shift.after.evidence.front(), known_at,
                                       *row.mutable_speaker_after()));
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_text(),
                            FirstWords(shift.after, known_at));
  return row;
}

absl::StatusOr<ChangeRow> Answers::RowOf(const PositionChange& change,
                                         uint64_t known_before,
                                         uint64_t known_after) {
  const Position& either =
      change.after.has_value() ? *change.after : *change.before;
  const uint64_t known_at =
      change.after.has_value() ? known_after : known_before;
  ChangeRow row;
  ONRECORD_ASSIGN_OR_RETURN(Name name, NameOfActor(either.actor_id, known_at));
  row.set_actor_id(either.actor_id);
  row.set_actor_name(std::move(name.name));
  row.set_topic(either.topic_id);
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_topic_name(),
                            NameOfTopic(either.topic_id, known_at));
  if (change.before.has_value()) {
    row.set_before(Label(*change.before));
    for (const Evidence& evidence : change.before->evidence) {
      row.add_evidence_before(evidence.statement_id);
    }
  }
  if (change.after.has_value()) {
    row.set_after(Label(*change.after));
    for (const Evidence& evidence : change.after->evidence) {
      row.add_evidence_after(evidence.statement_id);
    }
  }
  return row;
}

absl::StatusOr<GroundRow> Answers::RowOf(const Ground& ground, bool needed,
                                         uint64_t known_at) {
  GroundRow row;
  ONRECORD_ASSIGN_OR_RETURN(*row.mutable_statement(),
                            RowOf(ground.statement, known_at));
  row.set_needed(needed);
  const absl::StatusOr<ArticleRecord> article =
      statements_.FindArticle(row.statement().doc_id(), known_at);
  if (article.ok()) {
    row.set_title(article->article().title());
    row.set_publisher(article->article().publisher());
    row.set_published(article->article().published());
  } else if (!absl::IsNotFound(article.status())) {
    return article.status();
  }
  for (const uint64_t log_position : ground.log_positions) {
    row.add_log_positions(log_position);
  }
  return row;
}

absl::StatusOr<std::vector<ShiftRow>> Answers::Shifts(
    const PositionQuery& query) {
  std::vector<ShiftRow> rows;
  ONRECORD_RETURN_IF_ERROR(
      ForEachShift(positions_, query, [&](const Shift& shift) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(ShiftRow row, RowOf(shift, query.known_at));
        rows.push_back(std::move(row));
        return absl::OkStatus();
      }));
  return rows;
}

absl::StatusOr<std::vector<ChangeRow>> Answers::Diff(
    const PositionQuery& before, const PositionQuery& after) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionChange> changes,
                            DiffPositions(positions_, before, after));
  std::vector<ChangeRow> rows;
  for (const PositionChange& change : changes) {
    ONRECORD_ASSIGN_OR_RETURN(ChangeRow row,
                              RowOf(change, before.known_at, after.known_at));
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<std::vector<EdgeRow>> Answers::Network(
    const PositionQuery& query, std::optional<absl::CivilDay> since) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<NetworkEdge> edges,
                            NetworkOf(positions_, query, since));
  std::vector<EdgeRow> rows;
  for (const NetworkEdge& edge : edges) {
    EdgeRow row;
    row.set_actor_a(edge.actor_a);
    row.set_actor_b(edge.actor_b);
    ONRECORD_ASSIGN_OR_RETURN(const Name a,
                              NameOfActor(edge.actor_a, query.known_at));
    ONRECORD_ASSIGN_OR_RETURN(const Name b,
                              NameOfActor(edge.actor_b, query.known_at));
    row.set_actor_a_name(a.name);
    row.set_actor_b_name(b.name);
    for (const std::string& topic : edge.congruent) row.add_congruent(topic);
    for (const std::string& topic : edge.conflicting) {
      row.add_conflicting(topic);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<std::vector<GroundRow>> Answers::Why(const PositionQuery& query,
                                                    Proofs proofs) {
  ONRECORD_ASSIGN_OR_RETURN(const Head head, log_->GetHead());
  ONRECORD_ASSIGN_OR_RETURN(const Explanation explanation,
                            Explain(positions_, statements_, query));
  std::vector<GroundRow> rows;
  for (const bool needed : {true, false}) {
    for (const Ground& ground :
         needed ? explanation.needed : explanation.further) {
      ONRECORD_ASSIGN_OR_RETURN(GroundRow row,
                                RowOf(ground, needed, query.known_at));
      for (const uint64_t log_position : row.log_positions()) {
        if (proofs == Proofs::kNone) break;
        ONRECORD_ASSIGN_OR_RETURN(
            *row.add_proofs(),
            log_->ProveInclusion(log_position, head.commits));
      }
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

absl::StatusOr<std::vector<PositionRow>> Answers::Positions(
    const PositionQuery& query) {
  std::vector<PositionRow> rows;
  ONRECORD_RETURN_IF_ERROR(
      positions_.ForEach(query, [&](const Position& position) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(PositionRow row,
                                  RowOf(position, query.known_at));
        rows.push_back(std::move(row));
        return absl::OkStatus();
      }));
  return rows;
}

absl::StatusOr<bool> Answers::IsAsked(const StatementRecord& record,
                                      const StatementQuery& query) const {
  const Statement& statement = record.statement();
  if (!query.actor_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(
        const std::string actor,
        actors_.Canonical(statement.speaker().actor_id(), query.known_at));
    if (actor != query.actor_id) return false;
  }
  if (query.topic_id.empty()) return true;
  ONRECORD_ASSIGN_OR_RETURN(
      const std::string topic,
      topics_.Canonical(statement.topic_id(), query.known_at));
  return topic == query.topic_id;
}

absl::StatusOr<std::vector<StatementRow>> Answers::Statements(
    const StatementQuery& query) {
  // Statements keep the ids that they were recorded with; who is merged reads
  // as another.
  StatementQuery of_all = query;
  of_all.actor_id.clear();
  of_all.topic_id.clear();
  std::vector<StatementRow> rows;
  ONRECORD_RETURN_IF_ERROR(statements_.ForEach(
      of_all, [&](const StatementRecord& record) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(const bool is_asked, IsAsked(record, query));
        if (!is_asked) return absl::OkStatus();
        ONRECORD_ASSIGN_OR_RETURN(StatementRow row,
                                  RowOf(record, query.known_at));
        rows.push_back(std::move(row));
        return absl::OkStatus();
      }));
  return rows;
}

absl::StatusOr<std::vector<ActorRow>> Answers::Actors(uint64_t known_at) {
  absl::flat_hash_map<std::string, uint32_t> counts;
  StatementQuery all;
  all.known_at = known_at;
  ONRECORD_RETURN_IF_ERROR(statements_.ForEach(
      all, [&](const StatementRecord& record) -> absl::Status {
        const std::string& speaker = record.statement().speaker().actor_id();
        if (speaker.empty()) return absl::OkStatus();
        ONRECORD_ASSIGN_OR_RETURN(const Name name,
                                  NameOfActor(speaker, known_at));
        ++counts[name.id];
        return absl::OkStatus();
      }));
  std::vector<ActorRow> rows;
  ONRECORD_RETURN_IF_ERROR(
      actors_.ForEach(known_at, [&](const ActorRecord& record) {
        rows.push_back(RowOfActor(record, counts[record.actor_id()]));
        return absl::OkStatus();
      }));
  return rows;
}

absl::StatusOr<std::vector<TopicRow>> Answers::Topics(uint64_t known_at) {
  absl::flat_hash_map<std::string, uint32_t> counts;
  StatementQuery all;
  all.known_at = known_at;
  ONRECORD_RETURN_IF_ERROR(statements_.ForEach(
      all, [&](const StatementRecord& record) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(
            const std::string topic,
            topics_.Canonical(record.statement().topic_id(), known_at));
        ++counts[topic];
        return absl::OkStatus();
      }));
  std::vector<TopicRow> rows;
  ONRECORD_RETURN_IF_ERROR(
      topics_.ForEach(known_at, [&](const TopicFact& fact) {
        TopicRow& row = rows.emplace_back();
        row.set_topic(fact.topic().id());
        row.set_name(fact.topic().name());
        row.set_proposition(fact.topic().proposition());
        *row.mutable_phrases() = fact.topic().phrases();
        row.set_found(fact.found());
        row.set_statements(counts[fact.topic().id()]);
        return absl::OkStatus();
      }));
  return rows;
}

absl::StatusOr<std::vector<SourceRow>> Answers::Articles(uint64_t known_at) {
  std::vector<SourceRow> rows;
  ONRECORD_RETURN_IF_ERROR(statements_.ForEachArticle(
      known_at, [&rows](const ArticleRecord& record) {
        const ArticleIngested& article = record.article();
        SourceRow& row = rows.emplace_back();
        row.set_doc_id(article.article_id());
        row.set_title(article.title());
        row.set_publisher(article.publisher());
        row.set_url(article.url());
        row.set_published(article.published());
        row.set_language(article.language());
        row.set_text_sha256(absl::BytesToHexString(article.text_sha256()));
        row.set_forgotten(record.forgotten_from() > 0);
        return absl::OkStatus();
      }));
  return rows;
}

}  // namespace onrecord
