// A quotation beside a clause whose verb is no cue of the lexicon: Kasich
// resisted: “…”; “…,” he barked; and transcripts: Mori: “…”.

#include <string>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

// A quotation of fewer tokens, marks included, is a term.
constexpr uint32_t kLeastQuotedTokens = 5;

class AnyVerbSieve {
 public:
  AnyVerbSieve(const char* name, SieveState& state)
      : name_(name),
        state_(state),
        document_(state.document()),
        tokens_(document_.tokens()) {}

  void Run() {
    const std::vector<Quotation>& quotations = document_.quotations();
    for (size_t i = 0; i < quotations.size(); ++i) {
      const Quotation& quote = quotations[i];
      if (state_.quotation_used[i] ||
          quote.last < quote.first + kLeastQuotedTokens) {
        continue;
      }
      if (!TryIntroduced(quote) && !TryFollowed(quote)) continue;
      state_.quotation_used[i] = true;
    }
  }

 private:
  void Add(const Subject& subject, TokenRange cue, const Quotation& quote,
           double confidence) {
    Finding found;
    found.source = subject.range;
    found.core = subject.core;
    found.cue = cue;
    found.content = {{quote.first, quote.last}};
    found.frame = Frame::kParenthetical;
    found.confidence = confidence;
    found.sieve = name_;
    state_.found.push_back(std::move(found));
    if (const Cue* used = state_.cues.CueAt(cue.first)) {
      state_.cue_used[used - state_.cues.cues().data()] = true;
    }
  }

  // A colon, or a comma, stands before: the last clause before it introduces
  // the quotation.
  bool TryIntroduced(const Quotation& quote) {
    if (quote.first < 2) return false;
    const uint32_t mark = quote.first - 1;
    const bool colon = WordIs(document_, mark, ":");
    if (!colon && tokens_[mark].tag != Tag::kComma) return false;
    const Sentence& sentence = document_.sentences()[tokens_[mark].sentence];
    const Grammar& grammar = state_.grammar();
    // "Mori: “…”".
    const NounPhrase* phrase = grammar.NounPhraseAt(mark - 1);
    if (colon && phrase != nullptr && phrase->range.first == sentence.first) {
      Subject subject;
      subject.range = phrase->range;
      subject.core = phrase->range;
      Add(subject, {mark, mark + 1}, quote, 0.85);
      return true;
    }
    for (uint32_t i = mark; i-- > sentence.first && mark - i < 25;) {
      if (tokens_[i].quotation >= 0) return false;
      const VerbGroup* group = grammar.VerbGroupAt(i);
      if (group == nullptr) continue;
      i = group->range.first;
      if (group->form != VerbGroup::Form::kFinite || group->passive) continue;
      const Subject subject = FindSubject(grammar, *group);
      if (!subject.found()) return false;
      if (!colon && group->range.last + 4 < mark) return false;
      Add(subject, group->range, quote, colon ? 0.8 : 0.6);
      return true;
    }
    return false;
  }

  // "“…,” he barked", "“…?” barked Oliver": it ends as only speech does.
  bool TryFollowed(const Quotation& quote) {
    if (!quote.closed || quote.last >= tokens_.size()) return false;
    const Tag inside = tokens_[quote.last - 2].tag;
    if (inside != Tag::kComma && inside != Tag::kStop) return false;
    const Grammar& grammar = state_.grammar();
    const uint32_t after = quote.last;
    if (tokens_[after].sentence != tokens_[quote.last - 1].sentence) {
      return false;
    }
    const VerbGroup* verb = grammar.VerbGroupAt(after);
    if (verb != nullptr && verb->form == VerbGroup::Form::kFinite) {
      const Subject subject = FindInvertedSubject(grammar, verb->range.last);
      if (!subject.found()) return false;
      Add(subject, verb->range, quote, 0.75);
      return true;
    }
    const NounPhrase* phrase = grammar.NounPhraseAt(after);
    if (phrase == nullptr || phrase->range.first != after) return false;
    const Sentence& sentence = document_.sentences()[tokens_[after].sentence];
    for (uint32_t i = phrase->range.last; i < sentence.last && i < after + 25;
         ++i) {
      const VerbGroup* group = grammar.VerbGroupAt(i);
      if (group == nullptr || group->form != VerbGroup::Form::kFinite) continue;
      const Subject subject = FindSubject(grammar, *group);
      if (!subject.found() || subject.range.first != after) continue;
      Add(subject, group->range, quote, 0.75);
      return true;
    }
    return false;
  }

  const char* const name_;
  SieveState& state_;
  const Document& document_;
  const std::vector<Token>& tokens_;
};

}  // namespace

void SiftAnyVerb(const char* name, SieveState& state) {
  AnyVerbSieve(name, state).Run();
}

}  // namespace extract
}  // namespace onrecord
