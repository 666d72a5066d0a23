// Opening a log by its name, wherever it is stored.

#ifndef ONRECORD_STORAGE_OPEN_EVENT_LOG_H_
#define ONRECORD_STORAGE_OPEN_EVENT_LOG_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"

namespace onrecord {

// A log on PostgreSQL is not created (InitEventLog does that), and memory for
// files is the server's affair.
struct OpenLogOptions : LogOptions {
  // See PostgresLogOptions.
  bool accept_data_loss = false;
};

// Opens the log that `name` names: a URL such as postgresql://host/db, or a
// directory. Errors as OpenPostgresEventLog and OpenLevelDbEventLog.
absl::StatusOr<std::unique_ptr<EventLog>> OpenEventLog(
    absl::string_view name, const OpenLogOptions& options);

// Makes an empty log where there is none, and brings tables of an older format
// up to date. Errors as InitPostgresEventLog and OpenLevelDbEventLog.
absl::Status InitEventLog(absl::string_view name,
                          const OpenLogOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_OPEN_EVENT_LOG_H_
