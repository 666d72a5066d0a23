// Heads as text, to be kept elsewhere and compared later.

#ifndef ONRECORD_STORAGE_HEAD_TEXT_H_
#define ONRECORD_STORAGE_HEAD_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/event_log.h"

namespace onrecord {

// Returns `head` as `<commits>:<root in hexadecimal digits>`.
std::string HeadText(const Head& head);

// Returns the head that HeadText wrote. Returns INVALID_ARGUMENT if it did not
// write `text`.
absl::StatusOr<Head> ParseHead(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_HEAD_TEXT_H_
