// Opening files without changing any.

#ifndef ONRECORD_STORAGE_READ_ONLY_ENV_H_
#define ONRECORD_STORAGE_READ_ONLY_ENV_H_

#include <leveldb/env.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace onrecord {

// Shows the files of another Env, and keeps in memory whatever is written. So
// LevelDB, which writes whenever it opens, can open a directory that is left
// exactly as it was: a backup, or one that cannot be written.
//
// Locking a file takes no lock, but fails while another process has one on it:
// its files would change underneath.
//
// Thread-safe, as every Env.
class ReadOnlyEnv : public leveldb::EnvWrapper {
 public:
  // `target` must outlive it.
  explicit ReadOnlyEnv(leveldb::Env* target);

  leveldb::Status NewSequentialFile(const std::string& name,
                                    leveldb::SequentialFile** result) override;
  leveldb::Status NewRandomAccessFile(
      const std::string& name, leveldb::RandomAccessFile** result) override;
  leveldb::Status NewWritableFile(const std::string& name,
                                  leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(const std::string& name,
                                    leveldb::WritableFile** result) override;
  bool FileExists(const std::string& name) override;
  leveldb::Status GetChildren(const std::string& dir,
                              std::vector<std::string>* result) override;
  leveldb::Status RemoveFile(const std::string& name) override;
  leveldb::Status CreateDir(const std::string& name) override;
  leveldb::Status RemoveDir(const std::string& name) override;
  leveldb::Status GetFileSize(const std::string& name, uint64_t* size) override;
  leveldb::Status RenameFile(const std::string& from,
                             const std::string& to) override;
  leveldb::Status LockFile(const std::string& name,
                           leveldb::FileLock** lock) override;
  leveldb::Status UnlockFile(leveldb::FileLock* lock) override;

 private:
  // Where the file `name` is read: in memory or on the target.
  leveldb::Env* Holding(const std::string& name);
  bool IsRemoved(const std::string& name);
  leveldb::Status CopyToMemory(const std::string& from, const std::string& to);

  const std::unique_ptr<leveldb::Env> memory_;
  Mutex mu_;
  std::set<std::string> removed_ ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_READ_ONLY_ENV_H_
