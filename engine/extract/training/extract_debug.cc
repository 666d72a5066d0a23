// Prints what extraction alone finds, before actors are resolved:
//
//   extract_debug extract --format=jsonl [--codebook=FILE] ARTICLES.jsonl
//
// The rows are those of `onrecord extract`, with an entity's name as the
// actor's. For measuring the sieves by themselves.

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/extract/extractor.h"
#include "proto/row.pb.h"

namespace onrecord {
namespace extract {
namespace {

google::protobuf::util::JsonParseOptions ParseOptions() {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  return options;
}

MentionRow RowOf(const Mention& mention, int entity, const Article& article,
                 const Extraction& extraction) {
  MentionRow row;
  if (mention.has_span()) {
    row.set_begin(mention.span().begin());
    row.set_end(mention.span().end());
    row.set_text(article.text().substr(
        mention.span().begin(), mention.span().end() - mention.span().begin()));
  }
  row.set_unnamed(mention.unnamed());
  row.set_role(mention.role());
  row.set_reason(mention.reason());
  row.set_confidence(mention.confidence());
  if (entity >= 0) {
    const Entity& who = extraction.entities[entity];
    if (!who.unnamed) row.set_actor_name(who.name);
    row.set_member_of(who.member_of);
  }
  return row;
}

StatementRow RowOf(const ExtractedStatement& extracted, const Article& article,
                   const Extraction& extraction, int index) {
  const Statement& statement = extracted.statement;
  StatementRow row;
  row.set_doc_id(article.id());
  row.set_statement_id(absl::StrCat(article.id(), "#", index));
  if (extracted.parent >= 0) {
    row.set_parent_id(absl::StrCat(article.id(), "#", extracted.parent));
  }
  if (statement.has_speaker()) {
    *row.mutable_speaker() =
        RowOf(statement.speaker(), extracted.speaker, article, extraction);
  }
  if (statement.has_cue()) {
    row.mutable_cue()->set_begin(statement.cue().begin());
    row.mutable_cue()->set_end(statement.cue().end());
    row.mutable_cue()->set_text(
        article.text().substr(statement.cue().begin(),
                              statement.cue().end() - statement.cue().begin()));
  }
  std::string text;
  for (const Span& span : statement.content()) {
    *row.add_content() = span;
    absl::StrAppend(
        &text, text.empty() ? "" : " … ",
        article.text().substr(span.begin(), span.end() - span.begin()));
  }
  row.set_text(text);
  row.set_kind(statement.kind());
  if (statement.has_relayed_by()) {
    *row.mutable_relayed_by() = RowOf(
        statement.relayed_by(), extracted.relayed_by, article, extraction);
  }
  row.set_topic(statement.topic_id());
  if (statement.has_stance()) row.set_stance(statement.stance());
  row.set_conditional(statement.conditional());
  row.set_negated(statement.negated());
  row.set_said_at(statement.said_at());
  row.set_confidence(statement.confidence());
  row.set_reason(statement.reason());
  row.set_speaker_unknown(statement.speaker_unknown());
  return row;
}

int Run(int argc, char** argv) {
  Codebook codebook;
  std::string path;
  for (int i = 2; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--codebook=")) {
      std::ifstream file{std::string(argument)};
      std::stringstream json;
      json << file.rdbuf();
      if (!google::protobuf::util::JsonStringToMessage(json.str(), &codebook,
                                                       ParseOptions())
               .ok()) {
        return 2;
      }
    } else if (!absl::StartsWith(argument, "--")) {
      path = std::string(argument);
    }
  }
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    Article article;
    if (!google::protobuf::util::JsonStringToMessage(line, &article,
                                                     ParseOptions())
             .ok()) {
      return 2;
    }
    const absl::StatusOr<Extraction> extraction = Extract(article, codebook);
    if (!extraction.ok()) {
      std::cerr << extraction.status() << "\n";
      return 1;
    }
    int index = 0;
    for (const ExtractedStatement& statement : extraction->statements) {
      std::string json;
      (void)google::protobuf::util::MessageToJsonString(
          RowOf(statement, article, *extraction, index++), &json);
      std::cout << json << "\n";
    }
  }
  return 0;
}

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) { return onrecord::extract::Run(argc, argv); }
