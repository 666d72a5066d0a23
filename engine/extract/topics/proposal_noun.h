// Nouns that stand for what was proposed or done, whatever that is.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_PROPOSAL_NOUN_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_PROPOSAL_NOUN_H_

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// Whether `lemma` is one of "plan", "idea", "decision" and the like.
bool IsProposalNoun(absl::string_view lemma);

// Whether it is one of what was done, whichever side that was: "decision".
bool IsDeedNoun(absl::string_view lemma);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_PROPOSAL_NOUN_H_
