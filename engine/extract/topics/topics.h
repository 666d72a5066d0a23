// What statements are about.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_TOPICS_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_TOPICS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "engine/extract/topics/topic_index.h"

namespace onrecord {
namespace extract {

struct TopicScore {
  int topic = 0;  // index into TopicIndex::topics()
  double score = 0;
};

struct TopicChoice {
  // Index into TopicIndex::topics(); -1 if none, and `unknown` says why.
  int topic = -1;
  std::string unknown;

  // Of an utterance that says the same of two topics ("would drop both the
  // levy and the cap", "opposes both"): the other one. -1 else.
  int other = -1;

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

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_TOPICS_H_
