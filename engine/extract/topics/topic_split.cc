#include "engine/extract/topics/topic_split.h"

#include <cstdint>
#include <optional>

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/text/token_range.h"
#include "engine/extract/topics/proposal_noun.h"

namespace onrecord {
namespace extract {
namespace {

class Splitter {
 public:
  Splitter(const Document& document, const TopicIndex& index)
      : document_(document), hits_(FindTopicHits(document, index)) {}

  // Cuts the last part of the content; what is behind the cut, if there is one.
  std::optional<TokenRange> Cut(std::vector<TokenRange>* content) const {
    if (content->empty()) return std::nullopt;
    TokenRange& part = content->back();
    for (uint32_t i = part.first + 1; i + 1 < part.last; ++i) {
      if (IsConditionWord(document_, i)) return std::nullopt;
      if (!Joins(part, i)) continue;
      const int left = NamedTopic(hits_, {part.first, i});
      const int right = NamedTopic(hits_, {i + 1, part.last});
      if (right < 0 || left == right) continue;
      if (left < 0 && !(At(i).lemma == "but" && PointsBack({part.first, i}))) {
        continue;
      }
      const TokenRange rest = {RestBegin(i), part.last};
      part.last = LeftEnd(part, i);
      return rest;
    }
    return std::nullopt;
  }

 private:
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }

  // Whether a conjunction at `i` joins two predicates or clauses.
  bool Joins(TokenRange part, uint32_t i) const {
    const std::string& word = At(i).lemma;
    const bool concedes = (word == "though" || word == "although" ||
                           word == "while" || word == "whereas") &&
                          At(i - 1).tag == Tag::kComma;
    if (word != "and" && word != "but" && !concedes) return false;
    const auto has_verb = [this](TokenRange range) {
      for (uint32_t t = range.first; t < range.last; ++t) {
        if (IsVerbOrModal(At(t).tag)) return true;
      }
      return false;
    };
    if (!has_verb({part.first, i})) return false;
    uint32_t next = i + 1;
    while (next < part.last &&
           (At(next).tag == Tag::kRB || At(next).tag == Tag::kTO ||
            At(next).lemma == "that")) {
      ++next;
    }
    if (next < part.last && IsVerbOrModal(At(next).tag)) return true;
    for (uint32_t t = next; t < part.last && At(t).tag != Tag::kComma; ++t) {
      if (IsFiniteVerb(At(t).tag)) return true;
    }
    return false;
  }

  // Whether `range` speaks of what was decided or proposed before: "it respects
  // the decision".
  bool PointsBack(TokenRange range) const {
    for (uint32_t i = range.first + 1; i < range.last; ++i) {
      if (IsProposalNoun(At(i).lemma) && At(i - 1).lemma == "the") return true;
    }
    return false;
  }

  uint32_t RestBegin(uint32_t conjunction) const {
    return At(conjunction - 1).tag == Tag::kQuote ? conjunction - 1
                                                  : conjunction + 1;
  }

  uint32_t LeftEnd(TokenRange part, uint32_t conjunction) const {
    uint32_t end =
        RestBegin(conjunction) < conjunction ? conjunction - 1 : conjunction;
    while (end > part.first + 1 && At(end - 1).tag == Tag::kComma) --end;
    return end;
  }

  const Document& document_;
  const std::vector<TopicHit> hits_;
};

// Ends the last part of `content` where that of what it stands within ends.
void EndWith(const std::vector<TokenRange>& outer,
             std::vector<TokenRange>* content) {
  if (outer.empty() || content->empty()) return;
  const uint32_t end = outer.back().last;
  TokenRange& part = content->back();
  if (part.first < end && end < part.last) part.last = end;
}

}  // namespace

std::vector<Finding> SplitByTopic(const Document& document,
                                  const TopicIndex& index,
                                  const std::vector<int>& parents,
                                  std::vector<Finding> findings) {
  if (index.empty()) return findings;
  const Splitter splitter(document, index);
  const size_t count = findings.size();
  std::vector<std::optional<TokenRange>> rests;
  for (size_t i = 0; i < count; ++i) {
    rests.push_back(splitter.Cut(&findings[i].content));
  }
  for (size_t i = 0; i < count; ++i) {
    const int parent = parents[i];
    if (parent >= 0 && rests[parent]) {
      EndWith(findings[parent].content, &findings[i].content);
    } else if (rests[i]) {
      Finding behind = findings[i];
      behind.content = {*rests[i]};
      findings.push_back(std::move(behind));
    }
  }
  return findings;
}

}  // namespace extract
}  // namespace onrecord
