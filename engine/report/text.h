// Text of unknown origin made fit to show.

#ifndef ONRECORD_ENGINE_REPORT_TEXT_H_
#define ONRECORD_ENGINE_REPORT_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace onrecord {

// Returns `text` with everything that a terminal would act on replaced: white
// space of every kind becomes one space, control characters, marks that change
// the direction of writing, and bytes that are not UTF-8 become U+FFFD.
std::string Printable(absl::string_view text);

// The same, but white space stays as it is: for text that is stored.
std::string PrintableLines(absl::string_view text);

// Returns how many columns of a terminal `text`, which is printable, takes: two
// for wide East Asian characters, none for combining marks.
size_t DisplayWidth(absl::string_view text);

// Breaks `text`, which is printable, into lines of at most `width` columns,
// between words where it can. `width` is at least 2. No text gives one empty
// line.
std::vector<std::string> WrapText(absl::string_view text, size_t width);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_TEXT_H_
