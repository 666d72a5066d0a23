#include "engine/report/export.h"

#include "engine/report/graphml.h"
#include "engine/report/prov_json.h"
#include "engine/report/rows.h"
#include "engine/report/schema_org.h"
#include "engine/report/timeline_js.h"
#include "engine/report/web_annotation.h"

namespace onrecord {
namespace {

void WriteJsonLines(const ExportData& data, std::ostream& out) {
  ReportOptions options;
  options.format = Format::kJsonLines;
  WriteRows(data.positions, options, out);
}

void WriteCsv(const ExportData& data, std::ostream& out) {
  // Spreadsheets take CSV for a national encoding unless it begins so.
  out << "\xEF\xBB\xBF";
  ReportOptions options;
  options.format = Format::kCsv;
  WriteRows(data.positions, options, out);
}

}  // namespace

const std::vector<ExportFormat>& ExportFormats() {
  static const auto* const formats = new std::vector<ExportFormat>{
      {"csv", "positions for spreadsheets", WriteCsv},
      {"graphml", "who agrees with whom, for Gephi and visone", WriteGraphMl},
      {"jsonl", "positions as JSON, one a line", WriteJsonLines},
      {"prov", "where positions come from, W3C PROV-JSON", WriteProvJson},
      {"schema-org", "claims, quotations and stances, JSON-LD of schema.org",
       WriteSchemaOrg},
      {"timelinejs", "positions for TimelineJS", WriteTimelineJs},
      {"web-annotation", "statements as W3C Web Annotations of the articles",
       WriteWebAnnotations},
  };
  return *formats;
}

}  // namespace onrecord
