// Which texts are valid UTF-8.

#ifndef ONRECORD_STORAGE_UTF8_H_
#define ONRECORD_STORAGE_UTF8_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// Whether `text` is valid UTF-8, by the very check of protobuf's parser: what
// passes here can be stored in a message and read again.
bool IsValidUtf8(absl::string_view text);

// Returns OK if `text` is valid UTF-8, else INVALID_ARGUMENT with the offset of
// the first wrong byte.
absl::Status CheckUtf8(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_UTF8_H_
