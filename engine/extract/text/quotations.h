// Finds what stands in quotation marks.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_QUOTATIONS_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_QUOTATIONS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/text/token.h"

namespace onrecord {
namespace extract {

// Finds the quotations of one paragraph, the tokens [first, last), appends them
// to `quotations` in order (only outermost ones, so they never overlap), and
// tags every quotation mark kQuote, nested ones and strays too, and the
// apostrophes that are none kPOS.
//
// Straight marks open after space and close before it. A mark that opens and is
// never closed quotes to the end of the paragraph, or of the sentence before
// the next opening mark; a mark that closes what was not opened is a stray,
// unless the paragraph before left its quotation open, or the words before it
// end in a comma or stop. `quotations` holds those of earlier paragraphs:
// a paragraph whose first token opens goes on with an open one of paragraph
// `paragraph - 1`.
void FindQuotations(absl::string_view text, uint32_t first, uint32_t last,
                    uint32_t paragraph, std::vector<Token>& tokens,
                    std::vector<Quotation>& quotations);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_QUOTATIONS_H_
