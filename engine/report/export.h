// The timeline in the formats that other tools read, by name.

#ifndef ONRECORD_ENGINE_REPORT_EXPORT_H_
#define ONRECORD_ENGINE_REPORT_EXPORT_H_

#include <ostream>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/report/export_data.h"

namespace onrecord {

struct ExportFormat {
  absl::string_view name;
  absl::string_view summary;
  void (*write)(const ExportData& data, std::ostream& out);
};

// All of them. Never destroyed.
const std::vector<ExportFormat>& ExportFormats();

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_EXPORT_H_
