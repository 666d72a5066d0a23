// Keeps LevelDB from making a write durable before the writes ahead of it.

#ifndef ONRECORD_STORAGE_LOG_ENV_H_
#define ONRECORD_STORAGE_LOG_ENV_H_

#include <leveldb/env.h>

#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace onrecord {

// LevelDB leaves one write-ahead log for the next without syncing it. A synced
// write in the new one would then survive a loss of power that un-synced writes
// before it did not: a hole in the middle of the log. Under this Env, a sync of
// a write-ahead log first syncs those that were left before. It costs nothing
// where nothing is synced, since LevelDB removes a log once it is in a table.
//
// Thread-safe, as every Env.
class LogEnv : public leveldb::EnvWrapper {
 public:
  // `target` must outlive it.
  explicit LogEnv(leveldb::Env* target) : leveldb::EnvWrapper(target) {}

  leveldb::Status NewWritableFile(const std::string& name,
                                  leveldb::WritableFile** result) override;
  leveldb::Status RemoveFile(const std::string& name) override;

 private:
  class WriteAheadLog;

  // Takes `file` over, which holds data that are not synced.
  void Leave(const std::string& name,
             std::unique_ptr<leveldb::WritableFile> file);
  leveldb::Status SyncLeft();

  Mutex mu_;
  std::map<std::string, std::unique_ptr<leveldb::WritableFile>> left_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_ENV_H_
