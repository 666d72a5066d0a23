// Where a clause names its topic.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_MENTION_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_MENTION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/extract/stance/polarity.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "engine/extract/topics/topic_index.h"

namespace onrecord {
namespace extract {

// The topic's words in a clause.
struct TopicMention {
  TokenRange range;
  int sign = 1;  // of the words' own: -1 for "import ban"
  bool stands_for_proposition = false;  // "the plan", "it"
  bool is_deed = false;                 // "the decision", "both moves"
  bool is_phrase = false;               // one of the codebook's
};

// Finds mentions in one document. Thread-compatible. Refers to the document
// and the hits, which must outlive it.
class MentionFinder {
 public:
  MentionFinder(const Document& document, const TopicIndex& index,
                const std::vector<PolarityHit>& polarity);

  // The topic's phrase, else its most telling word, else a word that stands
  // for what is proposed or was done.
  std::optional<TopicMention> Find(TokenRange clause, int topic) const;

 private:
  const TopicHit* BestHit(TokenRange clause, int topic,
                          std::optional<TopicMention>* across) const;
  TopicMention MentionOf(const TopicHit& hit) const;
  std::optional<TopicMention> StandIn(TokenRange clause) const;
  bool IsDefinite(uint32_t token) const;
  bool IsTopicalised(TokenRange clause, TokenRange mention) const;
  bool LeadsToRestriction(TokenRange mention) const;
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }

  const Document& document_;
  const std::vector<PolarityHit>& polarity_;
  const std::vector<TopicHit> topic_hits_;
};

// Whether a verb with tense stands in `range`.
bool HasFiniteVerb(const Document& document, TokenRange range);

// Whether the mention stands before the verb of its clause.
bool IsSubject(const Document& document, TokenRange clause, TokenRange mention);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_MENTION_H_
