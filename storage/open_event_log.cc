#include "storage/open_event_log.h"

#include "storage/postgres_event_log.h"

namespace onrecord {
namespace {

PostgresLogOptions PostgresOptionsOf(const OpenLogOptions& options) {
  PostgresLogOptions postgres;
  postgres.clock = options.clock;
  postgres.read_only = options.read_only;
  postgres.accept_data_loss = options.accept_data_loss;
  postgres.max_commit_bytes = options.max_commit_bytes;
  return postgres;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenEventLog(
    absl::string_view name, const OpenLogOptions& options) {
  if (IsPostgresUrl(name)) {
    return OpenPostgresEventLog(name, PostgresOptionsOf(options));
  }
  return OpenLevelDbEventLog(name, options);
}

absl::Status InitEventLog(absl::string_view name,
                          const OpenLogOptions& options) {
  if (IsPostgresUrl(name)) {
    return InitPostgresEventLog(name, PostgresOptionsOf(options));
  }
  LogOptions leveldb = options;
  leveldb.create_if_missing = true;
  return OpenLevelDbEventLog(name, leveldb).status();
}

}  // namespace onrecord
