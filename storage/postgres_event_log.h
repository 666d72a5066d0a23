// The event log in PostgreSQL, for many processes and many machines. Same
// commits, same bytes, same heads as in LevelDB. See POSTGRESQL.md.

#ifndef ONRECORD_STORAGE_POSTGRES_EVENT_LOG_H_
#define ONRECORD_STORAGE_POSTGRES_EVENT_LOG_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/clock.h"
#include "storage/event_log.h"

namespace onrecord {

struct PostgresLogOptions {
  // Where the time of recording comes from. Must outlive the log.
  Clock* clock = Clock::Real();

  // The schema of the database that holds the log: 1 to 48 of a-z, 0-9 and _.
  std::string schema = "onrecord";

  // Refuse appends with FAILED_PRECONDITION, whatever the server takes.
  bool read_only = false;

  // Append to a server even if its settings can lose what it has acknowledged.
  bool accept_data_loss = false;

  // An append that is not acknowledged by then fails with UNAVAILABLE, saying
  // whether it may be recorded all the same.
  absl::Duration append_timeout = absl::Seconds(10);

  // A read that is not answered by then fails with UNAVAILABLE.
  absl::Duration read_timeout = absl::Seconds(10);

  // For each server that the URL names.
  absl::Duration connect_timeout = absl::Seconds(3);

  // How often a process that waits for events looks for them, should a
  // notification be lost; standbys give none.
  absl::Duration poll_interval = absl::Milliseconds(500);

  // Larger commits are refused with INVALID_ARGUMENT. In bytes, texts included.
  size_t max_commit_bytes = 64 << 20;

  // Appends that wait to be written, in bytes; beyond, calls wait too.
  size_t max_waiting_bytes = 64 << 20;
};

// Whether `name` is a PostgreSQL URL rather than a directory.
bool IsPostgresUrl(absl::string_view name);

// Makes the tables of a log where there are none, and brings those of an older
// format up to date. Changes nothing else.
//
// Returns UNIMPLEMENTED if the program was built without libpq, or the tables
// are of a newer format, UNAVAILABLE if no server that takes writes is reached,
// and PERMISSION_DENIED if it does not let this user make tables.
absl::Status InitPostgresEventLog(absl::string_view url,
                                  const PostgresLogOptions& options);

// Opens the log at `url`, as libpq takes it:
//
//   postgresql://host1,host2/db?target_session_attrs=read-write
//
// Any number of processes may have it open and append. Appends go to whichever
// server takes writes, reads to one that target_session_attrs allows. Naming
// more than one server asks for high availability: the settings must then have
// a commit wait for a standby.
//
// Failures of the connection are not for ever, as those of a disk are: later
// calls try again. A commit with an unknown outcome is looked for before
// anything is appended after it.
//
// Returns UNAVAILABLE, saying what to do, if no server is reached, NOT_FOUND if
// it holds no log, FAILED_PRECONDITION if its settings can lose what it
// acknowledges, and UNIMPLEMENTED as above. Its functions return UNAVAILABLE
// where they run out of time.
absl::StatusOr<std::unique_ptr<EventLog>> OpenPostgresEventLog(
    absl::string_view url, const PostgresLogOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_POSTGRES_EVENT_LOG_H_
