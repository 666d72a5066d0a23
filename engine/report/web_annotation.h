// Statements as annotations of the articles that they stand in.

#ifndef ONRECORD_ENGINE_REPORT_WEB_ANNOTATION_H_
#define ONRECORD_ENGINE_REPORT_WEB_ANNOTATION_H_

#include <ostream>

#include "engine/report/export_data.h"

namespace onrecord {

// Writes a page of annotations in the W3C's Web Annotation Data Model
// (Recommendation of 2017-02-23): for each statement that a position rests on,
// its words by quotation and by place (in characters), with who stands where as
// the body. A statement whose text was erased is left out.
void WriteWebAnnotations(const ExportData& data, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_WEB_ANNOTATION_H_
