// Dates as pages write them.

#ifndef ONRECORD_ENGINE_INGEST_HTML_PAGE_DATE_H_
#define ONRECORD_ENGINE_INGEST_HTML_PAGE_DATE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace onrecord {

// Reads the day at the beginning of `text`: ISO 8601 in any of its ways
// ("2025-04-26T10:00:00+0900", "20250426"), RFC 822 ("Sat, 26 Apr 2025 …"), or
// with an English month in words ("April 26, 2025", "26 April 2025"). The day
// is that of the writer's own time zone. Nothing if it is none of these: days
// of which month and day cannot be told apart ("04/05/2025") are not guessed.
std::optional<absl::CivilDay> ParsePageDate(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_PAGE_DATE_H_
