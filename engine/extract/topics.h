// What statements are about: topics of a codebook, or topics found in the text.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/extract/document.h"
#include "engine/extract/saying.h"
#include "engine/extract/token_range.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

// A codebook's topics, made ready for matching; to be built once and used for
// every article. Thread-safe once made.
class TopicIndex {
 public:
  // One phrase of a topic, as lemmas.
  struct Phrase {
    int topic = 0;  // index into topics()
    std::vector<std::string> lemmas;
  };

  // Copies `topics`.
  explicit TopicIndex(absl::Span<const Topic> topics);

  const std::vector<Topic>& topics() const { return topics_; }
  bool empty() const { return topics_.empty(); }

  // The phrases that begin with `lemma`, longest first; none if unknown.
  const std::vector<Phrase>& PhrasesFrom(const std::string& lemma) const;

  // How much the word `lemma` of the topic's name, proposition or phrases
  // speaks for `topic`: 0 if it is not among them or is among all topics'.
  double WeightOf(const std::string& lemma, int topic) const;

 private:
  std::vector<Topic> topics_;
  absl::flat_hash_map<std::string, std::vector<Phrase>> phrases_;
  absl::flat_hash_map<std::string, std::vector<double>> weights_;
};

struct TopicScore {
  int topic = 0;  // index into TopicIndex::topics()
  double score = 0;
};

struct TopicChoice {
  // Index into TopicIndex::topics(); -1 if none, and `unknown` says why.
  int topic = -1;
  std::string unknown;

  // Every topic that something speaks for, best first. Two near each other at
  // the top mean one utterance on two topics.
  std::vector<TopicScore> scores;

  // The words that decided, in the order of the text.
  std::vector<TokenRange> grounds;
};

// Says what each of `sayings` is about: the codebook's phrases in the content
// first, then the words that content shares with a topic, then the sentence
// around it, then what the same speaker said before.
//
// The result has one entry for each saying, in their order.
std::vector<TopicChoice> ChooseTopics(const Document& document,
                                      const TopicIndex& index,
                                      absl::Span<const Saying> sayings);

// The topics of one article for which there is no codebook: the noun phrases
// that stand out in the contents, merged by their head, best first. A topic's
// id is a slug of its head ("topic/import-ban"), so that the same topic has
// the same id in another article; its phrases are the words it was found by.
std::vector<Topic> FindTopics(const Document& document,
                              absl::Span<const Saying> sayings);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_H_
