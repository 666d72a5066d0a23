// A position over time in one line of text.

#ifndef ONRECORD_ENGINE_REPORT_SPARKLINE_H_
#define ONRECORD_ENGINE_REPORT_SPARKLINE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/projections/day.h"
#include "engine/report/rows.h"
#include "proto/row.pb.h"

namespace onrecord {

// `cells` signs, each for an equal part of the days [first, last]: the position
// at the end of that part, low for against, half for neutral, high for for, a
// dot where there is none. `positions` are one actor's on one topic, in order
// of time.
std::string Sparkline(absl::Span<const PositionRow> positions, DayNumber first,
                      DayNumber last, size_t cells);

// Writes one row for each actor and topic: its sparkline over the days of all
// of them, and where it stands at the end.
void WriteSparklines(const std::vector<PositionRow>& positions,
                     const ReportOptions& options, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_SPARKLINE_H_
