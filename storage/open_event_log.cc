#include "storage/open_event_log.h"

#include "storage/leveldb_event_log.h"
#include "storage/postgres_event_log.h"

namespace onrecord {
namespace {

PostgresLogOptions PostgresOptionsOf(const OpenLogOptions& options) {
  PostgresLogOptions postgres;
  postgres.clock = options.clock;
  postgres.accept_data_loss = options.accept_data_loss;
  return postgres;
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenDirectory(
    absl::string_view dir, const OpenLogOptions& options,
    bool create_if_missing) {
  LogOptions leveldb;
  leveldb.create_if_missing = create_if_missing;
  leveldb.clock = options.clock;
  return OpenLevelDbEventLog(dir, leveldb);
}

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenEventLog(
    absl::string_view name, const OpenLogOptions& options) {
  if (IsPostgresUrl(name)) {
    return OpenPostgresEventLog(name, PostgresOptionsOf(options));
  }
  return OpenDirectory(name, options, options.create_if_missing);
}

absl::Status InitEventLog(absl::string_view name,
                          const OpenLogOptions& options) {
  if (IsPostgresUrl(name)) {
    return InitPostgresEventLog(name, PostgresOptionsOf(options));
  }
  return OpenDirectory(name, options, /*create_if_missing=*/true).status();
}

}  // namespace onrecord
