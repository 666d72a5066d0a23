// Positions for TimelineJS, a storyteller's timeline.

#ifndef ONRECORD_ENGINE_REPORT_TIMELINE_JS_H_
#define ONRECORD_ENGINE_REPORT_TIMELINE_JS_H_

#include <ostream>

#include "engine/report/export_data.h"

namespace onrecord {

// Writes TimelineJS's JSON: an event for each position with a date, grouped by
// actor. TimelineJS shows texts as HTML, so they are escaped.
void WriteTimelineJs(const ExportData& data, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_TIMELINE_JS_H_
