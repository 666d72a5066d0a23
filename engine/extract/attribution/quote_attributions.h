// Joins what quotation marks say with what the models found.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_QUOTE_ATTRIBUTIONS_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_QUOTE_ATTRIBUTIONS_H_

#include <vector>

#include "engine/extract/attribution/attribution.h"
#include "engine/extract/attribution/reading.h"

namespace onrecord {
namespace extract {

// Returns the quotations that are signed: “…” — Name, to the end of the
// paragraph, on the same line or the next.
std::vector<Attribution> SignedQuotations(const Reading& reading);

// Sees to quotations of several words of which most, or some, words are in no
// attribution's content: one that an attribution has begun is taken whole; one
// close to an attribution of quoted words goes on with it; another one is its
// own attribution, by the source of the last one before it, if that is at most
// two paragraphs away. `attributions` stand in the order of their content,
// before and after.
void JoinQuotations(const Reading& reading,
                    std::vector<Attribution>& attributions);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_QUOTE_ATTRIBUTIONS_H_
