#include "engine/cli/input.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "engine/cli/flags.h"
#include "engine/ingest/article_reader.h"
#include "engine/ingest/codebook_reader.h"
#include "engine/ingest/statement_reader.h"
#include "engine/program/program_extractor.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

CLI::Validator IsInputForm() {
  return CLI::Validator(
      [](std::string& name) {
        return std::string(ParseInputForm(name).status().message());
      },
      "detect|text|html|json");
}

}  // namespace

void DeclareInput(CLI::App& app, Files files, Input& input) {
  CLI::Option* paths = app.add_option("FILE", input.files);
  if (files == Files::kRequired) paths->required();
  app.add_option("--codebook", input.codebook, "Topics and actors, as JSON")
      ->type_name("FILE");
  CLI::Option* statements =
      app.add_option(
             "--statements", input.statements,
             "Hand-coded statements (JSON lines) in place of extraction")
          ->type_name("FILE");
  app.add_option("--extractor", input.extractor,
                 "A program that reads the articles, over JSON lines, in place "
                 "of extraction")
      ->type_name("COMMAND")
      ->excludes(statements);
  app.add_option("--extractor-timeout", input.extractor_timeout_s,
                 "How long the program may take for an article [120]")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0));
  app.add_option("--published", input.published,
                 "When the articles came out, where they do not say so; for "
                 "pages, whatever they say")
      ->check(IsDate());
  app.add_option("--publisher", input.publisher,
                 "Who published the articles; as above")
      ->type_name("NAME");
  app.add_option("--url", input.url, "Where the article stands; as above")
      ->type_name("URL");
  app.add_option_function<std::string>(
         "--input",
         [&input](const std::string& name) {
           input.form = *ParseInputForm(name);
         },
         "Form of the files [by name, else by how they begin]")
      ->check(IsInputForm());
}

std::unique_ptr<Extractor> MakeExtractor(const Input& input) {
  if (input.extractor.empty()) return nullptr;
  ProgramExtractorOptions options;
  options.timeout = absl::Seconds(input.extractor_timeout_s);
  return std::make_unique<ProgramExtractor>(input.extractor, options);
}

absl::StatusOr<IngestedInput> IngestInput(const Input& input,
                                          Timeline& timeline) {
  ArticleReaderOptions options;
  options.form = input.form;
  options.published = input.published;
  options.publisher = input.publisher;
  options.url = input.url;
  IngestedInput ingested;
  ONRECORD_ASSIGN_OR_RETURN(ingested.articles,
                            ReadArticles(input.files, options));
  Codebook codebook;
  if (!input.codebook.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(codebook, ReadCodebook(input.codebook));
  }
  std::optional<std::vector<StatementRow>> statements;
  if (!input.statements.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(statements, ReadStatements(input.statements));
  }
  std::vector<Article> articles;
  for (const ArticleRow& row : ingested.articles) {
    articles.push_back(ArticleOf(row));
  }
  ONRECORD_ASSIGN_OR_RETURN(ingested.report, timeline.AddCodebook(codebook));
  IngestReport read;
  if (statements.has_value()) {
    ONRECORD_ASSIGN_OR_RETURN(
        read, timeline.IngestCoded(std::move(articles), *statements));
  } else {
    ONRECORD_ASSIGN_OR_RETURN(read, timeline.Ingest(std::move(articles)));
  }
  ingested.report += read;
  return ingested;
}

}  // namespace onrecord
