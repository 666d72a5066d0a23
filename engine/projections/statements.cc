#include "engine/projections/statements.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/projections/day.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Table 's': a version of a statement, by id and the log position from which
// it is known. Table 'd': an id, by day and log position of the first record;
// one entry for each day that any version gives. Table 'o': an id, by article
// and log position of the first record. Table 'a': an article. Table 'w':
// an id, by the key of its words and itself; table 'r': an id, by the one that
// it repeats and itself; both as any version gives them.
Key VersionsOf(absl::string_view statement_id) {
  return Key('s').Text(statement_id);
}

Key WordsOf(uint64_t words_key) { return Key('w').Number(words_key); }

Key RepeatersOf(absl::string_view statement_id) {
  return Key('r').Text(statement_id);
}

Key ArticleKey(absl::string_view article_id) {
  return Key('a').Text(article_id);
}

absl::StatusOr<std::optional<StatementRecord>> LastVersion(
    const ProjectionReader& reader, absl::string_view statement_id,
    uint64_t known_at) {
  const Key versions = VersionsOf(statement_id);
  ONRECORD_ASSIGN_OR_RETURN(
      const auto entry, reader.Floor(versions, Key(versions).Number(known_at)));
  if (!entry.has_value()) return std::nullopt;
  StatementRecord record;
  if (!record.ParseFromString(entry->second)) {
    return absl::DataLossError(absl::StrCat(
        "the record of statement \"", statement_id, "\" does not decode"));
  }
  return record;
}

// Visits the statements whose ids are the values of `table`, if they still
// belong there.
absl::Status VisitListed(
    const ProjectionReader& reader, const Key& table, uint64_t known_at,
    absl::FunctionRef<bool(const Statement&)> belongs,
    absl::FunctionRef<absl::Status(const StatementRecord&)> visit) {
  const auto scan = reader.Scan(table);
  for (; scan->Valid(); scan->Next()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<StatementRecord> record,
                              LastVersion(reader, scan->value(), known_at));
    if (!record.has_value() || record->retracted() ||
        !belongs(record->statement())) {
      continue;
    }
    ONRECORD_RETURN_IF_ERROR(visit(*record));
  }
  return scan->status();
}

void PutVersion(const StatementRecord& record, ProjectionState& state) {
  const Statement& statement = record.statement();
  PutMessage(VersionsOf(statement.id()).Number(record.known_from()), record,
             &state);
  const DayNumber day = ParseDayRange(statement.said_at()).first;
  state.Put(Key('d').Signed(day).Number(record.recorded_at()), statement.id());
  state.Put(Key('o').Text(statement.article_id()).Number(record.recorded_at()),
            statement.id());
  if (statement.words_key() != 0) {
    state.Put(WordsOf(statement.words_key()).Text(statement.id()),
              statement.id());
  }
  if (!statement.duplicate_of().empty()) {
    state.Put(RepeatersOf(statement.duplicate_of()).Text(statement.id()),
              statement.id());
  }
}

// What a correction or a second record makes of `before`.
void Replace(const Statement& right, uint64_t log_position,
             const std::string& by, StatementRecord* record) {
  const std::string id = record->statement().id();
  *record->mutable_statement() = right;
  record->mutable_statement()->set_id(id);
  record->set_known_from(log_position);
  record->set_retracted(false);
  if (!by.empty()) record->set_by(by);
}

// A machine does not take back what a person has decided.
bool PassedOver(const StatementRecord& before, const std::string& by) {
  return by.empty() && !before.by().empty();
}

absl::Status Record(const Statement& statement, uint64_t log_position,
                    ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(std::optional<StatementRecord> record,
                            LastVersion(state, statement.id(), kLatest));
  if (!record.has_value()) {
    record.emplace();
    record->mutable_statement()->set_id(statement.id());
    record->set_recorded_at(log_position);
  } else if (PassedOver(*record, "")) {
    return absl::OkStatus();
  }
  record->clear_kind();
  record->clear_reason();
  Replace(statement, log_position, "", &*record);
  PutVersion(*record, state);
  return absl::OkStatus();
}

absl::Status Correct(const StatementCorrected& correction,
                     uint64_t log_position, ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<StatementRecord> record,
      LastVersion(state, correction.statement_id(), kLatest));
  if (!record.has_value() || PassedOver(*record, correction.by())) {
    return absl::OkStatus();
  }
  Replace(correction.corrected(), log_position, correction.by(), &*record);
  record->set_kind(correction.kind());
  record->set_reason(correction.reason());
  PutVersion(*record, state);
  return absl::OkStatus();
}

absl::Status Retract(const StatementRetracted& retraction,
                     uint64_t log_position, ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<StatementRecord> record,
      LastVersion(state, retraction.statement_id(), kLatest));
  if (!record.has_value() || PassedOver(*record, retraction.by())) {
    return absl::OkStatus();
  }
  record->set_known_from(log_position);
  record->set_retracted(true);
  record->set_kind(retraction.kind());
  record->set_reason(retraction.reason());
  if (!retraction.by().empty()) record->set_by(retraction.by());
  PutVersion(*record, state);
  return absl::OkStatus();
}

absl::Status Ingest(const ArticleIngested& article, uint64_t log_position,
                    ProjectionState& state) {
  const Key key = ArticleKey(article.article_id());
  ONRECORD_ASSIGN_OR_RETURN(const auto known,
                            GetMessage<ArticleRecord>(state, key));
  if (known.has_value()) return absl::OkStatus();
  ArticleRecord record;
  *record.mutable_article() = article;
  record.set_known_from(log_position);
  PutMessage(key, record, &state);
  return absl::OkStatus();
}

absl::Status ForgetArticle(const ArticleForgotten& forgotten,
                           uint64_t log_position, ProjectionState& state) {
  const Key key = ArticleKey(forgotten.article_id());
  ONRECORD_ASSIGN_OR_RETURN(std::optional<ArticleRecord> record,
                            GetMessage<ArticleRecord>(state, key));
  if (!record.has_value()) return absl::OkStatus();
  record->set_forgotten_from(log_position);
  PutMessage(key, *record, &state);
  return absl::OkStatus();
}

}  // namespace

absl::Status StatementsProjection::Apply(const RecordedEvent& event,
                                         ProjectionState& state) {
  const NewEvent& body = event.event();
  const uint64_t position = event.log_position();
  switch (body.body_case()) {
    case NewEvent::kStatementRecorded:
      return Record(body.statement_recorded().statement(), position, state);
    case NewEvent::kStatementCorrected:
      return Correct(body.statement_corrected(), position, state);
    case NewEvent::kStatementRetracted:
      return Retract(body.statement_retracted(), position, state);
    case NewEvent::kArticleIngested:
      return Ingest(body.article_ingested(), position, state);
    case NewEvent::kArticleForgotten:
      return ForgetArticle(body.article_forgotten(), position, state);
    default:
      return absl::OkStatus();
  }
}

Statements::Statements(const ProjectionReader* store)
    : state_(store, StatementsProjection::kName) {}

absl::StatusOr<StatementRecord> Statements::Find(absl::string_view statement_id,
                                                 uint64_t known_at) const {
  ONRECORD_ASSIGN_OR_RETURN(std::optional<StatementRecord> record,
                            LastVersion(state_, statement_id, known_at));
  if (!record.has_value()) {
    return absl::NotFoundError(
        absl::StrCat("no statement \"", statement_id, "\""));
  }
  return *std::move(record);
}

absl::Status Statements::VisitIfAsked(
    const StatementQuery& query, absl::string_view statement_id,
    std::optional<int32_t> day,
    absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<StatementRecord> record,
                            LastVersion(state_, statement_id, query.known_at));
  if (!record.has_value()) return absl::OkStatus();
  if (record->retracted() && !query.retracted) return absl::OkStatus();
  const Statement& statement = record->statement();
  const DayNumber said = ParseDayRange(statement.said_at()).first;
  // The entry is of a day, or an article, that another version gives.
  if (day.has_value() && *day != said) return absl::OkStatus();
  if (!query.article_id.empty() && statement.article_id() != query.article_id) {
    return absl::OkStatus();
  }
  if (query.as_of.has_value() && said > ToDayNumber(*query.as_of)) {
    return absl::OkStatus();
  }
  if (!query.actor_id.empty() &&
      statement.speaker().actor_id() != query.actor_id) {
    return absl::OkStatus();
  }
  if (!query.topic_id.empty() && statement.topic_id() != query.topic_id) {
    return absl::OkStatus();
  }
  return visit(*record);
}

absl::Status Statements::ForEach(
    const StatementQuery& query,
    absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const {
  const bool by_article = !query.article_id.empty();
  const Key table = by_article ? Key('o').Text(query.article_id) : Key('d');
  const auto scan = state_.Scan(table);
  for (; scan->Valid(); scan->Next()) {
    std::optional<int32_t> day;
    if (!by_article) day = KeyParser(scan->key()).Signed();
    if (day.has_value() && query.as_of.has_value() &&
        *day > ToDayNumber(*query.as_of)) {
      break;
    }
    ONRECORD_RETURN_IF_ERROR(
        VisitIfAsked(query, std::string(scan->value()), day, visit));
  }
  return scan->status();
}

absl::Status Statements::ForEachOfWords(
    uint64_t words_key,
    absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const {
  const auto belongs = [&](const Statement& statement) {
    return statement.words_key() == words_key;
  };
  return VisitListed(state_, WordsOf(words_key), kLatest, belongs, visit);
}

absl::Status Statements::ForEachRepeating(
    absl::string_view statement_id, uint64_t known_at,
    absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const {
  const auto belongs = [&](const Statement& statement) {
    return statement.duplicate_of() == statement_id;
  };
  return VisitListed(state_, RepeatersOf(statement_id), known_at, belongs,
                     visit);
}

absl::StatusOr<ArticleRecord> Statements::FindArticle(
    absl::string_view article_id, uint64_t known_at) const {
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<ArticleRecord> record,
      GetMessage<ArticleRecord>(state_, ArticleKey(article_id)));
  if (!record.has_value() || record->known_from() > known_at) {
    return absl::NotFoundError(absl::StrCat("no article \"", article_id, "\""));
  }
  if (record->forgotten_from() > known_at) record->clear_forgotten_from();
  return *std::move(record);
}

absl::Status Statements::ForEachArticle(
    uint64_t known_at,
    absl::FunctionRef<absl::Status(const ArticleRecord&)> visit) const {
  const auto scan = state_.Scan(Key('a'));
  for (; scan->Valid(); scan->Next()) {
    ArticleRecord record;
    if (!record.ParseFromArray(scan->value().data(),
                               static_cast<int>(scan->value().size()))) {
      return absl::DataLossError("the record of an article does not decode");
    }
    if (record.known_from() > known_at) continue;
    if (record.forgotten_from() > known_at) record.clear_forgotten_from();
    ONRECORD_RETURN_IF_ERROR(visit(record));
  }
  return scan->status();
}

}  // namespace onrecord
