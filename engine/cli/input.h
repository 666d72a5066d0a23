// The flags that say what a command reads, and reading it.

#ifndef ONRECORD_ENGINE_CLI_INPUT_H_
#define ONRECORD_ENGINE_CLI_INPUT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/extractor.h"
#include "engine/ingest/article_reader.h"
#include "engine/timeline.h"
#include "proto/article_row.pb.h"

namespace CLI {
class App;
}  // namespace CLI

namespace onrecord {

// What `ingest`, `extract` and `replay FILE…` take in.
struct Input {
  std::vector<std::string> files;
  std::string codebook;
  std::string statements;
  std::string published;
  std::string publisher;
  std::string url;
  InputForm form = InputForm::kDetect;

  // A program that reads the articles. Empty: the engine does.
  std::string extractor;
  double extractor_timeout_s = 120;
};

enum class Files { kRequired, kOptional };

// Declares the flags and the files on `app`. `input` must outlive the parsing.
void DeclareInput(CLI::App& app, Files files, Input& input);

// What reads the articles; null if the engine does.
std::unique_ptr<Extractor> MakeExtractor(const Input& input);

struct IngestedInput {
  IngestReport report;
  std::vector<ArticleRow> articles;  // as they were read
};

// Reads everything that `input` names, and records it in `timeline`. All files
// are read and checked first: if one is wrong, nothing is recorded.
absl::StatusOr<IngestedInput> IngestInput(const Input& input,
                                          Timeline& timeline);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_INPUT_H_
