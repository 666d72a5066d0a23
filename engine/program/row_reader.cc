#include "engine/program/row_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/ingest/json.h"
#include "engine/span_check.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr absl::string_view kBetweenFragments = " … ";

absl::Status InvalidField(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

// Where `field` says both a place and the words there, they must be the same.
absl::Status CheckWords(absl::string_view field, absl::string_view said,
                        absl::string_view there) {
  if (said.empty() || said == there) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("is \"", said,
                                          "\", but at its offsets (in "
                                          "bytes) the article has \"",
                                          there, "\""));
}

// Checks a range that need not be there, with its words.
template <typename SpanRow>
absl::Status CheckRange(absl::string_view field, const SpanRow& row,
                        absl::string_view text) {
  if (!row.has_begin() && !row.has_end()) return absl::OkStatus();
  ONRECORD_RETURN_IF_ERROR(CheckSpan(field, row, text));
  return CheckWords(absl::StrCat(field, ".text"), row.text(),
                    text.substr(row.begin(), row.end() - row.begin()));
}

absl::Status CheckContent(const StatementRow& row, absl::string_view text) {
  std::string words;
  for (const Span& span : row.content()) {
    ONRECORD_RETURN_IF_ERROR(CheckSpan("content", span, text));
    absl::StrAppend(&words, words.empty() ? "" : kBetweenFragments,
                    text.substr(span.begin(), span.end() - span.begin()));
  }
  return CheckWords("text", row.text(), words);
}

// What a field that says nothing gets as its reason.
std::string Unknown(const std::string& reason) {
  return reason.empty() ? "the extractor does not say" : reason;
}

void SetUnknown(const StatementRow& row, Statement& statement) {
  if (!row.has_speaker()) {
    statement.set_speaker_unknown(Unknown(row.speaker_unknown()));
  }
  if (row.topic().empty()) {
    statement.set_topic_unknown(Unknown(row.topic_unknown()));
  }
  if (!row.has_stance()) {
    statement.set_stance_unknown(Unknown(row.stance_unknown()));
  }
  if (row.said_at().empty()) {
    statement.set_said_at_unknown(Unknown(row.said_at_unknown()));
  }
}

}  // namespace

RowReader::RowReader(const Article& article, const Codebook& codebook,
                     std::string reason)
    : article_(article), reason_(std::move(reason)) {
  for (const Topic& topic : codebook.topics()) topics_.insert(topic.id());
}

absl::Status RowReader::Add(absl::string_view json) {
  StatementRow row;
  ONRECORD_RETURN_IF_ERROR(ParseJson(json, row, UnknownFields::kRefuse));
  return AddRow(row);
}

absl::Status RowReader::AddRow(const StatementRow& row) {
  const absl::string_view text = article_.text();
  ONRECORD_RETURN_IF_ERROR(CheckRange("speaker", row.speaker(), text));
  ONRECORD_RETURN_IF_ERROR(CheckRange("cue", row.cue(), text));
  ONRECORD_RETURN_IF_ERROR(CheckRange("addressee", row.addressee(), text));
  ONRECORD_RETURN_IF_ERROR(CheckRange("relayedBy", row.relayed_by(), text));
  ONRECORD_RETURN_IF_ERROR(CheckContent(row, text));
  extract::ExtractedStatement extracted;
  Statement& statement = extracted.statement;
  *statement.mutable_content() = row.content();
  if (row.cue().has_end()) SetSpan(row.cue(), *statement.mutable_cue());
  statement.set_kind(row.kind());
  if (row.has_stance()) statement.set_stance(row.stance());
  statement.set_conditional(row.conditional());
  statement.set_negated(row.negated());
  statement.set_said_at(row.said_at());
  statement.set_confidence(row.confidence() == 0 ? 1 : row.confidence());
  statement.set_reason(row.reason().empty() ? reason_ : row.reason());
  if (row.has_speaker()) {
    extracted.speaker =
        entities_.Add(row.speaker(), *statement.mutable_speaker());
  }
  if (row.has_addressee()) {
    extracted.addressee =
        entities_.Add(row.addressee(), *statement.mutable_addressee());
  }
  if (row.has_relayed_by()) {
    extracted.relayed_by =
        entities_.Add(row.relayed_by(), *statement.mutable_relayed_by());
  }
  SetUnknown(row, statement);
  SetTopic(row, statement);
  ONRECORD_RETURN_IF_ERROR(SetParent(row, extracted));
  if (!row.statement_id().empty() &&
      !indices_.emplace(row.statement_id(), extraction_.statements.size())
           .second) {
    return InvalidField("statementId",
                        absl::StrCat("\"", row.statement_id(),
                                     "\" is that of another statement too"));
  }
  extraction_.statements.push_back(std::move(extracted));
  return absl::OkStatus();
}

absl::Status RowReader::SetParent(
    const StatementRow& row, extract::ExtractedStatement& extracted) const {
  if (row.parent_id().empty()) return absl::OkStatus();
  const auto parent = indices_.find(row.parent_id());
  if (parent == indices_.end()) {
    return InvalidField("parentId", absl::StrCat("\"", row.parent_id(),
                                                 "\" is that of no earlier "
                                                 "statement"));
  }
  extracted.parent = parent->second;
  return absl::OkStatus();
}

void RowReader::SetTopic(const StatementRow& row, Statement& statement) {
  statement.set_topic_id(row.topic());
  if (row.topic().empty() || !topics_.insert(row.topic()).second) return;
  extraction_.found_topics.emplace_back().set_id(row.topic());
}

extract::Extraction RowReader::Take() && {
  extraction_.entities = entities_.entities();
  return std::move(extraction_);
}

}  // namespace onrecord
