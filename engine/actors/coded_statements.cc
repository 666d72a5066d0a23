#include "engine/actors/coded_statements.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/extract/statement/extraction.h"
#include "engine/row_entities.h"
#include "engine/span_check.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(const StatementRow& row, absl::string_view field,
                          absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "statement \"", row.statement_id(), "\": `", field, "` ", why));
}

// Checks a span that need not be there.
template <typename SpanLike>
absl::Status CheckIfGiven(absl::string_view field, const SpanLike& span,
                          absl::string_view text) {
  if (!span.has_begin() && !span.has_end()) return absl::OkStatus();
  return CheckSpan(field, span, text);
}

absl::Status CheckSpans(const StatementRow& row, absl::string_view text) {
  absl::Status status = CheckIfGiven("speaker", row.speaker(), text);
  status.Update(CheckIfGiven("cue", row.cue(), text));
  status.Update(CheckIfGiven("addressee", row.addressee(), text));
  for (const Span& span : row.content()) {
    status.Update(CheckIfGiven("content", span, text));
  }
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat("statement \"", row.statement_id(),
                                   "\": ", status.message()));
}

// Makes an extraction of the rows of one article.
class Coded {
 public:
  explicit Coded(const Article& article) : article_(article) {}

  void Add(const StatementRow& row) {
    extract::ExtractedStatement coded;
    Statement& statement = coded.statement;
    statement.set_id(row.statement_id());
    statement.set_parent_id(row.parent_id());
    *statement.mutable_content() = row.content();
    if (row.cue().has_end()) SetSpan(row.cue(), *statement.mutable_cue());
    statement.set_kind(row.kind());
    statement.set_topic_id(row.topic());
    if (row.has_stance()) statement.set_stance(row.stance());
    statement.set_conditional(row.conditional());
    statement.set_negated(row.negated());
    statement.set_said_at(row.said_at().empty() ? article_.published()
                                                : row.said_at());
    statement.set_confidence(1);
    statement.set_reason(kHandCoded);
    statement.set_duplicate_of(row.duplicate_of());
    if (row.has_speaker()) {
      coded.speaker = Entity(row.speaker(), *statement.mutable_speaker());
    } else {
      statement.set_speaker_unknown("hand-coded as unknown");
    }
    if (row.has_addressee()) {
      coded.addressee = Entity(row.addressee(), *statement.mutable_addressee());
    }
    if (row.has_relayed_by()) {
      coded.relayed_by =
          Entity(row.relayed_by(), *statement.mutable_relayed_by());
    }
    statements_.push_back(std::move(coded));
  }

  ResolvedArticle Resolve(Directory& directory) && {
    extract::Extraction extraction;
    extraction.entities = entities_.entities();
    extraction.statements = std::move(statements_);
    std::vector<std::string> known_ids = entities_.actor_ids();
    for (std::string& id : known_ids) {
      if (directory.Find(id) == nullptr) id.clear();
    }
    return onrecord::Resolve(article_, extraction, directory, known_ids);
  }

 private:
  int Entity(const MentionRow& row, Mention& mention) {
    const int entity = entities_.Add(row, mention);
    mention.set_reason(kHandCoded);
    return entity;
  }

  const Article& article_;
  RowEntities entities_;
  std::vector<extract::ExtractedStatement> statements_;
};

}  // namespace

absl::Status CheckCodedStatements(absl::Span<const Article> articles,
                                  const std::vector<StatementRow>& rows) {
  absl::flat_hash_map<absl::string_view, absl::string_view> texts;
  for (const Article& article : articles) texts[article.id()] = article.text();
  for (const StatementRow& row : rows) {
    const auto text = texts.find(row.doc_id());
    if (text == texts.end()) {
      return InvalidField(
          row, "docId",
          absl::StrCat("is \"", row.doc_id(), "\", which is no article here"));
    }
    ONRECORD_RETURN_IF_ERROR(CheckSpans(row, text->second));
  }
  return absl::OkStatus();
}

ResolvedArticle ResolveCoded(const Article& article,
                             const std::vector<StatementRow>& rows,
                             Directory& directory) {
  Coded coded(article);
  for (const StatementRow& row : rows) {
    if (row.doc_id() == article.id()) coded.Add(row);
  }
  return std::move(coded).Resolve(directory);
}

}  // namespace onrecord
