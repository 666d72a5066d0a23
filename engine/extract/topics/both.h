// Two things of which the same is said.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_BOTH_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_BOTH_H_

#include <vector>

#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// Two noun phrases joined by "and", "or" or "nor".
struct JoinedNouns {
  TokenRange left;
  TokenRange right;
};

// Finds the noun phrases that are joined in `range`, in the order of the text:
// "drop both the LEVY and the CAP". What joins clauses is left out: "drop the
// levy and the cap will go". Cost is linear in the length.
std::vector<JoinedNouns> FindJoinedNouns(const Document& document,
                                         TokenRange range);

// Whether `content` is nothing but "both", or "both" and a noun for what was
// done or proposed: "both moves", "the two proposals".
bool IsBoth(const Document& document, const std::vector<TokenRange>& content);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_BOTH_H_
