// A file system in memory that fails when told to, and forgets like a machine
// that loses power.

#ifndef ONRECORD_TESTS_TESTING_FAULT_ENV_H_
#define ONRECORD_TESTS_TESTING_FAULT_ENV_H_

#include <leveldb/env.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace onrecord {
namespace testing {

enum class FileOp { kAppend, kSync, kRename, kSyncDirectory, kOpen, kRemove };
enum class FaultKind { kIoError, kDiskFull, kShortWrite };

// Synced data survive a crash, and so does the name of a file that was synced
// itself, as on ext4, xfs and btrfs; renames and removals survive once their
// directory is synced, which happens when a file named MANIFEST… is.
//
// Thread-safe.
class FaultEnv : public leveldb::EnvWrapper {
 public:
  FaultEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}

  // Makes the `nth` operation of this kind from now on (from 1) fail, once.
  void FailOnce(FileOp op, int nth, FaultKind kind);

  // Whether the fault has happened.
  bool failed() const;

  // Goes back to what is on the disk: synced data only. With `random`, also
  // some of what was not synced, the end of it garbled.
  // REQUIRES: nothing is open.
  void Crash(std::mt19937* random);

  // All files: path, contents.
  std::map<std::string, std::string> Files() const;

  // Replaces all files by `files`, durable.
  void SetFiles(const std::map<std::string, std::string>& files);

  // Copies a directory of the machine in, durable.
  void Load(const std::string& from, const std::string& to);

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
  class Writable;
  class Sequential;
  class RandomAccess;
  class Lock;

  struct File {
    std::string contents;
    size_t synced = 0;
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;

  struct Fault {
    FileOp op;
    int left;
    FaultKind kind;
  };

  // The fault, if it is this operation's turn.
  std::optional<FaultKind> Turn(FileOp op) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  leveldb::Status Check(FileOp op, const std::string& name)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  leveldb::Status Append(File* file, const leveldb::Slice& data);
  leveldb::Status Sync(const std::string& name,
                       const std::shared_ptr<File>& file);
  void SyncDirectory(const std::string& dir) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  Names names_ ABSL_GUARDED_BY(mu_);
  Names durable_ ABSL_GUARDED_BY(mu_);
  std::set<std::string> locked_ ABSL_GUARDED_BY(mu_);
  std::optional<Fault> fault_ ABSL_GUARDED_BY(mu_);
  bool failed_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_FAULT_ENV_H_
