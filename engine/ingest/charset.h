// Bytes in the encodings that files and pages come in, to UTF-8.

#ifndef ONRECORD_ENGINE_INGEST_CHARSET_H_
#define ONRECORD_ENGINE_INGEST_CHARSET_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// Returns `bytes` in UTF-8. Their encoding is what a byte order mark says
// (UTF-8, UTF-16), else `declared`, a name such as "windows-1252" as pages give
// it, else UTF-8. The mark is no part of the result. As browsers do, the names
// ISO-8859-1 and ASCII are taken for windows-1252, which they are subsets of.
//
// Returns INVALID_ARGUMENT if the name is of no encoding that ICU knows, or the
// bytes are not in it; the message gives the offset of the first wrong byte.
absl::StatusOr<std::string> ToUtf8(absl::string_view bytes,
                                   absl::string_view declared);

// Returns the encoding that a page's `<meta charset>` or `<meta http-equiv>`
// declares in its first 4,096 bytes; empty if none.
absl::string_view CharsetOfPage(absl::string_view html);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_CHARSET_H_
