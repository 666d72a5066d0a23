#include "engine/extract/grammar/subjects.h"

#include <algorithm>
#include <string>

#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

// How far back a subject may stand. Longer parentheses are garbled text.
constexpr uint32_t kMaxLookBack = 70;

constexpr absl::string_view kAttaching =
    "of for at in from with to on between among under near against within "
    "behind about inside";
constexpr absl::string_view kDescribing =
    "close familiar briefed involved knowledgeable aware";
constexpr absl::string_view kSubordinators =
    "because although though if while when that whether since unless until as "
    "after before once where than";

class SubjectFinder {
 public:
  SubjectFinder(const Grammar& grammar, uint32_t sentence)
      : grammar_(grammar),
        document_(grammar.document()),
        tokens_(document_.tokens()),
        first_(document_.sentences()[sentence].first) {}

  Subject Find(const VerbGroup& group, int depth) const {
    uint32_t at = group.range.first;
    const uint32_t floor =
        at > first_ + kMaxLookBack ? at - kMaxLookBack : first_;
    bool through_comma = false;
    while (at > floor) {
      const uint32_t before = at - 1;
      const Token& token = tokens_[before];
      if (IsAdverb(token.tag) || (token.tag == Tag::kDT && at < group.head &&
                                  WordIs(document_, before, "both"))) {
        --at;
      } else if (token.tag == Tag::kCC && depth < 4) {
        return Shared(before, group, depth);
      } else if (token.tag == Tag::kWP || token.tag == Tag::kWDT ||
                 (InList(Lower(document_, before), "who which") ||
                  (InList(Lower(document_, before), "that") &&
                   token.tag != Tag::kDT && before > floor &&
                   grammar_.NounPhraseAt(before - 1) != nullptr))) {
        return Relative(before);
      } else if (IsClosingBracket(before)) {
        const uint32_t open = OpeningBracket(before, floor);
        if (open == before) return {};
        at = open;
      } else if (token.tag == Tag::kComma || IsDash(before)) {
        const uint32_t open = OpeningComma(before, floor);
        if (open == before) return {};
        at = BeforeBracket(open, floor);
        through_comma = true;
        if (!PhraseEnds(at)) continue;
        return Phrase(at, before, floor, through_comma);
      } else if (PhraseEnds(at)) {
        if (IsTimePhrase(at)) {  // "Mori on Tuesday said", "Mori Tuesday said"
          at = grammar_.NounPhraseAt(at - 1)->range.first;
          if (at > floor && tokens_[at - 1].tag == Tag::kIN) --at;
          continue;
        }
        return Phrase(at, at, floor, through_comma);
      } else {
        return {};
      }
    }
    return {};
  }

  TokenRange LeftExtended(uint32_t end, uint32_t floor) const {
    const NounPhrase* phrase = grammar_.NounPhraseAt(end - 1);
    if (phrase == nullptr || phrase->range.last != end) return {end, end};
    uint32_t first = phrase->range.first;
    while (first > floor + 1) {
      const uint32_t link = first - 1;
      const std::string word = Lower(document_, link);
      if (tokens_[link].tag == Tag::kPOS && grammar_.NounPhraseAt(link - 1)) {
        first = grammar_.NounPhraseAt(link - 1)->range.first;
        continue;
      }
      const bool and_between = tokens_[link].tag == Tag::kCC && word == "and";
      if (!and_between && !InList(word, kAttaching)) break;
      // "A source CLOSE to the bank", "people FAMILIAR with the plan".
      const bool is_described =
          link > floor + 1 && InList(Lower(document_, link - 1), kDescribing);
      const uint32_t left_end = is_described ? link - 1 : link;
      const NounPhrase* left = grammar_.NounPhraseAt(left_end - 1);
      if (left == nullptr || left->range.last != left_end) break;
      if (and_between && !JoinsNames(*left, floor)) break;
      if (tokens_[left->head].tag == Tag::kPRP) {
        // "He at the same time said": the words between are no part of him.
        return {left->range.first, left->range.last};
      }
      // "told reporters in Seoul …": an object before is no subject.
      first = left->range.first;
    }
    return {first, end};
  }

 private:
  bool PhraseEnds(uint32_t end) const {
    if (end == 0) return false;
    const NounPhrase* phrase = grammar_.NounPhraseAt(end - 1);
    return phrase != nullptr && phrase->range.last == end;
  }

  bool IsTimePhrase(uint32_t end) const {
    const NounPhrase* phrase = grammar_.NounPhraseAt(end - 1);
    return IsTimeWord(document_, phrase->head) && phrase->range.first > first_;
  }

  bool IsDash(uint32_t token) const {
    return InList(Lower(document_, token), "- -- – —");
  }
  bool IsClosingBracket(uint32_t token) const {
    return InList(Lower(document_, token), ") ]");
  }
  uint32_t OpeningBracket(uint32_t close, uint32_t floor) const {
    for (uint32_t i = close; i-- > floor;) {
      if (InList(Lower(document_, i), "( [")) return i;
    }
    return close;
  }

  // Where the words before `end` end without a bracket: "APS" in "Association
  // of Salmon Producers (APS),".
  uint32_t BeforeBracket(uint32_t end, uint32_t floor) const {
    if (end <= floor || !IsClosingBracket(end - 1)) return end;
    return OpeningBracket(end - 1, floor);
  }

  // "and" joins two speakers if what stands before them starts a clause.
  bool JoinsNames(const NounPhrase& left, uint32_t floor) const {
    if (left.range.first == floor) return true;
    const Token& before = tokens_[left.range.first - 1];
    return before.tag == Tag::kComma || before.tag == Tag::kQuote ||
           before.tag == Tag::kCC ||
           InList(Lower(document_, left.range.first - 1),
                  "of for that because while both");
  }

  // The comma (or dash) that opens the parenthesis closed at `close`: behind
  // a noun phrase, and with a parenthesis inside: an apposition, a relative
  // clause, a participle, a place or a time. `close` itself if there is none.
  uint32_t OpeningComma(uint32_t close, uint32_t floor) const {
    for (uint32_t i = close; i-- > floor;) {
      if (tokens_[i].tag == Tag::kQuote) return close;
      const bool opens = tokens_[close].tag == Tag::kComma
                             ? tokens_[i].tag == Tag::kComma
                             : IsDash(i);
      if (!opens || !PhraseEnds(BeforeBracket(i, floor)) || close - i < 2) {
        continue;
      }
      if (LooksParenthetical(i + 1, close)) return i;
    }
    return close;
  }

  bool LooksParenthetical(uint32_t first, uint32_t last) const {
    const Tag tag = tokens_[first].tag;
    const std::string word = Lower(document_, first);
    if (InList(word, "who which whose whom where when")) return true;
    if (tag == Tag::kIN || tag == Tag::kTO) {
      return !InList(word, "that") && !InList(word, kSubordinators);
    }
    if (tag == Tag::kUH) return true;  // a name that looks like "Oh"
    const VerbGroup* group = grammar_.VerbGroupAt(first);
    if (group != nullptr) return group->form != VerbGroup::Form::kFinite;
    if (IsAdverb(tag) || IsAdjective(tag) || tag == Tag::kCD) return true;
    const NounPhrase* phrase = grammar_.NounPhraseAt(first);
    if (phrase == nullptr) return false;
    // An apposition has no finite verb before a relative pronoun.
    for (uint32_t i = phrase->range.last; i < last; ++i) {
      if (InList(Lower(document_, i), "who which that whose")) return true;
      const VerbGroup* inner = grammar_.VerbGroupAt(i);
      if (inner != nullptr && inner->form == VerbGroup::Form::kFinite) {
        return false;
      }
    }
    return tag != Tag::kPRP;
  }

  // `end` is where the phrase ends, `source_end` where its parenthesis does.
  Subject Phrase(uint32_t end, uint32_t source_end, uint32_t floor,
                 bool through_comma) const {
    Subject subject;
    subject.kind = Subject::Kind::kDirect;
    subject.range = LeftExtended(end, floor);
    subject.core = subject.range;
    // "Chile's undersecretary, Ignacia Valdés, of …,": a name after its
    // description, itself followed by a comma.
    for (int i = 0; through_comma && i < 3; ++i) {
      const uint32_t comma = subject.range.first;
      if (comma < floor + 2 || tokens_[comma - 1].tag != Tag::kComma) break;
      if (!PhraseEnds(comma - 1)) break;
      const TokenRange left = LeftExtended(comma - 1, floor);
      if (left.empty() || IsTimeWord(document_, left.last - 1)) break;
      // "According to the news, the minister …": no apposition.
      const Tag governor =
          left.first > floor ? tokens_[left.first - 1].tag : Tag::kStop;
      if (governor == Tag::kIN || governor == Tag::kTO) break;
      subject.range.first = left.first;
      subject.core = left;
    }
    subject.range.last =
        subject.core.last < end ? subject.core.last : source_end;
    // "According to X, Y said", "In Seoul Y said": not the verb's own subject.
    const uint32_t start = subject.range.first;
    if (start > floor && tokens_[start - 1].tag == Tag::kIN &&
        !InList(Lower(document_, start - 1), kSubordinators)) {
      return {};
    }
    return subject;
  }

  Subject Relative(uint32_t pronoun) const {
    uint32_t end = pronoun;
    const bool comma = end > first_ && tokens_[end - 1].tag == Tag::kComma;
    if (comma) --end;
    if (end == first_ || !PhraseEnds(end)) return {};
    Subject subject;
    subject.kind = Subject::Kind::kRelative;
    // Behind a comma it says more of the whole phrase, else of the noun next
    // to it ("appointments for women who").
    subject.core = comma ? LeftExtended(end, first_)
                         : grammar_.NounPhraseAt(end - 1)->range;
    subject.range = {subject.core.first, pronoun + 1};
    return subject;
  }

  // "Had sold": what was over before the rest.
  bool IsPastPerfect(const VerbGroup& group) const {
    return WordIs(document_, group.range.first, "had") &&
           group.head > group.range.first;
  }

  // The subject of the verb before the conjunction at `conjunction`, of which
  // `group` is the next.
  Subject Shared(uint32_t conjunction, const VerbGroup& later,
                 int depth) const {
    const uint32_t floor = conjunction > first_ + kMaxLookBack
                               ? conjunction - kMaxLookBack
                               : first_;
    // Behind a comma the main clause goes on (", but declined"): its subject is
    // the first of the sentence; without one, the nearest.
    const bool comma =
        conjunction > first_ && tokens_[conjunction - 1].tag == Tag::kComma;
    const int32_t quotation = tokens_[conjunction].quotation;
    Subject best;
    for (uint32_t i = conjunction; i-- > floor;) {
      const VerbGroup* group = grammar_.VerbGroupAt(i);
      if (group == nullptr) continue;
      i = group->range.first;
      if (group->form != VerbGroup::Form::kFinite ||
          tokens_[i].quotation != quotation) {
        continue;
      }
      Subject subject = Find(*group, depth + 1);
      if (!subject.found()) continue;
      if (subject.kind == Subject::Kind::kRelative && comma) continue;
      // "Said they had sold a principle AND DEMANDED": who said it demanded.
      const bool is_of_content = IsPastPerfect(*group) &&
                                 !IsPastPerfect(later) &&
                                 tokens_[later.head].tag == Tag::kVBD;
      if (subject.kind == Subject::Kind::kDirect) {
        subject.kind = Subject::Kind::kShared;
      }
      best = subject;
      if (!comma && !is_of_content) break;
    }
    return best;
  }

  const Grammar& grammar_;
  const Document& document_;
  const std::vector<Token>& tokens_;
  const uint32_t first_;
};

// A phrase from `token` on with its apposition: ", a toxicologist at …,".
TokenRange WithApposition(const Grammar& grammar, uint32_t token) {
  const Document& document = grammar.document();
  const Sentence& sentence =
      document.sentences()[document.tokens()[token].sentence];
  TokenRange range = grammar.FullPhraseFrom(token, sentence.last);
  if (range.empty()) return range;
  if (range.last + 1 < sentence.last && WordIs(document, range.last, "(")) {
    const uint32_t limit = std::min(sentence.last, range.last + 8);
    for (uint32_t i = range.last; i < limit; ++i) {
      if (WordIs(document, i, ")")) {
        range.last = i + 1;
        break;
      }
    }
  }
  if (range.last + 1 < sentence.last &&
      document.tokens()[range.last].tag == Tag::kComma) {
    const uint32_t next = range.last + 1;
    const Tag tag = document.tokens()[next].tag;
    const NounPhrase* phrase = grammar.NounPhraseAt(next);
    if (phrase != nullptr && phrase->range.first == next && tag != Tag::kPRP &&
        !IsTimeWord(document, phrase->head) &&
        !grammar.StartsClause(next, sentence.last)) {
      range.last = grammar.FullPhraseFrom(next, sentence.last).last;
    }
  }
  return range;
}

}  // namespace

Subject FindSubject(const Grammar& grammar, const VerbGroup& group) {
  const uint32_t sentence =
      grammar.document().tokens()[group.range.first].sentence;
  const Subject subject = SubjectFinder(grammar, sentence).Find(group, 0);
  return subject.core.empty() ? Subject() : subject;
}

Subject FindInvertedSubject(const Grammar& grammar, uint32_t after) {
  if (after >= grammar.document().tokens().size()) return {};
  Subject subject;
  const NounPhrase* phrase = grammar.NounPhraseAt(after);
  if (phrase == nullptr || phrase->range.first != after) return {};
  if (IsTimeWord(grammar.document(), phrase->head)) return {};
  subject.range = WithApposition(grammar, after);
  subject.core = grammar.FullPhraseFrom(after, subject.range.last);
  if (subject.core.empty()) return {};
  subject.kind = Subject::Kind::kInverted;
  return subject;
}

Subject FindAgent(const Grammar& grammar, uint32_t after) {
  const Document& document = grammar.document();
  if (after + 1 >= document.tokens().size() || !WordIs(document, after, "by")) {
    return {};
  }
  Subject subject = FindInvertedSubject(grammar, after + 1);
  if (subject.found()) subject.kind = Subject::Kind::kAgent;
  return subject;
}

TokenRange PhraseEndingAt(const Grammar& grammar, uint32_t end) {
  if (end == 0) return {};
  const Document& document = grammar.document();
  const uint32_t sentence = document.tokens()[end - 1].sentence;
  const uint32_t first = document.sentences()[sentence].first;
  const uint32_t floor =
      end > first + kMaxLookBack ? end - kMaxLookBack : first;
  return SubjectFinder(grammar, sentence).LeftExtended(end, floor);
}

}  // namespace extract
}  // namespace onrecord
