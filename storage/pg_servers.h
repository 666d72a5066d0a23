// The PostgreSQL servers that a URL names, and connecting to the right one.

#ifndef ONRECORD_STORAGE_PG_SERVERS_H_
#define ONRECORD_STORAGE_PG_SERVERS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/mutex.h"
#include "storage/pg_connection.h"

namespace onrecord {

struct PgServerOptions {
  // The schema that holds the log.
  std::string schema;

  // For each server that is tried.
  absl::Duration connect_timeout;

  bool accept_data_loss = false;
};

// Thread-safe.
class PgServers {
 public:
  // Takes a connection URI, or keyword=value pairs, as libpq does; what they
  // leave out comes from libpq's environment variables, service and password
  // files. Returns INVALID_ARGUMENT if it is malformed.
  static absl::StatusOr<std::unique_ptr<PgServers>> Parse(
      absl::string_view url, const PgServerOptions& options);

  // Connects to the server that takes writes.
  //
  // Returns UNAVAILABLE, saying for each server why, if none is reached by
  // `deadline`, and FAILED_PRECONDITION if its settings can lose what it
  // acknowledged.
  absl::StatusOr<std::unique_ptr<PgConnection>> ConnectWriter(
      absl::Time deadline);

  // Connects to a server that the URL's target_session_attrs allows.
  absl::StatusOr<std::unique_ptr<PgConnection>> ConnectReader(
      absl::Time deadline);

  // Tries the server that the last attempt ended with last from now on.
  void Avoid(const PgConnection& connection);

 private:
  explicit PgServers(const PgServerOptions& options) : options_(options) {}

  absl::StatusOr<std::unique_ptr<PgConnection>> Connect(
      absl::string_view attributes, absl::Time deadline);
  absl::Status Prepare(PgConnection* connection, absl::Time deadline) const;
  absl::Status CheckSettings(PgConnection* connection,
                             absl::Time deadline) const;

  // Constant after Parse.
  const PgServerOptions options_;
  std::vector<PgConnection::Parameters> servers_;
  std::string attributes_;  // target_session_attrs

  Mutex mu_;
  size_t first_ ABSL_GUARDED_BY(mu_) = 0;  // of servers_, to be tried
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_SERVERS_H_
