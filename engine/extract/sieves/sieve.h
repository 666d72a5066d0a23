// The sieves that find attributions, one after the other, most precise first.
//
// A sieve looks at the cues and quotations that no sieve before it used, adds
// what it finds and marks what it used. Each gives its finds a confidence, and
// its name as the reason.

#ifndef ONRECORD_ENGINE_EXTRACT_SIEVES_SIEVE_H_
#define ONRECORD_ENGINE_EXTRACT_SIEVES_SIEVE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/cues/cues.h"
#include "engine/extract/statement/finding.h"

namespace onrecord {
namespace extract {

// What the sieves work on. Refers to `cues`, which must outlive it.
struct SieveState {
  explicit SieveState(const CueList& cue_list)
      : cues(cue_list),
        cue_used(cue_list.cues().size(), false),
        quotation_used(cue_list.document().quotations().size(), false) {}

  const Document& document() const { return cues.document(); }
  const Grammar& grammar() const { return cues.grammar(); }

  // Marks the quotations that the content of `finding` has words of as used,
  // but not one that its cue stands in: that one is somebody else's speech.
  void UseQuotations(const Finding& finding);

  const CueList& cues;
  std::vector<bool> cue_used;        // by cue
  std::vector<bool> quotation_used;  // by quotation
  std::vector<Finding> found;
};

struct Sieve {
  const char* name;
  void (*run)(const char* name, SieveState& state);
};

// All sieves in their order.
absl::Span<const Sieve> AllSieves();

// Runs all sieves over the document's cues and quotations.
std::vector<Finding> RunSieves(const CueList& cues);

// The sieves themselves; see AllSieves() for their order.

// Q: …? A: …
void SiftInterview(const char* name, SieveState& state);
// …, a step Mori called unfair
void SiftReducedClause(const char* name, SieveState& state);
// “…,” said Mori; “…”, he added, “…”; The plan is dead, Mori said.
void SiftBeforeCue(const char* name, SieveState& state);
// Mori said: “…”
void SiftQuotationAfterCue(const char* name, SieveState& state);
// According to Mori, …; …, according to Mori
void SiftAccordingTo(const char* name, SieveState& state);
// Mori said that …
void SiftThatClause(const char* name, SieveState& state);
// Mori said the plan …; Mori asked whether …
void SiftClause(const char* name, SieveState& state);
// …, adding that …; …, calling the plan a humiliation
void SiftParticiple(const char* name, SieveState& state);
// The Herald quoted Mori as saying that …
void SiftQuotedAs(const char* name, SieveState& state);
// A levy is out of the question for Mori
void SiftOutOfQuestion(const char* name, SieveState& state);
// The plan was dismissed by Mori; It is reported that …
void SiftPassive(const char* name, SieveState& state);
// Mori vowed to …; Japan is considering buying …
void SiftVerbPhrase(const char* name, SieveState& state);
// Mori rejected the plan
void SiftObject(const char* name, SieveState& state);
// Japan would push the administration: within reported words
void SiftModal(const char* name, SieveState& state);
// Mori declined to comment
void SiftNoComment(const char* name, SieveState& state);
// Kasich resisted: “…”; “…,” he barked; Mori: “…”
void SiftAnyVerb(const char* name, SieveState& state);
// A quotation without a cue, beside one of the same speaker
void SiftLooseQuotation(const char* name, SieveState& state);
// First-person speech without quotation marks, behind a quotation
void SiftUnmarkedSpeech(const char* name, SieveState& state);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SIEVES_SIEVE_H_
