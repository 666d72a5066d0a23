// Which attributions become statements, and of what kind.

#ifndef ONRECORD_ENGINE_EXTRACT_SELECTION_H_
#define ONRECORD_ENGINE_EXTRACT_SELECTION_H_

#include <vector>

#include "engine/extract/speakers/speakers.h"
#include "engine/extract/statement/finding.h"
#include "engine/extract/text/document.h"
#include "proto/statement.pb.h"

namespace onrecord {
namespace extract {

// Says of each attribution whether it is worth a statement: at the top level,
// if it is likely to be a report at all; within another's words, if somebody
// else than the outer speaker is the holder.
std::vector<bool> SelectStatements(const Document& document,
                                   const std::vector<Finding>& attributions,
                                   const std::vector<int>& parents,
                                   const Speakers& speakers);

// What kind of statement an attribution is, from its quotation marks and cue.
Statement::Kind KindOfFinding(const Document& document,
                              const Finding& attribution);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SELECTION_H_
