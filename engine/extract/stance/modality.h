// Whether a statement is tied to a condition, or negated.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_MODALITY_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_MODALITY_H_

#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {

// Whether the statement holds only under a condition: "if", "unless",
// "provided", "as long as". "until" and "before" are none.
bool IsConditional(const Document& document, const Saying& saying);

// Whether the cue or the content's main predicate is negated by grammar ("did
// not plan", "no longer needed"); words that deny by sense ("refused") do not
// count.
bool IsNegated(const Document& document, const Saying& saying);

// Whether the negation at `token` bears on a verb of its clause, and is not
// part of a phrase ("with no detection", "and not a promise").
bool NegatesPredicate(const Document& document, uint32_t token);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_MODALITY_H_
