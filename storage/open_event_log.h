// Opening a log by its name, wherever it is stored.

#ifndef ONRECORD_STORAGE_OPEN_EVENT_LOG_H_
#define ONRECORD_STORAGE_OPEN_EVENT_LOG_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/clock.h"
#include "storage/event_log.h"

namespace onrecord {

struct OpenLogOptions {
  // Create the log in a directory that is empty or missing. On PostgreSQL,
  // InitEventLog alone makes one.
  bool create_if_missing = true;

  // Where the time of recording comes from. Must outlive the log.
  Clock* clock = Clock::Real();

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
