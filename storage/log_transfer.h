// Logs as streams of commits: export, import, backup.

#ifndef ONRECORD_STORAGE_LOG_TRANSFER_H_
#define ONRECORD_STORAGE_LOG_TRANSFER_H_

#include <cstdint>
#include <istream>
#include <ostream>

#include "absl/status/statusor.h"
#include "storage/commit_source.h"
#include "storage/event_log.h"
#include "storage/progress.h"

namespace onrecord {

struct TransferReport {
  uint64_t commits = 0;  // written, or recorded now
  uint64_t events = 0;

  // Commits that the log had already.
  uint64_t already_recorded = 0;
};

// Writes the commits that start at `from_log_position` (1: all of them), to the
// log's end at this moment. Others may append meanwhile. Steps of `progress`
// are events.
//
// Returns OUT_OF_RANGE if no commit starts there, INTERNAL if `out` fails.
absl::StatusOr<TransferReport> ExportLog(EventLog* log,
                                         uint64_t from_log_position,
                                         TransferFormat format,
                                         std::ostream* out,
                                         const OnProgress& progress = nullptr);

// How far an export came that may have been cut short.
struct ExportEnd {
  // Of whole records: what stands behind them is to be cut.
  uint64_t bytes = 0;

  // Where to go on.
  uint64_t next_log_position = 1;
};

// Finds where to take up the export in `in`. Returns FAILED_PRECONDITION if it
// is not one of `log`.
absl::StatusOr<ExportEnd> FindExportEnd(std::istream* in, TransferFormat format,
                                        EventLog* log);

// Records what ExportLog wrote, so that the log has the same head. Commits that
// the log has are passed over: an import that was cut short is simply run
// again. What is recorded is synced at the end. Steps of `progress` are bytes
// read; how many there are is not known, and given as 0.
//
// Returns INVALID_ARGUMENT, naming the commit, if `in` is malformed, and
// FAILED_PRECONDITION if it does not go on where the log ends.
absl::StatusOr<TransferReport> ImportLog(std::istream* in,
                                         TransferFormat format, EventLog* log,
                                         const OnProgress& progress = nullptr);

// Brings `to`, empty or an earlier copy, to the state that `from` has at this
// moment: a backup while others append, or the way back from one. Every byte is
// checked on the way. Steps of `progress` are events.
absl::StatusOr<TransferReport> CopyLog(EventLog* from, EventLog* to,
                                       const OnProgress& progress = nullptr);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_TRANSFER_H_
