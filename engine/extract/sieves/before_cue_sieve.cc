// Content, then the cue: “…,” said Mori; The plan is dead, Mori said.

#include <algorithm>
#include <string>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

class BeforeCueSieve {
 public:
  BeforeCueSieve(const char* name, SieveState& state)
      : name_(name),
        state_(state),
        document_(state.document()),
        tokens_(document_.tokens()) {}

  void Run() {
    const std::vector<Cue>& cues = state_.cues.cues();
    for (size_t i = 0; i < cues.size(); ++i) {
      if (!state_.cue_used[i]) Try(i);
    }
  }

 private:
  void Try(size_t index) {
    const Cue& cue = state_.cues.cues()[index];
    const double weight = cue.entry().WeightOf(Frame::kParenthetical);
    const VerbGroup& group = state_.grammar().verb_groups()[cue.group];
    if (weight == 0 || group.passive ||
        group.form != VerbGroup::Form::kFinite) {
      return;
    }
    const Sentence& sentence =
        document_.sentences()[tokens_[cue.match.range.first].sentence];
    Subject subject = cue.subject;
    uint32_t front = 0;  // where subject and cue begin
    uint32_t after = cue.match.range.last;
    Subject inverted;
    if (IsFrontedAt(cue.match.range.first, sentence) &&
        (!subject.found() || BehindQuotation(cue.match.range.first) ||
         (weight >= 0.9 && cue.complement.frame == Frame::kNothing))) {
      inverted = FindInvertedSubject(state_.grammar(), after);
      if (inverted.found() && IsFiniteAt(inverted.range.last)) inverted = {};
    }
    if (inverted.found()) {
      front = cue.match.range.first;
      subject = inverted;
      after = subject.range.last;
    } else if (subject.kind == Subject::Kind::kDirect &&
               IsFrontedAt(subject.range.first, sentence)) {
      front = subject.range.first;
      if (!GovernsNothing(cue)) return;
      after =
          cue.complement.adjuncts.empty() && cue.complement.addressee.empty()
              ? after
              : std::max(cue.complement.adjuncts.last,
                         cue.complement.addressee.last);
    } else {
      return;
    }
    const uint32_t first = ContentFirst(front, sentence);
    uint32_t last = front;
    while (last > first && tokens_[last - 1].tag == Tag::kComma) --last;
    if (last <= first) return;
    const bool quoted = tokens_[last - 1].quotation >= 0 &&
                        tokens_[cue.match.range.first].quotation < 0;
    if (!quoted && !HasFiniteVerb(first, last) &&
        !VerbFollows(after, first, sentence)) {
      return;
    }

    Finding found;
    found.source = subject.range;
    found.core = subject.core;
    found.cue = cue.match.range;
    found.entry = cue.match.entry;
    found.frame = Frame::kParenthetical;
    found.addressee = cue.complement.addressee;
    found.adjuncts = {cue.match.range.last, after};
    found.content.push_back({first, last});
    found.confidence = quoted ? std::max(weight, 0.95) : weight;
    found.sieve = name_;
    AddRest(cue, after, quoted, sentence, found);
    if (quoted) AddFollowingQuotations(sentence, found);
    state_.UseQuotations(found);
    state_.found.push_back(std::move(found));
    state_.cue_used[index] = true;
  }

  // True if what stands before `at` is a closed quotation or ends in a comma.
  bool IsFrontedAt(uint32_t at, const Sentence& sentence) const {
    if (at == 0) return false;
    const Token& before = tokens_[at - 1];
    if (before.tag == Tag::kQuote && before.quotation >= 0) {
      const Quotation& quote = document_.quotations()[before.quotation];
      return quote.last == at && quote.last - quote.first > 3;
    }
    if (at <= sentence.first + 1) return false;
    return before.tag == Tag::kComma;
  }

  // "The hashtag, he said, was popular": the cue parts subject and verb.
  bool VerbFollows(uint32_t after, uint32_t first,
                   const Sentence& sentence) const {
    if (after + 1 >= sentence.last || tokens_[after].tag != Tag::kComma) {
      return false;
    }
    const NounPhrase* phrase = state_.grammar().NounPhraseAt(first);
    if (phrase == nullptr || phrase->range.first != first) return false;
    const VerbGroup* group = state_.grammar().VerbGroupAt(after + 1);
    return group != nullptr && group->form == VerbGroup::Form::kFinite;
  }

  // "Said members were divided": what follows the cue is a clause.
  bool IsFiniteAt(uint32_t at) const {
    const VerbGroup* group =
        at < tokens_.size() ? state_.grammar().VerbGroupAt(at) : nullptr;
    return group != nullptr && group->range.first == at &&
           group->form == VerbGroup::Form::kFinite;
  }

  bool BehindQuotation(uint32_t at) const {
    return tokens_[at - 1].tag == Tag::kQuote;
  }

  bool GovernsNothing(const Cue& cue) const {
    const Frame frame = cue.complement.frame;
    if (frame == Frame::kNothing) return true;
    if (frame != Frame::kParenthetical) return false;
    // "“A,” he said, “B.”"
    return true;
  }

  bool HasFiniteVerb(uint32_t first, uint32_t last) const {
    const Grammar& grammar = state_.grammar();
    for (size_t i = grammar.FirstVerbGroupFrom(first);
         i < grammar.verb_groups().size() &&
         grammar.verb_groups()[i].range.first < last;
         ++i) {
      const VerbGroup& group = grammar.verb_groups()[i];
      if (group.form != VerbGroup::Form::kFinite) continue;
      // "When the Herald asked, the ministry said": a subordinate clause is no
      // content.
      return !InList(Lower(document_, first),
                     "when as after while although though because since "
                     "before until unless");
    }
    return false;
  }

  // Where the content that ends before `front` begins.
  uint32_t ContentFirst(uint32_t front, const Sentence& sentence) const {
    uint32_t last = front - 1;
    while (last > sentence.first && tokens_[last].tag == Tag::kComma) --last;
    uint32_t first = sentence.first;
    if (tokens_[last].quotation >= 0) {
      const Quotation& quote = document_.quotations()[tokens_[last].quotation];
      const uint32_t opening_sentence = tokens_[quote.first].sentence;
      first = document_.sentences()[opening_sentence].first;
      // Words before the quotation are content too, unless a cue or colon
      // introduces it.
      if (first < quote.first && !IsOwnClause(first, quote.first)) {
        first = quote.first;
      }
      if (quote.first < first) first = quote.first;
    }
    // Not past another attribution's words in the same sentence.
    for (const Finding& other : state_.found) {
      for (TokenRange range : {other.cue, other.source}) {
        if (!range.empty() && range.last <= front && range.first >= first &&
            range.last > first) {
          first = range.last;
        }
      }
    }
    for (uint32_t i = first; i < last; ++i) {
      if (WordIs(document_, i, ";") && tokens_[i].quotation < 0) first = i + 1;
    }
    while (first < last && (tokens_[first].tag == Tag::kComma ||
                            tokens_[first].tag == Tag::kStop ||
                            tokens_[first].tag == Tag::kCC)) {
      ++first;
    }
    return first;
  }

  // True if the words [first, last) before a quotation read on into it ("The
  // plan was “not on the table”"), so that they are content as well.
  bool IsOwnClause(uint32_t first, uint32_t last) const {
    for (uint32_t i = first; i < last; ++i) {
      if (WordIs(document_, i, ":")) return false;
    }
    return tokens_[last - 1].tag != Tag::kComma &&
           tokens_[last - 1].tag != Tag::kStop;
  }

  // What goes on behind the cue: "he said, “B”"; "she said, provided that …".
  void AddRest(const Cue& cue, uint32_t after, bool quoted,
               const Sentence& sentence, Finding& found) const {
    if (cue.complement.frame == Frame::kParenthetical &&
        !cue.complement.content.empty() &&
        cue.complement.content.first >= after &&
        IsMark(tokens_[cue.complement.content.first - 1].tag)) {
      TokenRange rest = cue.complement.content;
      const int32_t quotation = tokens_[rest.first].quotation;
      if (quotation >= 0) {
        rest.last = std::max(rest.last, document_.quotations()[quotation].last);
      }
      found.content.push_back(rest);
      return;
    }
    if (after + 2 >= sentence.last || tokens_[after].tag != Tag::kComma) return;
    const uint32_t first = after + 1;
    const int32_t quotation = tokens_[first].quotation;
    if (quotation >= 0 && document_.quotations()[quotation].first == first) {
      found.content.push_back({first, document_.quotations()[quotation].last});
      return;
    }
    if (quoted) return;
    const std::string word = Lower(document_, first);
    const VerbGroup* group = state_.grammar().VerbGroupAt(first);
    if (VerbFollows(after, found.content.front().first, sentence) &&
        !HasFiniteVerb(found.content.front().first,
                       found.content.front().last)) {
      const uint32_t last = state_.cues.ContentEnd(first, cue, Frame::kClause);
      if (last > first) found.content.push_back({first, last});
      return;
    }
    if (group != nullptr && group->form != VerbGroup::Form::kInfinitive &&
        word != "provided") {
      return;
    }
    if (!InList(word,
                "if unless provided because but and although though as while "
                "when until to which before after so or")) {
      return;
    }
    if (tokens_[first].tag == Tag::kCC &&
        !state_.grammar().StartsClause(first + 1, sentence.last)) {
      return;  // "he said, and called for …" is another cue of his
    }
    const uint32_t last = state_.cues.ContentEnd(first, cue, Frame::kClause);
    if (last > first) found.content.push_back({first, last});
  }

  // "“A,” he said. “B.”": the rest of the quotation in the next sentences.
  void AddFollowingQuotations(const Sentence& sentence, Finding& found) const {
    const std::vector<Sentence>& sentences = document_.sentences();
    uint32_t next = tokens_[sentence.first].sentence + 1;
    const uint32_t last_token = found.content.back().last;
    if (last_token > sentence.last) next = tokens_[last_token - 1].sentence + 1;
    while (next < sentences.size() &&
           sentences[next].paragraph == sentence.paragraph) {
      const Sentence& following = sentences[next];
      const int32_t quotation = tokens_[following.first].quotation;
      if (quotation < 0) return;
      const Quotation& quote = document_.quotations()[quotation];
      if (quote.first != following.first) return;
      // It must fill its sentences: no cue of its own behind it.
      const uint32_t end_sentence = tokens_[quote.last - 1].sentence;
      if (quote.last != sentences[end_sentence].last) return;
      found.content.push_back({quote.first, quote.last});
      next = end_sentence + 1;
    }
  }

  const char* const name_;
  SieveState& state_;
  const Document& document_;
  const std::vector<Token>& tokens_;
};

}  // namespace

void SiftBeforeCue(const char* name, SieveState& state) {
  BeforeCueSieve(name, state).Run();
}

}  // namespace extract
}  // namespace onrecord
