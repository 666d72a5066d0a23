// The event log in LevelDB.

#ifndef ONRECORD_STORAGE_LEVELDB_EVENT_LOG_H_
#define ONRECORD_STORAGE_LEVELDB_EVENT_LOG_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/clock.h"
#include "storage/event_log.h"

namespace leveldb {
class Env;
}  // namespace leveldb

namespace onrecord {

struct LogOptions {
  // Create the log if the directory is empty or missing.
  bool create_if_missing = true;

  // Change nothing in the directory, which must exist and be held by nobody.
  // Appends are refused with FAILED_PRECONDITION.
  bool read_only = false;

  // Where the time of recording comes from. Must outlive the log.
  Clock* clock = Clock::Real();

  // Where the files are. Null: the machine's file system. Must outlive the log.
  leveldb::Env* env = nullptr;

  // Memory that holds events before they are sorted into a table, in bytes.
  // Larger appends faster, and takes longer to open after a crash.
  size_t write_buffer_bytes = 16 << 20;

  // Memory for blocks that were read, in bytes.
  size_t cache_bytes = 32 << 20;

  // How much of the log the index may know only in memory, in bytes. Larger
  // appends faster, and takes longer to open after a crash.
  size_t index_lag_bytes = 32 << 20;

  // Larger commits are refused with INVALID_ARGUMENT. In bytes, texts included.
  size_t max_commit_bytes = 64 << 20;
};

// Opens the log in the directory `dir`, of which it uses the files that
// storage/FORMAT.md lists; others may be beside them only in directories made
// by OnRecord.
//
// Returns NOT_FOUND if there is no log and none may be created,
// FAILED_PRECONDITION if `dir` holds files of another program, cannot be
// written, or is open in another process, and DATA_LOSS if the log is damaged
// or acknowledged commits are missing. Returns UNIMPLEMENTED if a newer version
// wrote it.
absl::StatusOr<std::unique_ptr<EventLog>> OpenLevelDbEventLog(
    absl::string_view dir, const LogOptions& options);

// Makes an empty log that lives in memory. `options.env` is not used.
absl::StatusOr<std::unique_ptr<EventLog>> OpenInMemoryEventLog(
    const LogOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LEVELDB_EVENT_LOG_H_
