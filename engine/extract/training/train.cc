// Trains every model and writes them into engine/extract/models:
//
//   bazel run //engine/extract/training:train -- DIRECTORY [--keep-words]
//
// With --keep-words, the lexicon and the models of tags and names stay as they
// are, which saves time when only later ones have changed. DIRECTORY holds the
// annotated articles and their parses (see corpus.h). The same articles give
// the same bytes.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/document.h"
#include "engine/extract/training/corpus.h"
#include "engine/extract/training/gold_tokens.h"
#include "engine/extract/training/label_models.h"
#include "engine/extract/training/span_models.h"
#include "engine/extract/training/word_models.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace extract {
namespace {

class Trainer {
 public:
  Trainer(std::string directory, std::string output, bool keep_words)
      : directory_(std::move(directory)),
        output_(std::move(output)),
        keep_words_(keep_words) {}

  absl::Status Run() {
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<AnnotatedArticle> corpus,
                              ReadCorpus(directory_, "train"));
    std::cerr << corpus.size() << " articles\n";
    Models models = keep_words_ ? Models::Embedded() : Models();
    if (!keep_words_) {
      ONRECORD_ASSIGN_OR_RETURN(models.lexicon,
                                Save("lexicon", TrainLexicon(corpus)));
      ONRECORD_ASSIGN_OR_RETURN(models.tagger,
                                Save("tagger", TrainTagger(corpus, models)));
      ONRECORD_ASSIGN_OR_RETURN(models.names,
                                Save("names", TrainNames(corpus, models)));
    }
    std::vector<Example> examples;
    for (const AnnotatedArticle& article : corpus) {
      examples.push_back({Document::Analyze(article.text, models), {}});
      examples.back().gold = GoldOf(examples.back().document, article);
    }
    return TrainAttributions(examples, models);
  }

 private:
  absl::Status TrainAttributions(const std::vector<Example>& examples,
                                 Models& models) {
    ONRECORD_ASSIGN_OR_RETURN(models.cues, Save("cues", TrainCues(examples)));
    // The choice of spans builds on labels as they come out for articles that
    // the labels were not trained on.
    constexpr size_t kFolds = 4;
    std::vector<WeightTable> tables(examples.size());
    for (size_t fold = 0; fold < kFolds; ++fold) {
      std::vector<const Example*> others;
      for (size_t i = 0; i < examples.size(); ++i) {
        if (i % kFolds != fold) others.push_back(&examples[i]);
      }
      kept_.push_back(TrainLabels(others, models));
      for (size_t i = fold; i < examples.size(); i += kFolds) {
        tables[i] = WeightTable(kept_.back());
      }
    }
    std::vector<const Example*> all;
    for (const Example& example : examples) all.push_back(&example);
    ONRECORD_ASSIGN_OR_RETURN(models.labels,
                              Save("labels", TrainLabels(all, models)));
    SpanModels spans = TrainSpans(examples, tables, models);
    ONRECORD_ASSIGN_OR_RETURN(models.contents,
                              Save("contents", std::move(spans.contents)));
    ONRECORD_ASSIGN_OR_RETURN(models.sources,
                              Save("sources", std::move(spans.sources)));
    return absl::OkStatus();
  }

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
  const bool keep_words_;
  std::list<std::string> kept_;  // what the models refer to
};

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  const bool keep_words =
      argc == 3 && absl::string_view(argv[2]) == "--keep-words";
  if (workspace == nullptr || !(argc == 2 || keep_words)) {
    std::cerr << "usage: bazel run //engine/extract/training:train -- DIR "
                 "[--keep-words]\n";
    return 2;
  }
  onrecord::extract::Trainer trainer(
      argv[1], std::string(workspace) + "/engine/extract/models", keep_words);
  const absl::Status status = trainer.Run();
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
