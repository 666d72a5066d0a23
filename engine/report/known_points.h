// Moments in the growth of a log, for asking what was known at each.

#ifndef ONRECORD_ENGINE_REPORT_KNOWN_POINTS_H_
#define ONRECORD_ENGINE_REPORT_KNOWN_POINTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/event_log.h"

namespace onrecord {

struct KnownPoint {
  // Of the last event recorded by then; 0 before the first.
  uint64_t log_position = 0;
  absl::Time time;
};

// At most `max_points` (at least one) points up to `last`: the ends of what was
// recorded at one time, or within one second, minute, hour, day or month, as
// needed for so few; thinned evenly where that leaves too many or hardly any.
// The last point is always `last`.
//
// Returns DATA_LOSS if the log does not read.
absl::StatusOr<std::vector<KnownPoint>> FindKnownPoints(EventLog& log,
                                                        uint64_t last,
                                                        size_t max_points);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_KNOWN_POINTS_H_
