// Reads the annotated articles that the models are trained on.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_CORPUS_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_CORPUS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// Bytes [begin, end) of an article.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Who said what, as a person marked it. Each part may be in pieces or empty.
struct GoldAttribution {
  std::vector<ByteSpan> source;
  std::vector<ByteSpan> cue;
  std::vector<ByteSpan> content;
};

// A word as a parser saw it: a machine's answer, not a person's.
struct SilverToken {
  ByteSpan span;
  std::string tag;       // of the Penn Treebank
  std::string name;      // "PERSON", "O"
  std::string relation;  // to the head
  std::string lemma;
  int32_t head = -1;  // index into AnnotatedArticle::tokens, -1 for the root
  uint32_t sentence = 0;
};

struct AnnotatedArticle {
  std::string id;
  std::string text;
  std::vector<GoldAttribution> attributions;
  std::vector<SilverToken> tokens;  // empty if there is no parse
};

// Reads `directory`/polnear_`part`.jsonl.gz (or .jsonl) and
// `directory`/polnear_`part`_parses.tsv.gz; articles come in the file's order.
//
// Returns NOT_FOUND if a file is missing, INVALID_ARGUMENT if one cannot be
// read.
absl::StatusOr<std::vector<AnnotatedArticle>> ReadCorpus(
    const std::string& directory, absl::string_view part);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_CORPUS_H_
