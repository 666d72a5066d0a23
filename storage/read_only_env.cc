#include "storage/read_only_env.h"

#include <leveldb/helpers/memenv.h>

#include "absl/strings/str_cat.h"
#include "storage/lock_holder.h"

namespace onrecord {

ReadOnlyEnv::ReadOnlyEnv(leveldb::Env* target)
    : leveldb::EnvWrapper(target), memory_(leveldb::NewMemEnv(target)) {}

bool ReadOnlyEnv::IsRemoved(const std::string& name) {
  MutexLock lock(&mu_);
  return removed_.count(name) > 0;
}

leveldb::Env* ReadOnlyEnv::Holding(const std::string& name) {
  // Memory says that a file which was removed does not exist.
  if (memory_->FileExists(name) || IsRemoved(name)) return memory_.get();
  return target();
}

leveldb::Status ReadOnlyEnv::NewSequentialFile(
    const std::string& name, leveldb::SequentialFile** result) {
  return Holding(name)->NewSequentialFile(name, result);
}

leveldb::Status ReadOnlyEnv::NewRandomAccessFile(
    const std::string& name, leveldb::RandomAccessFile** result) {
  return Holding(name)->NewRandomAccessFile(name, result);
}

leveldb::Status ReadOnlyEnv::NewWritableFile(const std::string& name,
                                             leveldb::WritableFile** result) {
  return memory_->NewWritableFile(name, result);
}

leveldb::Status ReadOnlyEnv::NewAppendableFile(const std::string& name,
                                               leveldb::WritableFile** result) {
  if (Holding(name) == target() && target()->FileExists(name)) {
    const leveldb::Status status = CopyToMemory(name, name);
    if (!status.ok()) return status;
  }
  return memory_->NewAppendableFile(name, result);
}

bool ReadOnlyEnv::FileExists(const std::string& name) {
  return Holding(name)->FileExists(name);
}

leveldb::Status ReadOnlyEnv::GetChildren(const std::string& dir,
                                         std::vector<std::string>* result) {
  result->clear();
  std::vector<std::string> written;
  memory_->GetChildren(dir, &written);
  std::vector<std::string> stored;
  const leveldb::Status status = target()->GetChildren(dir, &stored);
  if (!status.ok() && written.empty()) return status;
  std::set<std::string> children(written.begin(), written.end());
  for (const std::string& child : stored) {
    if (!IsRemoved(absl::StrCat(dir, "/", child))) children.insert(child);
  }
  result->assign(children.begin(), children.end());
  return leveldb::Status::OK();
}

leveldb::Status ReadOnlyEnv::RemoveFile(const std::string& name) {
  if (!FileExists(name)) return leveldb::Status::NotFound(name);
  if (memory_->FileExists(name)) memory_->RemoveFile(name);
  MutexLock lock(&mu_);
  removed_.insert(name);
  return leveldb::Status::OK();
}

leveldb::Status ReadOnlyEnv::CreateDir(const std::string& /*name*/) {
  return leveldb::Status::OK();
}

leveldb::Status ReadOnlyEnv::RemoveDir(const std::string& /*name*/) {
  return leveldb::Status::OK();
}

leveldb::Status ReadOnlyEnv::GetFileSize(const std::string& name,
                                         uint64_t* size) {
  return Holding(name)->GetFileSize(name, size);
}

leveldb::Status ReadOnlyEnv::CopyToMemory(const std::string& from,
                                          const std::string& to) {
  std::string contents;
  const leveldb::Status status =
      leveldb::ReadFileToString(Holding(from), from, &contents);
  if (!status.ok()) return status;
  return leveldb::WriteStringToFile(memory_.get(), contents, to);
}

leveldb::Status ReadOnlyEnv::RenameFile(const std::string& from,
                                        const std::string& to) {
  const leveldb::Status status = CopyToMemory(from, to);
  if (!status.ok()) return status;
  return RemoveFile(from);
}

leveldb::Status ReadOnlyEnv::LockFile(const std::string& name,
                                      leveldb::FileLock** lock) {
  const std::string holder = DescribeLockHolder(name);
  if (!holder.empty()) {
    return leveldb::Status::IOError(absl::StrCat("lock ", name), holder);
  }
  return memory_->LockFile(name, lock);
}

leveldb::Status ReadOnlyEnv::UnlockFile(leveldb::FileLock* lock) {
  return memory_->UnlockFile(lock);
}

}  // namespace onrecord
