// Where positions come from, in the W3C's provenance model.

#ifndef ONRECORD_ENGINE_REPORT_PROV_JSON_H_
#define ONRECORD_ENGINE_REPORT_PROV_JSON_H_

#include <ostream>

#include "engine/report/export_data.h"

namespace onrecord {

// Writes a PROV-JSON document (W3C Member Submission of 2013-04-24): positions
// were derived from statements, by the activity "replay"; statements were
// quoted from articles, by the activity "extraction", and are attributed to
// their speakers.
void WriteProvJson(const ExportData& data, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PROV_JSON_H_
