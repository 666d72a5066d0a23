// Which side one statement's own words take of a proposition.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_SIDE_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_SIDE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/stance/mention.h"
#include "engine/extract/stance/polarity.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "engine/extract/topics/topic_index.h"

namespace onrecord {
namespace extract {

// What the words say, before who says them is considered.
struct Side {
  enum class Kind {
    kNothing,    // no word takes a side
    kSilent,     // the words say that none is taken, or deny a report
    kBare,       // words take a side, but the topic is not named
    kMentioned,  // the topic is named as what will be or is done
    kNamed,      // words take a side of the topic, which is named
    kUndecided,  // neutrality is declared
  };
  Kind kind = Kind::kNothing;
  int sign = 0;  // towards the proposition

  // A verb or negation is among the words, not a judgement alone.
  bool is_firm = false;

  // What is named is something that was done ("the decision"): the sign is
  // towards that.
  bool is_of_deed = false;

  // It tells of something that will or can be.
  bool is_announced = false;
  std::vector<TokenRange> grounds;
};

// Reads one document's statements. Thread-compatible. Refers to the document
// and the index, which must outlive it.
class SideReader {
 public:
  SideReader(const Document& document, const TopicIndex& index);

  // Reads the side that `saying` takes on `topic`, an index into
  // `index.topics()`: the cue's attitude times what the content's words do to
  // the topic's words, times negation, times the proposition's direction.
  Side Read(const Saying& saying, int topic) const;

 private:
  // A product of signs and the words that made it.
  struct Product {
    int sign = 1;
    bool is_neutral = false;
    bool is_firm = false;
    std::vector<TokenRange> grounds;
    TokenRange cue;

    // Once for each place: cue and content may overlap.
    void Multiply(int factor, TokenRange words) {
      for (const TokenRange other : grounds) {
        if (other.Overlaps(words)) return;
      }
      sign *= factor;
      grounds.push_back(words);
    }
  };

  Product ReadCue(const Saying& saying) const;
  bool Threatens(TokenRange cue) const;
  bool IsThreat(const std::vector<Clause>& clauses) const;
  bool IsRepeated(const std::vector<TokenRange>& counted,
                  TokenRange next) const;
  bool IsSilent(TokenRange range) const;
  Side ReadClause(const Clause& clause, int topic, const Product& cue) const;
  Side ReadNamed(const Clause& clause, const TopicMention& mention,
                 int direction, Product product) const;
  std::optional<Side> ReadStatusQuo(const Clause& clause,
                                    const TopicMention& mention, int topic,
                                    const Product& cue) const;
  Side ReadBare(const Clause& clause, int direction, Product product) const;
  void MultiplyBefore(TokenRange clause, TokenRange mention,
                      Product* product) const;
  void MultiplyAfter(TokenRange clause, TokenRange mention,
                     Product* product) const;
  void MultiplyNegations(TokenRange clause, uint32_t end,
                         Product* product) const;
  bool IsAttribute(TokenRange clause, TokenRange range,
                   TokenRange mention) const;
  bool IsTooMuch(TokenRange clause, uint32_t token) const;
  bool IsLinked(uint32_t from, uint32_t to) const;
  bool IsVerbal(TokenRange range) const;
  bool FollowsBe(TokenRange clause, TokenRange range) const;
  bool NamesOtherThing(TokenRange range) const;
  bool IsAboutOtherThing(const Saying& saying, int topic) const;
  bool HasNegation(TokenRange range) const;
  bool HasJudgement(TokenRange range) const;
  bool HasDocument(TokenRange range) const;
  uint32_t PredicateEnd(TokenRange clause, TokenRange mention) const;
  bool IsForecast(TokenRange clause) const;
  bool IsAboutToBe(TokenRange clause) const;
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }

  const Document& document_;
  const std::vector<PolarityHit> polarity_;
  const MentionFinder mentions_;
  std::vector<int> directions_;  // by topic
  std::vector<int> status_quo_;  // by topic: see StatusQuoSide
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_SIDE_H_
