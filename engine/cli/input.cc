#include "engine/cli/input.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <utility>

#include "engine/cli/flags.h"
#include "engine/ingest/article_reader.h"
#include "engine/ingest/codebook_reader.h"
#include "engine/ingest/statement_reader.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

IngestReport Sum(const IngestReport& a, const IngestReport& b) {
  return {a.articles + b.articles, a.already_recorded + b.already_recorded,
          a.statements + b.statements, a.actors + b.actors,
          a.topics + b.topics};
}

}  // namespace

void DeclareInput(CLI::App& app, Files files, Input& input) {
  CLI::Option* paths = app.add_option("FILE", input.files);
  if (files == Files::kRequired) paths->required();
  app.add_option("--codebook", input.codebook, "Topics and actors, as JSON")
      ->type_name("FILE");
  app.add_option("--statements", input.statements,
                 "Hand-coded statements (JSON lines) in place of extraction")
      ->type_name("FILE");
  app.add_option("--published", input.published,
                 "When articles came out that do not say so")
      ->check(IsDate());
  app.add_option("--publisher", input.publisher,
                 "Who published articles that do not say so")
      ->type_name("NAME");
  app.add_option("--url", input.url, "Where an article stands")
      ->type_name("URL");
}

absl::StatusOr<IngestReport> IngestInput(const Input& input,
                                         Timeline& timeline) {
  ArticleReaderOptions options;
  options.published = input.published;
  options.publisher = input.publisher;
  options.url = input.url;
  ONRECORD_ASSIGN_OR_RETURN(std::vector<Article> articles,
                            ReadArticles(input.files, options));
  Codebook codebook;
  if (!input.codebook.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(codebook, ReadCodebook(input.codebook));
  }
  std::optional<std::vector<StatementRow>> statements;
  if (!input.statements.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(statements, ReadStatements(input.statements));
  }
  ONRECORD_ASSIGN_OR_RETURN(const IngestReport listed,
                            timeline.AddCodebook(codebook));
  if (statements.has_value()) {
    ONRECORD_ASSIGN_OR_RETURN(
        const IngestReport coded,
        timeline.IngestCoded(std::move(articles), *statements));
    return Sum(listed, coded);
  }
  ONRECORD_ASSIGN_OR_RETURN(const IngestReport read,
                            timeline.Ingest(std::move(articles)));
  return Sum(listed, read);
}

}  // namespace onrecord
