// Rows of answers in the formats that people and programs read.

#ifndef ONRECORD_ENGINE_REPORT_ROWS_H_
#define ONRECORD_ENGINE_REPORT_ROWS_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/article_row.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

enum class Format { kTable, kJsonLines, kCsv };

// Reads "table", "jsonl" or "csv"; INVALID_ARGUMENT otherwise.
absl::StatusOr<Format> ParseFormat(absl::string_view name);

// Returns `message` as proto3 JSON on one line.
std::string ToJson(const google::protobuf::Message& message);

struct ReportOptions {
  Format format = Format::kTable;

  // Columns of the terminal that a table may take.
  size_t width = 100;

  // Whether a table is coloured.
  bool colour = false;
};

// Writes `rows` to `out`, one record a line (in a table, a row may take
// several). A table of no rows is nothing at all.
void WriteRows(const std::vector<PositionRow>& rows,
               const ReportOptions& options, std::ostream& out);
void WriteRows(const std::vector<StatementRow>& rows,
               const ReportOptions& options, std::ostream& out);
void WriteRows(const std::vector<ArticleRow>& rows,
               const ReportOptions& options, std::ostream& out);
void WriteRows(const std::vector<ActorRow>& rows, const ReportOptions& options,
               std::ostream& out);
void WriteRows(const std::vector<TopicRow>& rows, const ReportOptions& options,
               std::ostream& out);
void WriteRows(const std::vector<SimilarTopicsRow>& rows,
               const ReportOptions& options, std::ostream& out);
void WriteRows(const std::vector<ShiftRow>& rows, const ReportOptions& options,
               std::ostream& out);
void WriteRows(const std::vector<ChangeRow>& rows, const ReportOptions& options,
               std::ostream& out);
void WriteRows(const std::vector<EdgeRow>& rows, const ReportOptions& options,
               std::ostream& out);
void WriteRows(const std::vector<GroundRow>& rows, const ReportOptions& options,
               std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_ROWS_H_
