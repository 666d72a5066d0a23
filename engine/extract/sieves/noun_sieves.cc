// Sieves for cues that hang on a noun before them: …, a step Mori called
// unfair; The Herald quoted Mori as saying that …

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

Finding Make(const char* name, const Cue& cue, TokenRange source,
             double confidence) {
  Finding found;
  found.source = source;
  found.core = source;
  found.cue = cue.match.range;
  found.entry = cue.match.entry;
  found.frame = cue.complement.frame;
  found.confidence = confidence;
  found.sieve = name;
  return found;
}

// ", a STEP" right before `token`; null if there is no such phrase.
const NounPhrase* AppositionBefore(const SieveState& state, uint32_t token) {
  const std::vector<Token>& tokens = state.document().tokens();
  if (token < 3) return nullptr;
  const NounPhrase* phrase = state.grammar().NounPhraseAt(token - 1);
  if (phrase == nullptr || phrase->range.last != token ||
      phrase->range.first == 0 ||
      tokens[phrase->range.first - 1].tag != Tag::kComma ||
      !InList(Lower(state.document(), phrase->range.first), "a an")) {
    return nullptr;
  }
  return phrase;
}

// Where a refusal from `first` on has its "for": "out of the question FOR".
// `first` itself if there is none.
uint32_t EndOfRefusal(const Document& document, uint32_t first) {
  constexpr uint32_t kLongest = 4;
  const std::vector<Token>& tokens = document.tokens();
  std::string words;
  for (uint32_t i = first; i < tokens.size() && i <= first + kLongest; ++i) {
    if (tokens[i].sentence != tokens[first].sentence) break;
    if (WordIs(document, i, "for")) {
      const bool is_refusal =
          words == "out of the question" || words == "off the table" ||
          words == "a red line" || words == "unacceptable" ||
          words == "non-negotiable" || words == "unthinkable";
      return is_refusal && i + 1 < tokens.size() ? i : first;
    }
    if (!words.empty()) words += ' ';
    words += Lower(document, i);
  }
  return first;
}

}  // namespace

void SiftReducedClause(const char* name, SieveState& state) {
  constexpr double kConfidence = 0.9;
  constexpr double kLeastObject = 0.7;
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    const VerbGroup& group = state.grammar().verb_groups()[cue.group];
    if (state.cue_used[i] || group.passive ||
        group.form != VerbGroup::Form::kFinite ||
        cue.entry().WeightOf(Frame::kObject) < kLeastObject ||
        cue.subject.kind != Subject::Kind::kDirect) {
      continue;
    }
    const NounPhrase* about = AppositionBefore(state, cue.subject.core.first);
    const uint32_t after = cue.match.range.last;
    if (about == nullptr || after >= state.document().tokens().size()) continue;
    Finding found = Make(name, cue, cue.subject.core, kConfidence);
    found.frame = Frame::kObject;
    found.content = {about->range};
    if (!IsMark(state.document().tokens()[after].tag)) {
      const uint32_t last = state.cues.ContentEnd(after, cue, Frame::kObject);
      if (last > after) found.content.push_back({after, last});
    }
    state.UseQuotations(found);
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

void SiftQuotedAs(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i + 1 < cues.size(); ++i) {
    const Cue& cue = cues[i];
    const Cue& said = cues[i + 1];
    const VerbGroup& group = state.grammar().verb_groups()[said.group];
    if (!InList(document.tokens()[cue.match.range.last - 1].lemma,
                "quote cite") ||
        state.cue_used[i + 1] || group.form != VerbGroup::Form::kGerund ||
        said.complement.content.empty()) {
      continue;
    }
    const uint32_t as = said.match.range.first - 1;
    const TokenRange source = {cue.match.range.last, as};
    const NounPhrase* phrase = state.grammar().NounPhraseAt(source.first);
    if (!WordIs(document, as, "as") || phrase == nullptr ||
        phrase->range.first != source.first || source.last <= source.first ||
        document.tokens()[as].sentence !=
            document.tokens()[source.first].sentence) {
      continue;
    }
    Finding found =
        Make(name, said, source, said.entry().WeightOf(said.complement.frame));
    found.content = {said.complement.content};
    state.UseQuotations(found);
    state.found.push_back(std::move(found));
    state.cue_used[i + 1] = true;
  }
}

void SiftOutOfQuestion(const char* name, SieveState& state) {
  constexpr double kConfidence = 0.9;
  const Document& document = state.document();
  for (const VerbGroup& group : state.grammar().verb_groups()) {
    if (group.form != VerbGroup::Form::kFinite ||
        document.tokens()[group.head].lemma != "be") {
      continue;
    }
    const uint32_t preposition = EndOfRefusal(document, group.range.last);
    if (preposition == group.range.last) continue;
    const Subject who = FindInvertedSubject(state.grammar(), preposition + 1);
    const Subject what = FindSubject(state.grammar(), group);
    if (!who.found() || !what.found() ||
        !IsProper(document.tokens()[who.core.last - 1].tag)) {
      continue;
    }
    Finding found;
    found.source = who.range;
    found.core = who.core;
    found.cue = {group.range.first, preposition + 1};
    found.frame = Frame::kObject;
    found.content = {what.core};
    found.confidence = kConfidence;
    found.sieve = name;
    state.found.push_back(std::move(found));
  }
}

}  // namespace extract
}  // namespace onrecord
