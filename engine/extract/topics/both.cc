#include "engine/extract/topics/both.h"

#include <cstdint>

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/topics/proposal_noun.h"

namespace onrecord {
namespace extract {
namespace {

// A phrase with more words than this before its noun is none.
constexpr uint32_t kMaxPhraseTokens = 12;

class JoinFinder {
 public:
  JoinFinder(const Document& document, TokenRange range)
      : document_(document), range_(range) {}

  std::vector<JoinedNouns> Run() const {
    std::vector<JoinedNouns> found;
    bool has_verb = false;
    for (uint32_t i = range_.first; i + 1 < range_.last; ++i) {
      has_verb |= IsFiniteVerb(At(i).tag);
      if (At(i).tag != Tag::kCC || i == range_.first ||
          !IsNoun(At(i - 1).tag)) {
        continue;
      }
      const std::string& word = At(i).lemma;
      if (word != "and" && word != "or" && word != "nor") continue;
      const TokenRange right = PhraseFrom(i + 1);
      if (right.empty()) continue;
      // "Drop the levy and the cap WILL go".
      if (has_verb && right.last < range_.last &&
          IsFiniteVerb(At(right.last).tag)) {
        continue;
      }
      found.push_back({PhraseBefore(i), right});
    }
    return found;
  }

 private:
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }

  static bool IsOpener(Tag tag) {
    return tag == Tag::kDT || tag == Tag::kPRPS || tag == Tag::kPDT;
  }

  static bool IsInner(Tag tag) {
    return IsNoun(tag) || IsAdjective(tag) || tag == Tag::kPOS;
  }

  TokenRange PhraseFrom(uint32_t first) const {
    uint32_t last = first;
    bool has_noun = false;
    while (last < range_.last &&
           (IsInner(At(last).tag) || (!has_noun && IsOpener(At(last).tag)))) {
      has_noun |= IsNoun(At(last).tag);
      ++last;
    }
    return has_noun ? TokenRange{first, last} : TokenRange{first, first};
  }

  // With what a preposition joins to it: "the CAP on interest".
  TokenRange PhraseBefore(uint32_t last) const {
    uint32_t first = last;
    while (first > range_.first && last - first < kMaxPhraseTokens) {
      const Tag tag = At(first - 1).tag;
      if (!IsInner(tag) && !IsOpener(tag) &&
          !(tag == Tag::kIN && first < last)) {
        break;
      }
      --first;
    }
    return {first, last};
  }

  const Document& document_;
  const TokenRange range_;
};

}  // namespace

std::vector<JoinedNouns> FindJoinedNouns(const Document& document,
                                         TokenRange range) {
  return JoinFinder(document, range).Run();
}

bool IsBoth(const Document& document, const std::vector<TokenRange>& content) {
  if (content.size() != 1 || content[0].empty()) return false;
  const std::vector<Token>& tokens = document.tokens();
  uint32_t next = content[0].first;
  if (tokens[next].lemma == "both") {
    ++next;
  } else if (content[0].size() > 2 && tokens[next].lemma == "the" &&
             tokens[next + 1].lemma == "two") {
    next += 2;
  } else {
    return false;
  }
  if (next == content[0].last) return true;
  return next + 1 == content[0].last && IsProposalNoun(tokens[next].lemma);
}

}  // namespace extract
}  // namespace onrecord
