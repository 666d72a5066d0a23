#include "storage/log_env.h"

#include <utility>

#include "absl/strings/match.h"

namespace onrecord {

class LogEnv::WriteAheadLog : public leveldb::WritableFile {
 public:
  WriteAheadLog(LogEnv* env, const std::string& name,
                leveldb::WritableFile* file)
      : env_(env), name_(name), file_(file) {}

  ~WriteAheadLog() override {
    if (file_ != nullptr && unsynced_) env_->Leave(name_, std::move(file_));
  }

  leveldb::Status Append(const leveldb::Slice& data) override {
    unsynced_ = true;
    return file_->Append(data);
  }

  leveldb::Status Flush() override { return file_->Flush(); }

  leveldb::Status Sync() override {
    leveldb::Status status = env_->SyncLeft();
    if (status.ok()) status = file_->Sync();
    if (status.ok()) unsynced_ = false;
    return status;
  }

  leveldb::Status Close() override {
    if (!unsynced_) return file_->Close();
    const leveldb::Status status = file_->Flush();
    env_->Leave(name_, std::move(file_));
    return status;
  }

 private:
  LogEnv* const env_;
  const std::string name_;
  std::unique_ptr<leveldb::WritableFile> file_;
  bool unsynced_ = false;
};

leveldb::Status LogEnv::NewWritableFile(const std::string& name,
                                        leveldb::WritableFile** result) {
  leveldb::Status status = target()->NewWritableFile(name, result);
  if (status.ok() && absl::EndsWith(name, ".log")) {
    *result = new WriteAheadLog(this, name, *result);
  }
  return status;
}

leveldb::Status LogEnv::RemoveFile(const std::string& name) {
  {
    MutexLock lock(&mu_);
    left_.erase(name);
  }
  return target()->RemoveFile(name);
}

void LogEnv::Leave(const std::string& name,
                   std::unique_ptr<leveldb::WritableFile> file) {
  MutexLock lock(&mu_);
  left_[name] = std::move(file);
}

leveldb::Status LogEnv::SyncLeft() {
  MutexLock lock(&mu_);
  while (!left_.empty()) {
    const leveldb::Status status = left_.begin()->second->Sync();
    if (!status.ok()) return status;
    left_.erase(left_.begin());
  }
  return leveldb::Status::OK();
}

}  // namespace onrecord
