#include "engine/actors/coded_statements.h"

#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/extract/speakers/gazetteer.h"
#include "engine/extract/statement/extraction.h"
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
  Coded(const Article& article, const Directory& directory)
      : article_(article), directory_(directory) {}

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
    statement.set_reason("hand-coded");
    statement.set_duplicate_of(row.duplicate_of());
    if (row.has_speaker()) {
      coded.speaker = EntityOf(row.speaker(), *statement.mutable_speaker());
    } else {
      statement.set_speaker_unknown("hand-coded as unknown");
    }
    if (row.has_addressee()) {
      coded.addressee =
          EntityOf(row.addressee(), *statement.mutable_addressee());
    }
    if (row.has_relayed_by()) {
      coded.relayed_by =
          EntityOf(row.relayed_by(), *statement.mutable_relayed_by());
    }
    extraction_.statements.push_back(std::move(coded));
  }

  ResolvedArticle Resolve(Directory& directory) const {
    return onrecord::Resolve(article_, extraction_, directory, known_ids_);
  }

 private:
  template <typename SpanLike>
  static void SetSpan(const SpanLike& from, Span& to) {
    to.set_begin(from.begin());
    to.set_end(from.end());
  }

  // The entity of a row's mention; the same one for the same name.
  int EntityOf(const MentionRow& row, Mention& mention) {
    if (row.has_end()) SetSpan(row, *mention.mutable_span());
    mention.set_role(row.role());
    mention.set_reason("hand-coded");
    const std::string name =
        row.actor_name().empty() ? row.text() : row.actor_name();
    const std::string key =
        absl::StrCat(row.unnamed() ? "?" : "=", row.actor_id(), "/", name);
    const auto [entry, is_new] =
        indices_.emplace(key, static_cast<int>(extraction_.entities.size()));
    if (is_new) {
      extract::Entity& entity = extraction_.entities.emplace_back();
      entity.name = name;
      entity.unnamed = row.unnamed() || name.empty();
      entity.member_of = row.member_of();
      if (extract::FindCountry(name) != nullptr) entity.kind = Actor::COUNTRY;
      known_ids_.push_back(!row.actor_id().empty() &&
                                   directory_.Find(row.actor_id()) != nullptr
                               ? row.actor_id()
                               : "");
    }
    return entry->second;
  }

  const Article& article_;
  const Directory& directory_;
  extract::Extraction extraction_;
  std::vector<std::string> known_ids_;
  std::map<std::string, int> indices_;
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
  Coded coded(article, directory);
  for (const StatementRow& row : rows) {
    if (row.doc_id() == article.id()) coded.Add(row);
  }
  return coded.Resolve(directory);
}

}  // namespace onrecord
