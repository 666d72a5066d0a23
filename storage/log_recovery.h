// Opening a log: finding its end, and making sure that it is all there.

#ifndef ONRECORD_STORAGE_LOG_RECOVERY_H_
#define ONRECORD_STORAGE_LOG_RECOVERY_H_

#include <leveldb/env.h>

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "storage/head_marker.h"
#include "storage/log_directory.h"
#include "storage/log_index.h"
#include "storage/log_store.h"

namespace onrecord {

struct OpenedLog {
  std::unique_ptr<LogStore> store;
  std::unique_ptr<LogIndex> index;
  std::unique_ptr<HeadMarker> marker;
};

struct RecoveryOptions {
  bool create_if_missing = true;
  size_t write_buffer_bytes = 0;
  size_t cache_bytes = 0;
  size_t index_lag_bytes = LogIndex::kDefaultLagBytes;
};

// Opens the log whose files are `paths`, the index brought up to it. `env` must
// outlive what is opened.
//
// Returns what OpenLevelDbEventLog does.
absl::StatusOr<OpenedLog> RecoverLog(leveldb::Env* env, const LogPaths& paths,
                                     const RecoveryOptions& options);

// Makes the index in `paths.index`, which must not be open, again from the log.
absl::StatusOr<std::unique_ptr<LogIndex>> RebuildIndex(
    leveldb::Env* env, const LogPaths& paths, const LogStore& store,
    size_t lag_bytes = LogIndex::kDefaultLagBytes);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_RECOVERY_H_
