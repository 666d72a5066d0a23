// Trains every model and writes them into engine/extract/models:
//
//   bazel run //engine/extract/training:train -- DIRECTORY
//
// DIRECTORY holds the annotated articles and their parses (see corpus.h). The
// same articles give the same bytes.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <list>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/extract/models/models.h"
#include "engine/extract/training/corpus.h"
#include "engine/extract/training/word_models.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace extract {
namespace {

class Trainer {
 public:
  Trainer(std::string directory, std::string output)
      : directory_(std::move(directory)), output_(std::move(output)) {}

  absl::Status Run() {
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<AnnotatedArticle> corpus,
                              ReadCorpus(directory_, "train"));
    std::cerr << corpus.size() << " articles\n";
    Models models;
    ONRECORD_ASSIGN_OR_RETURN(models.lexicon,
                              Save("lexicon", TrainLexicon(corpus)));
    ONRECORD_ASSIGN_OR_RETURN(models.tagger,
                              Save("tagger", TrainTagger(corpus, models)));
    ONRECORD_ASSIGN_OR_RETURN(models.names,
                              Save("names", TrainNames(corpus, models)));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<WeightTable> Save(const std::string& name, std::string bytes) {
    const std::string path = output_ + "/" + name + ".bin";
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    if (!file) return absl::InternalError("cannot write " + path);
    std::cerr << path << ": " << bytes.size() << " bytes\n";
    kept_.push_back(std::move(bytes));
    return WeightTable(kept_.back());
  }

  const std::string directory_;
  const std::string output_;
  std::list<std::string> kept_;  // what the models refer to
};

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (argc != 2 || workspace == nullptr) {
    std::cerr << "usage: bazel run //engine/extract/training:train -- DIR\n";
    return 2;
  }
  onrecord::extract::Trainer trainer(
      argv[1], std::string(workspace) + "/engine/extract/models");
  const absl::Status status = trainer.Run();
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
