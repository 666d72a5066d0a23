// A codebook's topics made ready for matching, and where a text uses their
// words.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_INDEX_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

// The topics of a codebook, by the families of their words (see WordFamily);
// to be built once and used for every article. Thread-safe once made.
class TopicIndex {
 public:
  // One phrase of a topic.
  struct Phrase {
    int topic = 0;  // index into topics()
    std::vector<std::string> families;
  };

  // Copies `topics`.
  explicit TopicIndex(absl::Span<const Topic> topics);

  const std::vector<Topic>& topics() const { return topics_; }
  bool empty() const { return topics_.empty(); }

  // The phrases whose first word is of `family`, longest first.
  const std::vector<Phrase>& PhrasesFrom(const std::string& family) const;

  // How much a word of `family` speaks for `topic`: 0 if the topic's name,
  // proposition and phrases do not use it, or all topics' do.
  double WeightOf(const std::string& family, int topic) const;

 private:
  void AddPhrase(int topic, const std::string& phrase);
  void AddWords(int topic, const std::string& text, double weight,
                double head_factor);

  // Constant after construction.
  std::vector<Topic> topics_;
  absl::flat_hash_map<std::string, std::vector<Phrase>> phrases_;
  absl::flat_hash_map<std::string, std::vector<double>> weights_;  // by topic
};

// A place where the text uses a topic's words.
struct TopicHit {
  TokenRange range;
  int topic = 0;  // index into TopicIndex::topics()
  double score = 0;
  bool is_phrase = false;  // one of the codebook's phrases, else a single word
};

// Finds the phrases of `index` in `document`, in any inflection, with an
// article or adjective between their words, and the single words beside them.
// In the order of the text; hits of one topic do not overlap.
std::vector<TopicHit> FindTopicHits(const Document& document,
                                    const TopicIndex& index);

// The first of `hits`, in the order of the text, that begins at or after token
// `from`.
std::vector<TopicHit>::const_iterator FirstHitFrom(
    const std::vector<TopicHit>& hits, uint32_t from);

// The topic that those of `hits`, in the order of the text, that lie in `range`
// speak for most; -1 if they name none.
int NamedTopic(const std::vector<TopicHit>& hits, TokenRange range);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_TOPIC_INDEX_H_
