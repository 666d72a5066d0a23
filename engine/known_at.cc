#include "engine/known_at.h"

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/edtf.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The last log position that was recorded before `end`. Times never decrease
// along the log, so halving finds it.
absl::StatusOr<uint64_t> LastBefore(absl::Time end, EventLog& log) {
  uint64_t low = 0;
  uint64_t high = log.last_log_position();
  while (low < high) {
    const uint64_t middle = low + (high - low + 1) / 2;
    const std::unique_ptr<EventReader> reader = log.ReadLog(middle, {});
    ONRECORD_RETURN_IF_ERROR(reader->status());
    if (!reader->Valid()) return absl::DataLossError("the log has a gap");
    if (absl::FromUnixMicros(reader->event().recorded_time_us()) < end) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace

absl::StatusOr<uint64_t> ParseKnownAt(absl::string_view known_at,
                                      absl::string_view field, EventLog& log) {
  if (known_at.empty()) return kLatest;
  uint64_t position;
  if (absl::SimpleAtoi(known_at, &position)) {
    if (position <= log.last_log_position()) return position;
    return absl::OutOfRangeError(absl::StrCat("`", field, "` is ", position,
                                              ", but the log ends at ",
                                              log.last_log_position()));
  }
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, known_at, &time, &error)) {
    return LastBefore(time + absl::Microseconds(1), log);
  }
  const absl::StatusOr<absl::CivilDay> day = ParseDay(known_at);
  if (!day.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`", field, "` is \"", known_at,
        "\", expected a day, a time such as 2025-04-26T12:00:00Z, or a log "
        "position"));
  }
  return LastBefore(absl::FromCivil(*day + 1, absl::UTCTimeZone()), log);
}

}  // namespace onrecord
