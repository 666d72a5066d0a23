// Sieves for a cue that stands before what it governs.

#include <algorithm>
#include <string>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

// Below this share of true reports a cue and frame yield nothing.
constexpr double kLeastWeight = 0.2;

double SubjectFactor(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::kDirect:
    case Subject::Kind::kAgent:
      return 1.0;
    case Subject::Kind::kRelative:
    case Subject::Kind::kInverted:
      return 0.95;
    case Subject::Kind::kShared:
      return 0.9;
    case Subject::Kind::kNone:
      break;
  }
  return 0.5;
}

// "there", "it" and "this" say nothing.
bool CanSpeak(const SieveState& state, const Subject& subject) {
  if (!subject.found()) return false;
  const std::string word = Lower(state.document(), subject.core.first);
  return subject.core.size() > 1 || !InList(word, "there this what you");
}

Finding Make(const char* name, const Cue& cue, const Subject& subject) {
  Finding found;
  found.source = subject.range;
  found.core = subject.core;
  found.cue = cue.match.range;
  found.entry = cue.match.entry;
  found.frame = cue.complement.frame;
  found.addressee = cue.complement.addressee;
  found.adjuncts = cue.complement.adjuncts;
  if (!cue.complement.content.empty()) {
    found.content.push_back(cue.complement.content);
  }
  found.confidence =
      cue.entry().WeightOf(cue.complement.frame) * SubjectFactor(subject.kind);
  found.sieve = name;
  return found;
}

// Takes every unused finite cue whose complement has one of `frames`.
void SiftFrames(const char* name, SieveState& state,
                std::initializer_list<Frame> frames) {
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    const VerbGroup& group = state.grammar().verb_groups()[cue.group];
    // "Is opposed to" only looks like a passive.
    const bool is_passive =
        group.passive && (cue.entry().words.front() != "be" ||
                          cue.entry().cue_class != CueClass::kHold);
    if (state.cue_used[i] || is_passive ||
        group.form == VerbGroup::Form::kGerund ||
        group.form == VerbGroup::Form::kInfinitive ||
        std::find(frames.begin(), frames.end(), cue.complement.frame) ==
            frames.end() ||
        !CanSpeak(state, cue.subject)) {
      continue;
    }
    Finding found = Make(name, cue, cue.subject);
    if (found.confidence < kLeastWeight) continue;
    state.UseQuotations(found);
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

// The subject that a participle behind a comma shares: that of the cue before
// it in the sentence, else of the first finite verb.
Subject SpeakerOfSentence(const SieveState& state, const Cue& participle) {
  const Document& document = state.document();
  const uint32_t at = participle.match.range.first;
  const Sentence& sentence =
      document.sentences()[document.tokens()[at].sentence];
  const std::vector<Cue>& cues = state.cues.cues();
  // The outermost cue before: the first that is no part of a content.
  for (auto cue = std::lower_bound(
           cues.begin(), cues.end(), sentence.first,
           [](const Cue&c, uint32_t t) { return c.match.range.first < t; });
       cue != cues.end() && cue->match.range.first < at; ++cue) {
    const VerbGroup& group = state.grammar().verb_groups()[cue->group];
    if (group.form != VerbGroup::Form::kFinite || !cue->subject.found() ||
        cue->subject.kind == Subject::Kind::kRelative ||
        cue->complement.content.Contains(at) ||
        document.tokens()[cue->match.range.first].quotation !=
            document.tokens()[at].quotation) {
      continue;
    }
    return cue->subject;
  }
  for (size_t i = state.grammar().FirstVerbGroupFrom(sentence.first);
       i < state.grammar().verb_groups().size() &&
       state.grammar().verb_groups()[i].range.first < at;
       ++i) {
    const VerbGroup& group = state.grammar().verb_groups()[i];
    if (group.form != VerbGroup::Form::kFinite) continue;
    const Subject subject = FindSubject(state.grammar(), group);
    if (subject.kind == Subject::Kind::kDirect) return subject;
  }
  return {};
}

}  // namespace

void SiftQuotationAfterCue(const char* name, SieveState& state) {
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    if (state.cue_used[i] || cue.complement.frame != Frame::kParenthetical ||
        !CanSpeak(state, cue.subject)) {
      continue;
    }
    const TokenRange content = cue.complement.content;
    const int32_t quotation =
        state.document().tokens()[content.first].quotation;
    const bool quoted =
        quotation >= 0 &&
        state.document().tokens()[cue.match.range.first].quotation < 0;
    Finding found = Make(name, cue, cue.subject);
    if (quoted) {
      // A quotation of several sentences belongs to the cue as a whole.
      TokenRange& whole = found.content.front();
      whole.last =
          std::max(whole.last, state.document().quotations()[quotation].last);
    }
    state.UseQuotations(found);
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

void SiftThatClause(const char* name, SieveState& state) {
  SiftFrames(name, state, {Frame::kThat});
}

void SiftClause(const char* name, SieveState& state) {
  SiftFrames(name, state, {Frame::kClause, Frame::kWh});
}

void SiftVerbPhrase(const char* name, SieveState& state) {
  SiftFrames(name, state, {Frame::kInfinitive, Frame::kGerund});
}

void SiftObject(const char* name, SieveState& state) {
  SiftFrames(name, state, {Frame::kObject, Frame::kResult});
}

void SiftModal(const char* name, SieveState& state) {
  const std::vector<VerbGroup>& groups = state.grammar().verb_groups();
  const Document& document = state.document();
  for (const VerbGroup& group : groups) {
    if (!group.modal || group.passive ||
        group.form != VerbGroup::Form::kFinite ||
        group.head == group.range.first ||
        document.tokens()[group.head].lemma == "be") {
      continue;
    }
    const Cue* cue = state.cues.CueAt(group.head);
    if (cue != nullptr && state.cue_used[cue - state.cues.cues().data()]) {
      continue;
    }
    const Subject subject = FindSubject(state.grammar(), group);
    if (subject.kind != Subject::Kind::kDirect) continue;
    Finding found;
    found.source = subject.range;
    found.core = subject.core;
    found.cue = group.range;
    found.frame = Frame::kObject;
    if (group.range.last >= document.tokens().size() ||
        IsMark(document.tokens()[group.range.last].tag)) {
      continue;
    }
    Cue modal;
    modal.group = static_cast<uint32_t>(&group - groups.data());
    modal.match.range = group.range;
    const uint32_t end =
        state.cues.ContentEnd(group.range.last, modal, Frame::kThat);
    if (end <= group.range.last) continue;
    found.content = {{group.range.last, end}};
    found.only_nested = true;
    found.confidence = 0.6;
    found.sieve = name;
    state.found.push_back(std::move(found));
  }
}

void SiftNoComment(const char* name, SieveState& state) {
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    if (state.cue_used[i] || !cue.entry().Takes(Frame::kNothing) ||
        !CanSpeak(state, cue.subject)) {
      continue;
    }
    Finding found = Make(name, cue, cue.subject);
    found.frame = Frame::kNothing;
    found.content.clear();
    found.confidence = cue.entry().WeightOf(Frame::kNothing);
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

void SiftParticiple(const char* name, SieveState& state) {
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    const VerbGroup& group = state.grammar().verb_groups()[cue.group];
    const uint32_t at = cue.match.range.first;
    if (state.cue_used[i] || group.form != VerbGroup::Form::kGerund ||
        cue.complement.frame == Frame::kNothing || at == 0) {
      continue;
    }
    const bool joined = state.document().tokens()[at - 1].tag == Tag::kComma ||
                        InList(Lower(state.document(), at - 1), "while and by");
    if (!joined) continue;
    Subject subject = SpeakerOfSentence(state, cue);
    if (!CanSpeak(state, subject)) continue;
    subject.kind = Subject::Kind::kShared;
    Finding found = Make(name, cue, subject);
    if (found.confidence < 0.4) continue;
    state.UseQuotations(found);
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

void SiftPassive(const char* name, SieveState& state) {
  const std::vector<Cue>& cues = state.cues.cues();
  for (size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    const VerbGroup& group = state.grammar().verb_groups()[cue.group];
    if (state.cue_used[i] || !group.passive) continue;
    if (cue.entry().words.front() == "be" && cue.entry().words.size() == 2 &&
        (cue.complement.frame == Frame::kThat ||
         cue.complement.frame == Frame::kClause)) {
      // "It is reported that": nobody says who.
      Finding found = Make(name, cue, {});
      found.confidence = cue.entry().WeightOf(cue.complement.frame);
      state.found.push_back(std::move(found));
      state.cue_used[i] = true;
      continue;
    }
    const Subject agent = FindAgent(state.grammar(), cue.match.range.last);
    if (!agent.found() || !cue.subject.found()) continue;
    Finding found = Make(name, cue, agent);
    found.cue.last = cue.match.range.last + 1;  // "dismissed by"
    found.frame = Frame::kObject;
    found.content = {cue.subject.core};
    found.confidence = 0.9 * cue.entry().WeightOf(Frame::kObject);
    if (found.confidence < kLeastWeight) continue;
    state.found.push_back(std::move(found));
    state.cue_used[i] = true;
  }
}

}  // namespace extract
}  // namespace onrecord
