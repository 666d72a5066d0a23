#include "engine/extract/grammar/grammar.h"

#include <algorithm>
#include <string>

#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kBe = "be is are was were am been being 's 're 'm";
constexpr absl::string_view kHave = "have has had 've having";
constexpr absl::string_view kDo = "do does did";
constexpr absl::string_view kNegations =
    "not n't n’t never no longer neither nor hardly barely";

// Lower-case words inside a person's name.
constexpr absl::string_view kParticles =
    "van von de der den del della di da dos du la le el al bin ibn ten ter";

// What may join a noun phrase to the one before it.
constexpr absl::string_view kLinks =
    "of for at in from with to on between among under near against within "
    "behind about inside into over by as after before during across around "
    "towards toward through without regarding concerning and";

// A phrase or chain longer than this is no phrase; it keeps odd input linear.
constexpr uint32_t kMaxPhraseTokens = 60;

bool IsAuxiliary(const std::string& word, Tag tag) {
  return tag == Tag::kMD || InList(word, kBe) || InList(word, kHave) ||
         InList(word, kDo) || word == "’s" || word == "’re" || word == "’ve";
}

bool IsPhraseInner(Tag tag) {
  return IsNoun(tag) || IsAdjective(tag) || tag == Tag::kCD ||
         tag == Tag::kPOS || tag == Tag::kSYM;
}

}  // namespace

Grammar::Grammar(const Document& document)
    : document_(&document),
      verb_group_at_(document.tokens().size(), -1),
      noun_phrase_at_(document.tokens().size(), -1) {
  for (const Sentence& sentence : document.sentences()) {
    FindVerbGroups(sentence);
    FindNounPhrases(sentence);
  }
}

const VerbGroup* Grammar::VerbGroupAt(uint32_t token) const {
  if (token >= verb_group_at_.size() || verb_group_at_[token] < 0) {
    return nullptr;
  }
  return &verb_groups_[verb_group_at_[token]];
}

const NounPhrase* Grammar::NounPhraseAt(uint32_t token) const {
  if (token >= noun_phrase_at_.size() || noun_phrase_at_[token] < 0) {
    return nullptr;
  }
  return &noun_phrases_[noun_phrase_at_[token]];
}

size_t Grammar::FirstVerbGroupFrom(uint32_t token) const {
  return std::lower_bound(verb_groups_.begin(), verb_groups_.end(), token,
                          [](const VerbGroup& group, uint32_t at) {
                            return group.range.first < at;
                          }) -
         verb_groups_.begin();
}

size_t Grammar::FirstNounPhraseFrom(uint32_t token) const {
  return std::lower_bound(noun_phrases_.begin(), noun_phrases_.end(), token,
                          [](const NounPhrase& phrase, uint32_t at) {
                            return phrase.range.first < at;
                          }) -
         noun_phrases_.begin();
}

uint32_t Grammar::AddVerbGroup(uint32_t first, uint32_t last,
                               uint32_t noun_head) {
  const std::vector<Token>& tokens = document_->tokens();
  // Trailing adverbs belong to what follows; the main verb ends the group.
  uint32_t end = last;
  while (end > first + 1 && !IsVerb(tokens[end - 1].tag) &&
         tokens[end - 1].tag != Tag::kMD && end - 1 != noun_head) {
    --end;
  }
  // After a bare auxiliary or copula, a negation stays: "is not", "did n't".
  while (end < last && InList(Lower(*document_, end), kNegations)) ++end;
  VerbGroup group;
  group.range = {first, end};
  group.head = end - 1;
  while (group.head > first && !IsVerb(tokens[group.head].tag) &&
         group.head != noun_head) {
    --group.head;
  }
  bool finite = false;
  bool be_before_head = false;
  for (uint32_t i = first; i < end; ++i) {
    const std::string word = Lower(*document_, i);
    finite |= IsFiniteTag(tokens[i].tag);
    group.modal |= tokens[i].tag == Tag::kMD;
    group.negated |= InList(word, kNegations) && word != "longer";
    if (i < group.head) {
      if (InList(word, kBe) || word == "’s") be_before_head = true;
    }
  }
  const Tag head_tag = tokens[group.head].tag;
  group.passive =
      be_before_head &&
      (head_tag == Tag::kVBN || (head_tag == Tag::kVBD && end > first + 1));
  if (finite) {
    group.form = VerbGroup::Form::kFinite;
  } else if (tokens[first].tag == Tag::kTO || head_tag == Tag::kVB) {
    group.form = VerbGroup::Form::kInfinitive;
  } else if (tokens[first].tag == Tag::kVBG) {
    group.form = VerbGroup::Form::kGerund;
  } else {
    group.form = head_tag == Tag::kVBG ? VerbGroup::Form::kGerund
                                       : VerbGroup::Form::kParticiple;
  }
  const auto index = static_cast<int32_t>(verb_groups_.size());
  for (uint32_t i = first; i < end; ++i) verb_group_at_[i] = index;
  verb_groups_.push_back(group);
  return end;
}

bool Grammar::IsParticleOfName(uint32_t token, const Sentence& sentence) const {
  const std::vector<Token>& tokens = document_->tokens();
  return token > sentence.first && token + 1 < sentence.last &&
         IsProper(tokens[token - 1].tag) && IsProper(tokens[token + 1].tag) &&
         InList(document_->TextOf(tokens[token]), kParticles);
}

void Grammar::FindVerbGroups(const Sentence& sentence) {
  const std::vector<Token>& tokens = document_->tokens();
  uint32_t i = sentence.first;
  while (i < sentence.last) {
    const bool to_verb =
        tokens[i].tag == Tag::kTO && i + 1 < sentence.last &&
        (tokens[i + 1].tag == Tag::kVB ||
         (IsAdverb(tokens[i + 1].tag) && i + 2 < sentence.last &&
          tokens[i + 2].tag == Tag::kVB));
    if ((!to_verb && !IsVerb(tokens[i].tag) && tokens[i].tag != Tag::kMD) ||
        IsParticleOfName(i, sentence)) {
      ++i;
      continue;
    }
    // A participle before its noun ("unnamed officials") is no verb group.
    if ((tokens[i].tag == Tag::kVBN || tokens[i].tag == Tag::kVBG) &&
        i + 1 < sentence.last && IsNoun(tokens[i + 1].tag) &&
        i > sentence.first &&
        (tokens[i - 1].tag == Tag::kDT || tokens[i - 1].tag == Tag::kPRPS ||
         tokens[i - 1].tag == Tag::kPOS || IsAdjective(tokens[i - 1].tag))) {
      ++i;
      continue;
    }
    uint32_t first = i;
    while (first > sentence.first && IsAdverb(tokens[first - 1].tag) &&
           verb_group_at_[first - 1] < 0 && i - first < 3) {
      --first;
    }
    uint32_t last = i + 1;
    uint32_t noun_head = 0;
    bool auxiliary =
        to_verb || IsAuxiliary(Lower(*document_, i), tokens[i].tag);
    while (last < sentence.last && last - first < kMaxPhraseTokens) {
      const Tag tag = tokens[last].tag;
      if (IsParticleOfName(last, sentence)) break;
      if (IsAdverb(tag) ||
          (auxiliary && tag == Tag::kCC && WordIs(*document_, last, "nor"))) {
        ++last;
      } else if (auxiliary && tag == Tag::kNN &&
                 IsAdverb(tokens[last - 1].tag) &&
                 InList(Lower(*document_, i), kDo)) {
        // "did not comment": a verb that the tagger takes for a noun.
        noun_head = last++;
        break;
      } else if (auxiliary && (IsVerb(tag) || tag == Tag::kMD)) {
        // "did ask" goes on; "asked did" does not.
        auxiliary = IsAuxiliary(Lower(*document_, last), tag);
        ++last;
      } else {
        break;
      }
    }
    i = std::max(AddVerbGroup(first, last, noun_head), i + 1);
  }
}

uint32_t Grammar::AddNounPhrase(uint32_t first, uint32_t last) {
  const std::vector<Token>& tokens = document_->tokens();
  while (last > first + 1 && tokens[last - 1].tag == Tag::kPOS) --last;
  NounPhrase phrase;
  phrase.range = {first, last};
  phrase.head = last - 1;
  const auto index = static_cast<int32_t>(noun_phrases_.size());
  for (uint32_t i = first; i < last; ++i) noun_phrase_at_[i] = index;
  noun_phrases_.push_back(phrase);
  return last;
}

// Whether the name at `token` is the subject of a clause that says more of the
// noun before it: "a step CHILE called unfair".
bool Grammar::BeginsReducedClause(uint32_t first, uint32_t token,
                                  const Sentence& sentence) const {
  const std::vector<Token>& tokens = document_->tokens();
  const std::string article = Lower(*document_, first);
  if ((article != "a" && article != "an") ||
      tokens[token - 1].tag != Tag::kNN) {
    return false;
  }
  uint32_t last = token;
  while (last < sentence.last && IsProper(tokens[last].tag)) ++last;
  return last > token && last < sentence.last && IsFiniteTag(tokens[last].tag);
}

void Grammar::FindNounPhrases(const Sentence& sentence) {
  const std::vector<Token>& tokens = document_->tokens();
  uint32_t i = sentence.first;
  while (i < sentence.last) {
    const Tag tag = tokens[i].tag;
    if (verb_group_at_[i] >= 0) {
      ++i;
      continue;
    }
    if (tag == Tag::kPRP || tag == Tag::kEX) {
      i = AddNounPhrase(i, i + 1);
      continue;
    }
    if (i + 1 < sentence.last && WordIs(*document_, i, "that")) {
      const Tag next = tokens[i + 1].tag;
      if (next == Tag::kDT || next == Tag::kPRPS || next == Tag::kPRP ||
          IsProper(next)) {
        ++i;  // "that the plan": no determiner, whatever it is tagged
        continue;
      }
    }
    uint32_t last = i;
    bool has_noun = false;
    while (last < sentence.last && last - i < kMaxPhraseTokens &&
           verb_group_at_[last] < 0) {
      const Tag at = tokens[last].tag;
      const bool opener = at == Tag::kDT || at == Tag::kPDT ||
                          at == Tag::kPRPS || at == Tag::kWPS;
      if (opener && (last == i || !has_noun) &&
          (last == i || tokens[last - 1].tag == Tag::kPDT ||
           tokens[last - 1].tag == Tag::kDT)) {
        ++last;
      } else if (at == Tag::kUH && last + 1 < sentence.last &&
                 IsProper(tokens[last + 1].tag) &&
                 IsCapitalized(document_->TextOf(tokens[last]))) {
        has_noun = true;  // "Oh Mi-kyung"
        ++last;
      } else if (has_noun && BeginsReducedClause(i, last, sentence)) {
        break;
      } else if (IsPhraseInner(at)) {
        has_noun |= IsNoun(at) || at == Tag::kCD;
        ++last;
      } else if ((at == Tag::kVBN || at == Tag::kVBG || IsAdverb(at)) &&
                 last + 1 < sentence.last && last > i &&
                 (IsNoun(tokens[last + 1].tag) ||
                  IsAdjective(tokens[last + 1].tag))) {
        ++last;
      } else if (last > i && IsParticleOfName(last, sentence)) {
        ++last;  // "Pieter van Aalst"
      } else if (at == Tag::kCC && last > i && last + 1 < sentence.last &&
                 IsAdjective(tokens[last - 1].tag) &&
                 IsAdjective(tokens[last + 1].tag)) {
        ++last;  // "current and former officials"
      } else {
        break;
      }
    }
    // "Devine said": a name that the tagger takes for an adjective.
    if (!has_noun && last == i + 1 && tag == Tag::kJJ && i > sentence.first &&
        last < sentence.last && IsFiniteTag(tokens[last].tag) &&
        IsCapitalized(document_->TextOf(tokens[i]))) {
      has_noun = true;
    }
    const bool determiner_alone = last == i + 1 && tag == Tag::kDT;
    if (last > i &&
        (has_noun || determiner_alone || (last > i + 1 && tag == Tag::kDT))) {
      i = AddNounPhrase(i, last);
    } else {
      i = std::max(i + 1, last);
    }
  }
}

bool Grammar::StartsClause(uint32_t token, uint32_t last) const {
  const std::vector<Token>& tokens = document_->tokens();
  uint32_t i = token;
  const uint32_t limit = std::min(last, token + kMaxPhraseTokens);
  const NounPhrase* subject = NounPhraseAt(i);
  if (subject == nullptr || subject->range.first != i) return false;
  i = subject->range.last;
  while (i < limit) {
    if (const VerbGroup* group = VerbGroupAt(i)) {
      return group->form == VerbGroup::Form::kFinite;
    }
    const NounPhrase* next = NounPhraseAt(i);
    if (next != nullptr) {
      i = next->range.last;
    } else if (InList(Lower(*document_, i), kLinks) ||
               tokens[i].tag == Tag::kPOS || IsAdverb(tokens[i].tag) ||
               tokens[i].tag == Tag::kCC || IsAdjective(tokens[i].tag)) {
      ++i;
    } else {
      return false;
    }
  }
  return false;
}

TokenRange Grammar::FullPhraseFrom(uint32_t token, uint32_t last) const {
  const std::vector<Token>& tokens = document_->tokens();
  const NounPhrase* phrase = NounPhraseAt(token);
  if (phrase == nullptr || phrase->range.first != token) return {token, token};
  uint32_t end = phrase->range.last;
  const uint32_t limit = std::min(last, token + kMaxPhraseTokens);
  while (end + 1 < limit) {
    uint32_t next = end;
    if (tokens[next].tag == Tag::kPOS ||
        InList(Lower(*document_, next), kLinks)) {
      ++next;
    } else {
      break;
    }
    const NounPhrase* object = NounPhraseAt(next);
    if (object == nullptr || object->range.first != next) break;
    // A subject of its own is no part of the phrase: "on X as Y said".
    const VerbGroup* group = VerbGroupAt(object->range.last);
    if (group != nullptr && group->form == VerbGroup::Form::kFinite &&
        tokens[end].tag != Tag::kPOS) {
      if (InList(Lower(*document_, end), "as while because that if and")) break;
    }
    end = object->range.last;
  }
  return {token, std::min(end, last)};
}

}  // namespace extract
}  // namespace onrecord
