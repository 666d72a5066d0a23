// Files of hand-coded statements into rows.

#ifndef ONRECORD_ENGINE_INGEST_STATEMENT_READER_H_
#define ONRECORD_ENGINE_INGEST_STATEMENT_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/row.pb.h"

namespace onrecord {

// Reads the statements in the file `path`, one JSON object a line: the rows
// that `extract --format=jsonl` prints, of which `docId` and `statementId` must
// be there. A named speaker is given by `actorName` or `actorId`.
//
// Returns NOT_FOUND if there is no such file and INVALID_ARGUMENT, naming file,
// line and field, if a line is not of this form, a stance is outside [-1, 1], a
// date is not EDTF, or an id is given twice.
absl::StatusOr<std::vector<StatementRow>> ReadStatements(
    const std::string& path);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_STATEMENT_READER_H_
