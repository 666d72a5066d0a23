// What was known at a day, a time or a log position.

#ifndef ONRECORD_ENGINE_KNOWN_AT_H_
#define ONRECORD_ENGINE_KNOWN_AT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/event_log.h"

namespace onrecord {

// The log position that `known_at` means: a log position, or a day or time,
// for the last event recorded by then; kLatest if empty. `field` names it in
// errors.
//
// Returns OUT_OF_RANGE if the log has no such position yet, and
// INVALID_ARGUMENT if it is neither.
absl::StatusOr<uint64_t> ParseKnownAt(absl::string_view known_at,
                                      absl::string_view field, EventLog& log);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_KNOWN_AT_H_
