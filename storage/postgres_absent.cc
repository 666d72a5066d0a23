// In place of the log on PostgreSQL where libpq was missing at the build.

#include "storage/postgres_event_log.h"

namespace onrecord {
namespace {

absl::Status Absent() {
  return absl::UnimplementedError(
      "this program was built without PostgreSQL's library; install libpq-dev "
      "and build it again");
}

}  // namespace

absl::Status InitPostgresEventLog(absl::string_view /*url*/,
                                  const PostgresLogOptions& /*options*/) {
  return Absent();
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenPostgresEventLog(
    absl::string_view /*url*/, const PostgresLogOptions& /*options*/) {
  return Absent();
}

}  // namespace onrecord
