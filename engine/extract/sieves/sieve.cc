#include "engine/extract/sieves/sieve.h"

#include <algorithm>

namespace onrecord {
namespace extract {

void SieveState::UseQuotations(const Finding& finding) {
  const std::vector<Token>& tokens = document().tokens();
  const int32_t around =
      finding.cue.empty() ? -1 : tokens[finding.cue.first].quotation;
  for (const TokenRange range : finding.content) {
    for (uint32_t i = range.first; i < range.last; ++i) {
      const int32_t quotation = tokens[i].quotation;
      if (quotation >= 0 && quotation != around) {
        quotation_used[quotation] = true;
      }
    }
  }
}

absl::Span<const Sieve> AllSieves() {
  static constexpr Sieve kSieves[] = {
      {"answer of an interview", SiftInterview},
      {"clause about the noun before it", SiftReducedClause},
      {"content, then the cue", SiftBeforeCue},
      {"cue, then a quotation", SiftQuotationAfterCue},
      {"according to", SiftAccordingTo},
      {"cue with a that-clause", SiftThatClause},
      {"cue with a clause", SiftClause},
      {"quoted as saying", SiftQuotedAs},
      {"out of the question for", SiftOutOfQuestion},
      {"passive cue", SiftPassive},
      {"cue with a verb phrase", SiftVerbPhrase},
      {"cue with an object", SiftObject},
      {"no comment", SiftNoComment},
      {"intention within reported words", SiftModal},
      {"participle with the speaker of its sentence", SiftParticiple},
      {"quotation beside a verb that is no cue", SiftAnyVerb},
      {"quotation beside one of the same speaker", SiftLooseQuotation},
      {"first-person speech without quotation marks", SiftUnmarkedSpeech},
  };
  return kSieves;
}

std::vector<Finding> RunSieves(const CueList& cues) {
  SieveState state(cues);
  for (const Sieve& sieve : AllSieves()) sieve.run(sieve.name, state);
  return std::move(state.found);
}

}  // namespace extract
}  // namespace onrecord
