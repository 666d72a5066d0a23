// Statements and positions in the vocabulary of schema.org, as JSON-LD.

#ifndef ONRECORD_ENGINE_REPORT_SCHEMA_ORG_H_
#define ONRECORD_ENGINE_REPORT_SCHEMA_ORG_H_

#include <ostream>

#include "engine/report/export_data.h"

namespace onrecord {

// Writes one JSON-LD document with a graph of: a Quotation for each statement
// in the speaker's own words and a Claim for each in the writer's, with who
// made it, where it appears and when it was said; and a ClaimReview for each
// position that still holds, in which the actor reviews the topic's proposition
// with a rating from -1 (against) to 1 (for). Whether a claim is true is not
// said.
void WriteSchemaOrg(const ExportData& data, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_SCHEMA_ORG_H_
