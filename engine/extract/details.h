// When statements were said, what about, and for which side.

#ifndef ONRECORD_ENGINE_EXTRACT_DETAILS_H_
#define ONRECORD_ENGINE_EXTRACT_DETAILS_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "engine/extract/statement/extraction.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/topics/topic_index.h"
#include "engine/extract/topics/topics.h"

namespace onrecord {
namespace extract {

// Sets time, topic, stance, condition and negation of `statements`, which are
// those of `sayings` and of the `choices` among `topics`, in the same order.
// What cannot be said is left out, with the reason beside it.
//
// REQUIRES: as many statements and choices as sayings.
void AddDetails(const Document& document,
                std::optional<absl::CivilDay> published,
                const TopicIndex& topics, absl::Span<const TopicChoice> choices,
                absl::Span<const Saying> sayings,
                std::vector<ExtractedStatement>* statements);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_DETAILS_H_
