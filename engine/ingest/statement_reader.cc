#include "engine/ingest/statement_reader.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/edtf.h"
#include "engine/ingest/files.h"
#include "engine/ingest/json.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status CheckRow(const StatementRow& row) {
  if (row.doc_id().empty()) {
    return absl::InvalidArgumentError("`docId` is missing");
  }
  if (row.statement_id().empty()) {
    return absl::InvalidArgumentError("`statementId` is missing");
  }
  // Written so that a NaN is refused too.
  if (row.has_stance() && !(row.stance() >= -1 && row.stance() <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`stance` is ", row.stance(), ", expected a number from -1 to 1"));
  }
  if (!row.said_at().empty()) {
    const absl::StatusOr<EdtfTime> said_at = EdtfTime::Parse(row.said_at());
    if (!said_at.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("`saidAt`: ", said_at.status().message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<StatementRow>> ReadStatements(
    const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  std::vector<StatementRow> rows;
  absl::flat_hash_set<std::string> ids;
  ONRECORD_RETURN_IF_ERROR(
      ForEachLine(path, content, [&](absl::string_view line) {
        StatementRow row;
        ONRECORD_RETURN_IF_ERROR(ParseJson(line, row));
        ONRECORD_RETURN_IF_ERROR(CheckRow(row));
        if (!ids.insert(row.statement_id()).second) {
          return absl::InvalidArgumentError(
              absl::StrCat("`statementId` \"", row.statement_id(),
                           "\" is that of another statement too"));
        }
        rows.push_back(std::move(row));
        return absl::OkStatus();
      }));
  return rows;
}

}  // namespace onrecord
