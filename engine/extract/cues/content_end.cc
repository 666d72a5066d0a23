// CueList::ContentEnd: where the words that a cue governs stop.

#include <algorithm>
#include <string>

#include "engine/extract/cues/cues.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint32_t kMaxContentTokens = 400;

// Reads one content from left to right.
class ContentEndFinder {
 public:
  ContentEndFinder(const CueList& cues, const Cue& cue, Frame frame)
      : cues_(cues),
        grammar_(cues.grammar()),
        document_(cues.document()),
        tokens_(document_.tokens()),
        cue_(cue),
        clausal_(frame == Frame::kThat || frame == Frame::kClause ||
                 frame == Frame::kParenthetical || frame == Frame::kWh) {}

  uint32_t Find(uint32_t first) {
    const Sentence& sentence = document_.sentences()[tokens_[first].sentence];
    const uint32_t limit = std::min(sentence.last, first + kMaxContentTokens);
    const int32_t outer = tokens_[cue_.match.range.first].quotation;
    uint32_t i = first;
    while (i < limit) {
      const int32_t quotation = tokens_[i].quotation;
      if (quotation != outer && quotation >= 0) {
        const Quotation& quote = document_.quotations()[quotation];
        if (quote.first == i || i == first) {
          i = std::max(i + 1, std::min(quote.last, limit));
          if (quote.first == first && IsWhole(quote, limit)) break;
          continue;
        }
      }
      // A cue within a quotation ends with it.
      if (outer >= 0 && quotation != outer) break;
      if (i > first && StopsAt(i, first, limit)) break;
      ++i;
    }
    return Trim(first, i);
  }

 private:
  // The quotation is all of the content: what follows it does not read on.
  bool IsWhole(const Quotation& quote, uint32_t limit) const {
    if (quote.last >= limit || quote.last < quote.first + 3) return true;
    const Tag inside = tokens_[quote.last - 2].tag;
    if (inside == Tag::kComma || inside == Tag::kStop) return true;
    return tokens_[quote.last].tag == Tag::kComma ||
           tokens_[quote.last].tag == Tag::kStop;
  }

  uint32_t Trim(uint32_t first, uint32_t last) const {
    while (last > first) {
      const Token& token = tokens_[last - 1];
      const bool closing_quote =
          token.tag == Tag::kQuote && token.quotation >= 0 &&
          document_.quotations()[token.quotation].first >= first;
      if (token.tag == Tag::kComma || token.tag == Tag::kStop ||
          token.tag == Tag::kCC ||
          (token.tag == Tag::kPunct &&
           !InList(Lower(document_, last - 1), ") ] %")) ||
          (token.tag == Tag::kQuote && !closing_quote)) {
        --last;
      } else {
        break;
      }
    }
    return last;
  }

  bool StopsAt(uint32_t i, uint32_t first, uint32_t limit) const {
    const Token& token = tokens_[i];
    const std::string word = Lower(document_, i);
    if (word == ";") return true;
    if (token.tag == Tag::kStop && i + 1 < limit) return false;
    if (token.tag == Tag::kComma) return StopsAtComma(i, first, limit);
    if (token.tag == Tag::kCC && word != "nor") return StopsAtAnd(i, limit);
    if (word == "according") return true;
    if (!clausal_) return StopsObjectAt(i, word, limit);
    return false;
  }

  // ", adding that", ", he said", ", and urged", ", according to".
  bool StopsAtComma(uint32_t comma, uint32_t first, uint32_t limit) const {
    uint32_t next = comma + 1;
    if (next >= limit) return true;
    if (WordIs(document_, next, "according")) return true;
    if (IsComment(comma, limit)) return true;
    if (tokens_[next].tag == Tag::kCC) return StopsAtAnd(next, limit);
    const Cue* cue = cues_.CueAt(next);
    if (cue != nullptr) {
      const VerbGroup& group = grammar_.verb_groups()[cue->group];
      if (group.form == VerbGroup::Form::kGerund &&
          cue->entry().cue_class == CueClass::kSay) {
        return true;
      }
      if (group.form == VerbGroup::Form::kFinite && IsParenthesis(*cue)) {
        return true;
      }
    }
    // ", he said,": a cue right behind a short subject, and then nothing.
    const NounPhrase* phrase = grammar_.NounPhraseAt(next);
    if (phrase != nullptr && phrase->range.first == next) {
      const TokenRange full = grammar_.FullPhraseFrom(next, limit);
      for (uint32_t end : {full.last, phrase->range.last}) {
        const Cue* after = end < limit ? cues_.CueAt(end) : nullptr;
        if (after != nullptr && IsParenthesis(*after)) return true;
      }
    }
    if (clausal_) return false;
    // An object's clause ends where another begins.
    const std::string word = Lower(document_, next);
    if (InList(word,
               "while as after when because since although though "
               "saying before where once even if but")) {
      return true;
    }
    const VerbGroup* group = grammar_.VerbGroupAt(next);
    if (group != nullptr && group->form == VerbGroup::Form::kGerund) {
      return true;
    }
    // "Ruiz, who filed a suit in April, is known to …".
    if (group != nullptr && group->form == VerbGroup::Form::kFinite &&
        cue_.subject.kind == Subject::Kind::kRelative) {
      return true;
    }
    return comma > first && grammar_.StartsClause(next, limit);
  }

  // ", a move that …", ", a marked shift from …": the writer's comment on what
  // was said.
  bool IsComment(uint32_t comma, uint32_t limit) const {
    uint32_t noun = comma + 2;
    if (tokens_[comma].quotation >= 0 || noun >= limit ||
        !InList(Lower(document_, comma + 1), "a an")) {
      return false;
    }
    const Tag tag = tokens_[noun].tag;
    if (IsAdjective(tag) || tag == Tag::kVBN || tag == Tag::kVBD) ++noun;
    return noun < limit && tokens_[noun].tag == Tag::kNN &&
           InList(tokens_[noun].lemma,
                  "move step shift decision change claim charge plan proposal");
  }

  // The cue is a comment on the clause around it: nothing follows that it
  // could govern.
  bool IsParenthesis(const Cue& cue) const {
    return cue.entry().WeightOf(Frame::kParenthetical) > 0.5 && &cue != &cue_ &&
           FollowedByNothing(cue);
  }

  bool FollowedByNothing(const Cue& cue) const {
    const uint32_t after = cue.match.range.last;
    if (after >= tokens_.size()) return true;
    const auto size = static_cast<uint32_t>(tokens_.size());
    const uint32_t soon = std::min(after + 20, size);
    const Tag tag = tokens_[after].tag;
    return IsMark(tag) || tokens_[after].tag == Tag::kIN ||
           IsTimeWord(document_, after) ||
           (grammar_.NounPhraseAt(after) != nullptr &&
            !grammar_.StartsClause(after, soon));
  }

  // "and demanded that …": a finite cue without a subject of its own.
  bool StopsAtAnd(uint32_t conjunction, uint32_t limit) const {
    uint32_t next = conjunction + 1;
    while (next < limit && IsAdverb(tokens_[next].tag) &&
           grammar_.VerbGroupAt(next) == nullptr) {
      ++next;
    }
    if (next >= limit) return false;
    const VerbGroup* group = grammar_.VerbGroupAt(next);
    if (group == nullptr || group->form == VerbGroup::Form::kInfinitive) {
      if (!clausal_) return grammar_.StartsClause(next, limit);
      return IsSamePersonGoingOn(next);
    }
    const Cue* cue = cues_.CueAt(next);
    const VerbGroup& own = grammar_.verb_groups()[cue_.group];
    // A past tense is easily taken for a participle.
    const bool same_form = group->form == own.form ||
                           (own.form == VerbGroup::Form::kFinite &&
                            group->form == VerbGroup::Form::kParticiple);
    if (!same_form) return false;
    if (!clausal_) return true;
    const bool comma = tokens_[conjunction - 1].tag == Tag::kComma;
    return cue != nullptr && cue->entry().cue_class == CueClass::kSay &&
           tokens_[group->head].tag == tokens_[own.head].tag &&
           (comma || cue->entry().WeightOf(Frame::kThat) > 0.5);
  }

  // "and she accused …": a pronoun with a cue of its own.
  bool IsSamePersonGoingOn(uint32_t pronoun) const {
    if (!InList(Lower(document_, pronoun), "he she they")) return false;
    const Cue* cue = cues_.CueAt(pronoun + 1);
    return cue != nullptr && cue->entry().cue_class == CueClass::kSay &&
           grammar_.verb_groups()[cue->group].form == VerbGroup::Form::kFinite;
  }

  // Times and occasions behind an object belong to the cue.
  bool StopsObjectAt(uint32_t i, const std::string& word,
                     uint32_t limit) const {
    if (i + 1 >= limit) return false;
    if (word == "on" && IsTimeWord(document_, i + 1)) return true;
    if (InList(word, "yesterday today")) return true;
    if (IsTimeWord(document_, i) && tokens_[i].tag == Tag::kNNP &&
        tokens_[i - 1].tag != Tag::kIN && tokens_[i - 1].tag != Tag::kJJ) {
      const NounPhrase* phrase = grammar_.NounPhraseAt(i);
      return phrase != nullptr && phrase->range.first == i &&
             phrase->range.size() == 1;
    }
    if (InList(word, "last this earlier") && IsTimeWord(document_, i + 1)) {
      const NounPhrase* phrase = grammar_.NounPhraseAt(i);
      return phrase != nullptr && phrase->range.first == i;
    }
    if (InList(word, "after before while when because as though although")) {
      const VerbGroup* group = grammar_.VerbGroupAt(i + 1);
      return (group != nullptr && group->form == VerbGroup::Form::kGerund) ||
             grammar_.StartsClause(i + 1, limit);
    }
    return (word == "in" || word == "during" || word == "at") &&
           IsOccasion(i + 1, limit);
  }

  bool IsOccasion(uint32_t first, uint32_t limit) const {
    const NounPhrase* phrase = grammar_.NounPhraseAt(first);
    if (phrase == nullptr || phrase->range.first != first ||
        phrase->range.last > limit) {
      return false;
    }
    for (uint32_t i = first; i < phrase->range.last; ++i) {
      if (InList(tokens_[i].lemma,
                 "interview statement speech conference tweet email letter "
                 "briefing hearing debate rally post remark address memo "
                 "column podcast communique")) {
        return true;
      }
    }
    return false;
  }

  const CueList& cues_;
  const Grammar& grammar_;
  const Document& document_;
  const std::vector<Token>& tokens_;
  const Cue& cue_;
  const bool clausal_;
};

}  // namespace

uint32_t CueList::ContentEnd(uint32_t first, const Cue& cue,
                             Frame frame) const {
  return ContentEndFinder(*this, cue, frame).Find(first);
}

}  // namespace extract
}  // namespace onrecord
