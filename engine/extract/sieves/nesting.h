// Which attribution stands within another's words.

#ifndef ONRECORD_ENGINE_EXTRACT_SIEVES_NESTING_H_
#define ONRECORD_ENGINE_EXTRACT_SIEVES_NESTING_H_

#include <vector>

#include "engine/extract/statement/finding.h"
#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {

// For each of `attributions` the innermost one whose content has its cue (or,
// without a cue, its content); -1 for none. No attribution is its own
// ancestor. Cost is linear in the tokens of all contents.
std::vector<int> FindParents(const Document& document,
                             const std::vector<Finding>& attributions);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SIEVES_NESTING_H_
