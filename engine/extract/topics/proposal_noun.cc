#include "engine/extract/topics/proposal_noun.h"

#include <algorithm>
#include <iterator>

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kProposalNouns[] = {
    "measure", "step",    "decision",   "plan",   "proposal", "idea",
    "move",    "bill",    "request",    "scheme", "shift",    "change",
    "reform",  "project", "initiative", "draft",  "motion"};

constexpr absl::string_view kDeedNouns[] = {"decision", "move", "step", "shift",
                                            "change"};

}  // namespace

bool IsProposalNoun(absl::string_view lemma) {
  return std::find(std::begin(kProposalNouns), std::end(kProposalNouns),
                   lemma) != std::end(kProposalNouns);
}

bool IsDeedNoun(absl::string_view lemma) {
  return std::find(std::begin(kDeedNouns), std::end(kDeedNouns), lemma) !=
         std::end(kDeedNouns);
}

}  // namespace extract
}  // namespace onrecord
