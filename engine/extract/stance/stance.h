// Which side of its topic's proposition a statement takes.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_STANCE_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_STANCE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "engine/extract/topics/topic_index.h"

namespace onrecord {
namespace extract {

struct StanceChoice {
  // From -1 (against the topic's proposition) to +1 (for it), 0 for declared
  // neutrality. Absent if none is taken, and `unknown` says why.
  std::optional<double> stance;
  std::string unknown;

  // The words that decided, in the order of the text.
  std::vector<TokenRange> grounds;

  // What holds only if something else does.
  bool conditional = false;

  // The cue or the main predicate of the content is negated.
  bool negated = false;
};

// Says which side each of `sayings` takes on its topic: `topics[i]` is an
// index into `index.topics()`, or -1 for none. The side is a product of signs:
// the cue's attitude, what the content's words do to the thing the proposition
// is about, negation, and the proposition's own direction. A statement that
// only gives a reason takes the side of what the same speaker says beside it.
// One that only passes on what somebody else said takes none.
//
// The result has one entry for each saying, in their order.
// REQUIRES: `topics` is as long as `sayings`.
std::vector<StanceChoice> JudgeStances(const Document& document,
                                       const TopicIndex& index,
                                       absl::Span<const Saying> sayings,
                                       absl::Span<const int> topics);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_STANCE_H_
