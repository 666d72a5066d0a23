#include "engine/extraction_check.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/edtf.h"
#include "engine/span_check.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using ::onrecord::extract::Entity;
using ::onrecord::extract::ExtractedStatement;
using ::onrecord::extract::Extraction;

absl::Status InvalidField(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

absl::Status CheckMention(absl::string_view field, const Mention& mention,
                          absl::string_view text) {
  if (!mention.has_span()) return absl::OkStatus();
  return CheckSpan(field, mention.span(), text);
}

absl::Status CheckSpans(const Statement& statement, absl::string_view text) {
  ONRECORD_RETURN_IF_ERROR(CheckMention("speaker", statement.speaker(), text));
  ONRECORD_RETURN_IF_ERROR(
      CheckMention("addressee", statement.addressee(), text));
  ONRECORD_RETURN_IF_ERROR(
      CheckMention("relayedBy", statement.relayed_by(), text));
  if (statement.has_cue()) {
    ONRECORD_RETURN_IF_ERROR(CheckSpan("cue", statement.cue(), text));
  }
  if (statement.has_said_at_span()) {
    ONRECORD_RETURN_IF_ERROR(
        CheckSpan("saidAtText", statement.said_at_span(), text));
  }
  for (const Span& span : statement.stance_grounds()) {
    ONRECORD_RETURN_IF_ERROR(CheckSpan("stanceGrounds", span, text));
  }
  uint32_t end = 0;
  for (const Span& span : statement.content()) {
    ONRECORD_RETURN_IF_ERROR(CheckSpan("content", span, text));
    if (span.begin() < end) {
      return InvalidField("content", "has fragments out of order");
    }
    end = span.end();
  }
  if (statement.content().empty() && !statement.has_cue()) {
    return InvalidField("content", "is empty, and there is no `cue` either");
  }
  return absl::OkStatus();
}

// `low` and `high` are inclusive; a NaN is refused too.
absl::Status CheckNumber(absl::string_view field, double value, double low,
                         double high) {
  if (value >= low && value <= high) return absl::OkStatus();
  return InvalidField(
      field, absl::StrCat("is ", value, ", expected ", low, " to ", high));
}

absl::Status CheckIndex(absl::string_view field, int index, size_t size) {
  if (index >= -1 && index < static_cast<int>(size)) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("is number ", index, " of ", size));
}

absl::Status CheckIndices(const ExtractedStatement& extracted, size_t entities,
                          size_t earlier) {
  ONRECORD_RETURN_IF_ERROR(CheckIndex("speaker", extracted.speaker, entities));
  for (const int joint : extracted.joint_speakers) {
    ONRECORD_RETURN_IF_ERROR(CheckIndex("speaker", joint, entities));
  }
  ONRECORD_RETURN_IF_ERROR(
      CheckIndex("addressee", extracted.addressee, entities));
  ONRECORD_RETURN_IF_ERROR(
      CheckIndex("relayedBy", extracted.relayed_by, entities));
  return CheckIndex("parentId", extracted.parent, earlier);
}

absl::Status CheckValues(const Statement& statement,
                         const absl::flat_hash_set<absl::string_view>& topics) {
  if (!Statement::Kind_IsValid(statement.kind()) ||
      statement.kind() == Statement::KIND_UNSPECIFIED) {
    return InvalidField(
        "kind", "is none of DIRECT, INDIRECT, MIXED, ACTION, NARRATION");
  }
  if (statement.has_stance()) {
    ONRECORD_RETURN_IF_ERROR(CheckNumber("stance", statement.stance(), -1, 1));
  }
  ONRECORD_RETURN_IF_ERROR(
      CheckNumber("confidence", statement.confidence(), 0, 1));
  if (!statement.topic_id().empty() && !topics.contains(statement.topic_id())) {
    return InvalidField("topic", absl::StrCat("is \"", statement.topic_id(),
                                              "\", which is defined nowhere"));
  }
  if (!statement.said_at().empty()) {
    const absl::StatusOr<EdtfTime> said_at =
        EdtfTime::Parse(statement.said_at());
    if (!said_at.ok()) {
      return InvalidField("saidAt", said_at.status().message());
    }
  }
  return absl::OkStatus();
}

absl::flat_hash_set<absl::string_view> TopicIds(const Codebook& codebook,
                                                const Extraction& extraction) {
  absl::flat_hash_set<absl::string_view> ids;
  for (const Topic& topic : codebook.topics()) ids.insert(topic.id());
  for (const Topic& topic : extraction.found_topics) ids.insert(topic.id());
  return ids;
}

}  // namespace

absl::Status CheckExtraction(const Article& article, const Codebook& codebook,
                             const Extraction& extraction) {
  for (const Entity& entity : extraction.entities) {
    if (entity.name.empty()) return InvalidField("entity", "has no name");
  }
  const absl::flat_hash_set<absl::string_view> topics =
      TopicIds(codebook, extraction);
  for (size_t i = 0; i < extraction.statements.size(); ++i) {
    const ExtractedStatement& extracted = extraction.statements[i];
    absl::Status status = CheckSpans(extracted.statement, article.text());
    status.Update(CheckIndices(extracted, extraction.entities.size(), i));
    status.Update(CheckValues(extracted.statement, topics));
    if (!status.ok()) {
      return absl::Status(status.code(), absl::StrCat("statement ", i + 1, ": ",
                                                      status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace onrecord
