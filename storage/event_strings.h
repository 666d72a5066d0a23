// Finds strings in serialized messages that could be stored, but not parsed
// again.

#ifndef ONRECORD_STORAGE_EVENT_STRINGS_H_
#define ONRECORD_STORAGE_EVENT_STRINGS_H_

#include "absl/strings/string_view.h"

namespace onrecord {

// Whether every `string` field of the serialized NewEvent, and of the messages
// in it, is valid UTF-8: a parser refuses others.
bool StringsAreUtf8(absl::string_view event);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_EVENT_STRINGS_H_
