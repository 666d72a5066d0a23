#include "engine/extract/cues/cues.h"

#include <algorithm>
#include <string>

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kAdjunctPrepositions =
    "in on at since during after before to with by from amid via through over";
constexpr absl::string_view kAddressing =
    "tell remind assure reassure inform warn notify advise convince promise "
    "ask show persuade brief";
constexpr absl::string_view kWhWords =
    "what why how where when who which whether whom whose if";

// A cue that can stand before a clause even with words in between.
bool IsClausal(const CueEntry& entry) {
  return entry.WeightOf(Frame::kThat) >= 0.7 ||
         entry.WeightOf(Frame::kParenthetical) >= 0.7;
}

// Reads what stands behind one cue.
class ComplementReader {
 public:
  ComplementReader(const Grammar& grammar, const Cue& cue)
      : grammar_(grammar),
        document_(grammar.document()),
        tokens_(document_.tokens()),
        cue_(cue),
        last_(document_.sentences()[tokens_[cue.match.range.first].sentence]
                  .last) {}

  // Sets everything but the end of the content.
  Complement Read() {
    uint32_t at = cue_.match.range.last;
    if (TryFrame(at, /*after_adjuncts=*/false)) return result_;
    const std::string lemma =
        tokens_[grammar_.verb_groups()[cue_.group].head].lemma;
    const NounPhrase* object = grammar_.NounPhraseAt(at);
    if (object != nullptr && object->range.first == at &&
        InList(lemma, kAddressing)) {
      const TokenRange full = grammar_.FullPhraseFrom(at, last_);
      if (TryAfterAddressee(full) || TryAfterAddressee(object->range)) {
        return result_;
      }
    }
    if (IsClausal(cue_.entry())) {
      const uint32_t start = at;
      at = SkipAdjuncts(at);
      result_.adjuncts = {start, at};
      if (at > start && TryFrame(at, /*after_adjuncts=*/true)) return result_;
    }
    if (TryResult(cue_.match.range.last)) return result_;
    if (TryObject(cue_.match.range.last)) return result_;
    result_.frame = Frame::kNothing;
    result_.content = {};
    return result_;
  }

 private:
  bool Set(Frame frame, uint32_t first) {
    if (!cue_.entry().Takes(frame)) return false;
    result_.frame = frame;
    result_.content = {first, last_};
    return true;
  }

  bool IsQuoteStart(uint32_t at) const {
    if (at >= last_ || tokens_[at].quotation < 0) return false;
    return document_.quotations()[tokens_[at].quotation].first == at;
  }

  // "Said MORE would follow".
  bool IsSubjectMore(uint32_t at) const {
    return tokens_[at].lemma == "more" && at + 1 < last_ &&
           tokens_[at + 1].tag == Tag::kMD;
  }

  // "that …", a quotation, a colon, "to …", "whether …", "-ing", a clause.
  bool TryFrame(uint32_t at, bool after_adjuncts) {
    while (at < last_ && IsAdverb(tokens_[at].tag) && !IsSubjectMore(at)) ++at;
    if (at >= last_) return false;
    const NounPhrase* first = grammar_.NounPhraseAt(at);
    if (first != nullptr && IsTimeWord(document_, first->head) &&
        IsClausal(cue_.entry())) {
      return false;  // "said this month that …"
    }
    const std::string word = Lower(document_, at);
    if (tokens_[at].tag == Tag::kComma && at + 1 < last_) {
      // "said, “…”", "said on Monday, in a speech, that": only these.
      const bool that = WordIs(document_, at + 1, "that");
      if (!that && !IsQuoteStart(at + 1)) return false;
      return that ? Set(Frame::kThat, at + 1)
                  : Set(Frame::kParenthetical, at + 1);
    }
    if (word == ":" && at + 1 < last_) {
      return Set(Frame::kParenthetical, at + 1);
    }
    if (word == "that" && at + 1 < last_ &&
        (grammar_.NounPhraseAt(at) == nullptr ||
         grammar_.NounPhraseAt(at)->range.size() == 1 ||
         !cue_.entry().Takes(Frame::kObject))) {
      if (Set(Frame::kThat, at)) return true;
    }
    if (IsQuoteStart(at)) {
      if (cue_.entry().WeightOf(Frame::kParenthetical) > 0 &&
          Set(Frame::kParenthetical, at)) {
        return true;
      }
      return Set(Frame::kObject, at);
    }
    const VerbGroup* group = grammar_.VerbGroupAt(at);
    if (group != nullptr && group->range.first <= at) {
      if (group->form == VerbGroup::Form::kInfinitive &&
          tokens_[group->range.first].tag == Tag::kTO) {
        return Set(Frame::kInfinitive, at);
      }
      if (group->form == VerbGroup::Form::kGerund) {
        // "said legalizing it could …": the subject of a clause.
        return Set(IsSpeech() ? Frame::kClause : Frame::kGerund, at);
      }
      if (group->form == VerbGroup::Form::kFinite && IsSpeech() &&
          !IsMark(tokens_[at].tag)) {
        return Set(Frame::kClause, at);  // "which he said would be …"
      }
      return false;
    }
    if (InList(word, kWhWords) &&
        !(IsSpeech() && InList(word, "when where who if which"))) {
      return Set(Frame::kWh, at);
    }
    if (after_adjuncts && cue_.entry().WeightOf(Frame::kClause) < 0.7) {
      return false;
    }
    const bool is_time =
        word == "since" && at + 1 < last_ && IsTimeWord(document_, at + 1);
    if (InList(word,
               "although though while because if there when once since") &&
        !is_time && cue_.entry().WeightOf(Frame::kClause) >= 0.7) {
      return Set(Frame::kClause, at);
    }
    if (!cue_.entry().Takes(Frame::kClause)) return false;
    return (grammar_.StartsClause(at, last_) ||
            (IsSpeech() && HasVerbBeforeMark(at))) &&
           Set(Frame::kClause, at);
  }

  // A verb of saying that takes no object: what follows is a clause.
  bool IsSpeech() const {
    return cue_.entry().WeightOf(Frame::kClause) >= 0.9 &&
           !cue_.entry().Takes(Frame::kObject);
  }

  bool HasVerbBeforeMark(uint32_t at) const {
    const NounPhrase* phrase = grammar_.NounPhraseAt(at);
    if (phrase == nullptr || phrase->range.first != at) return false;
    const uint32_t limit = std::min(last_, at + 40);
    for (uint32_t i = at; i < limit; ++i) {
      if (IsMark(tokens_[i].tag) && tokens_[i].tag != Tag::kQuote) return false;
      const VerbGroup* group = grammar_.VerbGroupAt(i);
      if (group != nullptr && group->form == VerbGroup::Form::kFinite) {
        return true;
      }
    }
    return false;
  }

  bool TryAfterAddressee(TokenRange addressee) {
    uint32_t at = addressee.last;
    const CueEntry& entry = cue_.entry();
    const auto accept = [&] {
      result_.addressee = addressee;
      return true;
    };
    if (at < last_ && !entry.Takes(Frame::kObject) ? TryFrame(at, false)
                                                   : TryThatOrQuote(at)) {
      return accept();
    }
    const uint32_t start = at;
    at = SkipAdjuncts(at);
    result_.adjuncts = {start, at};
    if (at > start &&
        (TryThatOrQuote(at) ||
         (entry.WeightOf(Frame::kThat) > 0.9 && TryFrame(at, true)))) {
      return accept();
    }
    result_.adjuncts = {};
    // "he told reporters.": the content stands before.
    const bool ends = at >= last_ || IsMark(tokens_[at].tag);
    if (ends && entry.WeightOf(Frame::kParenthetical) > 0.7) {
      result_.frame = Frame::kNothing;
      result_.content = {};
      result_.adjuncts = {start, at};
      return accept();
    }
    if (tokens_[grammar_.verb_groups()[cue_.group].head].lemma == "tell" &&
        TryFrame(addressee.last, false)) {
      return accept();
    }
    return false;
  }

  bool TryThatOrQuote(uint32_t at) {
    if (at >= last_) return false;
    const std::string word = Lower(document_, at);
    const bool comma_quote = tokens_[at].tag == Tag::kComma && at + 1 < last_ &&
                             IsQuoteStart(at + 1);
    const VerbGroup* group = grammar_.VerbGroupAt(at);
    if (word == "that" || word == ":" || comma_quote || IsQuoteStart(at) ||
        InList(word, "whether how why what") ||
        (group == nullptr && cue_.entry().WeightOf(Frame::kThat) > 0.5 &&
         grammar_.StartsClause(at, last_))) {
      return TryFrame(at, false);
    }
    return false;
  }

  // Past words of time, place and occasion.
  uint32_t SkipAdjuncts(uint32_t at) {
    while (at < last_) {
      if (IsAdverb(tokens_[at].tag)) {
        ++at;
        continue;
      }
      const NounPhrase* phrase = grammar_.NounPhraseAt(at);
      if (phrase != nullptr && phrase->range.first == at) {
        if (!EndsInTime(phrase->range)) break;
        at = phrase->range.last;
        continue;
      }
      if (tokens_[at].tag == Tag::kComma && at + 1 < last_) {
        const uint32_t next = SkipAdjuncts(at + 1);
        if (next == at + 1 || next >= last_) break;
        const Tag tag = tokens_[next].tag;
        if (tag != Tag::kComma && !WordIs(document_, next, "that")) break;
        at = tag == Tag::kComma ? next + 1 : next;
        continue;
      }
      if (!InList(Lower(document_, at), kAdjunctPrepositions)) break;
      const TokenRange object = grammar_.FullPhraseFrom(at + 1, last_);
      if (object.empty()) break;
      if (tokens_[at].lemma == "to") result_.addressee = object;
      at = TrimmedAdjunct(object);
    }
    return at;
  }

  bool EndsInTime(TokenRange phrase) const {
    return IsTimeWord(document_, phrase.last - 1) ||
           IsTimeWord(document_, phrase.first);
  }

  // "in an interview that": the phrase may have taken in the next subject
  // ("in Tokyo the minister"); none does, as no comma stands between.
  uint32_t TrimmedAdjunct(TokenRange object) const { return object.last; }

  bool TryObject(uint32_t at) {
    while (at < last_ && IsAdverb(tokens_[at].tag)) ++at;
    if (at >= last_) return false;
    const NounPhrase* phrase = grammar_.NounPhraseAt(at);
    if (phrase == nullptr || phrase->range.first != at ||
        IsTimeWord(document_, phrase->head)) {
      return false;
    }
    return Set(Frame::kObject, at);
  }

  // "Its rate at 5%", "the rules unchanged".
  bool TryResult(uint32_t at) {
    if (!cue_.entry().Takes(Frame::kResult)) return false;
    const NounPhrase* phrase = grammar_.NounPhraseAt(at);
    if (phrase == nullptr || phrase->range.first != at) return false;
    const uint32_t end = phrase->range.last;
    // "The fee unchanged" may have been taken for one phrase.
    const bool is_inside = EndOfAsItWas(document_, end - 1) == end;
    const bool is_behind = end < last_ && EndOfAsItWas(document_, end) > end;
    if (!is_inside && !is_behind) return false;
    return Set(Frame::kResult, at);
  }

  const Grammar& grammar_;
  const Document& document_;
  const std::vector<Token>& tokens_;
  const Cue& cue_;
  const uint32_t last_;
  Complement result_;
};

}  // namespace

CueList::CueList(const Grammar& grammar)
    : grammar_(&grammar), cue_of_group_(grammar.verb_groups().size(), -1) {
  FindCues();
  for (Cue& cue : cues_) {
    cue.subject = FindSubject(grammar, grammar.verb_groups()[cue.group]);
    cue.complement = FindComplement(cue);
  }
}

void CueList::FindCues() {
  const CueLexicon& lexicon = CueLexicon::Get();
  const std::vector<VerbGroup>& groups = grammar_->verb_groups();
  for (uint32_t i = 0; i < groups.size(); ++i) {
    const uint32_t sentence =
        document().tokens()[groups[i].range.first].sentence;
    const uint32_t last = document().sentences()[sentence].last;
    std::optional<CueMatch> match = lexicon.Match(*grammar_, groups[i], last);
    if (!match.has_value()) continue;
    // The verb inside a longer cue ("declined to comment") is part of it.
    if (!cues_.empty() &&
        cues_.back().match.range.last > groups[i].range.first) {
      continue;
    }
    Cue cue;
    cue.group = i;
    cue.match = *match;
    cue_of_group_[i] = static_cast<int32_t>(cues_.size());
    cues_.push_back(cue);
  }
}

const Cue* CueList::CueAt(uint32_t token) const {
  const VerbGroup* group = grammar_->VerbGroupAt(token);
  if (group == nullptr) return nullptr;
  const int32_t index = cue_of_group_[group - grammar_->verb_groups().data()];
  return index < 0 ? nullptr : &cues_[index];
}

Complement CueList::FindComplement(const Cue& cue) const {
  Complement complement = ComplementReader(*grammar_, cue).Read();
  if (!complement.content.empty()) {
    complement.content.last =
        ContentEnd(complement.content.first, cue, complement.frame);
    if (complement.content.empty()) {
      complement.frame = Frame::kNothing;
      complement.content = {};
    }
  }
  return complement;
}

}  // namespace extract
}  // namespace onrecord
