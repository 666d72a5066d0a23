#include "tests/testing/fault_env.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"

namespace onrecord {
namespace testing {
namespace {

std::string DirectoryOf(const std::string& name) {
  return name.substr(0, name.rfind('/'));
}

std::string BaseOf(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

leveldb::Status ErrorOf(FaultKind kind, const std::string& name) {
  return leveldb::Status::IOError(name, kind == FaultKind::kDiskFull
                                            ? "No space left on device"
                                            : "Input/output error");
}

}  // namespace

class FaultEnv::Writable : public leveldb::WritableFile {
 public:
  Writable(FaultEnv* env, std::string name, std::shared_ptr<File> file)
      : env_(env), name_(std::move(name)), file_(std::move(file)) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    return env_->Append(file_.get(), data);
  }
  leveldb::Status Close() override { return leveldb::Status::OK(); }
  leveldb::Status Flush() override { return leveldb::Status::OK(); }
  leveldb::Status Sync() override { return env_->Sync(name_, file_); }

 private:
  FaultEnv* const env_;
  const std::string name_;
  const std::shared_ptr<File> file_;
};

class FaultEnv::Sequential : public leveldb::SequentialFile {
 public:
  explicit Sequential(std::string contents) : contents_(std::move(contents)) {}

  leveldb::Status Read(size_t n, leveldb::Slice* result,
                       char* scratch) override {
    n = std::min(n, contents_.size() - next_);
    std::memcpy(scratch, contents_.data() + next_, n);
    next_ += n;
    *result = leveldb::Slice(scratch, n);
    return leveldb::Status::OK();
  }
  leveldb::Status Skip(uint64_t n) override {
    next_ = std::min<uint64_t>(contents_.size(), next_ + n);
    return leveldb::Status::OK();
  }

 private:
  const std::string contents_;
  size_t next_ = 0;
};

class FaultEnv::RandomAccess : public leveldb::RandomAccessFile {
 public:
  explicit RandomAccess(std::string contents)
      : contents_(std::move(contents)) {}

  leveldb::Status Read(uint64_t offset, size_t n, leveldb::Slice* result,
                       char* scratch) const override {
    if (offset > contents_.size()) {
      return leveldb::Status::IOError("read beyond the end");
    }
    n = std::min<size_t>(n, contents_.size() - offset);
    std::memcpy(scratch, contents_.data() + offset, n);
    *result = leveldb::Slice(scratch, n);
    return leveldb::Status::OK();
  }

 private:
  const std::string contents_;
};

class FaultEnv::Lock : public leveldb::FileLock {
 public:
  explicit Lock(std::string name) : name(std::move(name)) {}
  const std::string name;
};

void FaultEnv::FailOnce(FileOp op, int nth, FaultKind kind) {
  MutexLock lock(&mu_);
  fault_ = Fault{op, nth, kind};
  failed_ = false;
}

bool FaultEnv::failed() const {
  MutexLock lock(&mu_);
  return failed_;
}

std::optional<FaultKind> FaultEnv::Turn(FileOp op) {
  if (!fault_.has_value() || fault_->op != op || --fault_->left > 0) {
    return std::nullopt;
  }
  const FaultKind kind = fault_->kind;
  fault_.reset();
  failed_ = true;
  return kind;
}

leveldb::Status FaultEnv::Check(FileOp op, const std::string& name) {
  const std::optional<FaultKind> fault = Turn(op);
  return fault.has_value() ? ErrorOf(*fault, name) : leveldb::Status::OK();
}

leveldb::Status FaultEnv::Append(File* file, const leveldb::Slice& data) {
  MutexLock lock(&mu_);
  const std::optional<FaultKind> fault = Turn(FileOp::kAppend);
  size_t size = data.size();
  if (fault == FaultKind::kShortWrite) size /= 2;
  if (!fault.has_value() || fault == FaultKind::kShortWrite) {
    file->contents.append(data.data(), size);
  }
  return fault.has_value() ? ErrorOf(*fault, "append") : leveldb::Status::OK();
}

leveldb::Status FaultEnv::Sync(const std::string& name,
                               const std::shared_ptr<File>& file) {
  MutexLock lock(&mu_);
  if (absl::StartsWith(BaseOf(name), "MANIFEST")) {
    const leveldb::Status status = Check(FileOp::kSyncDirectory, name);
    if (!status.ok()) return status;
    SyncDirectory(DirectoryOf(name));
  }
  const leveldb::Status status = Check(FileOp::kSync, name);
  if (!status.ok()) return status;
  file->synced = file->contents.size();
  const auto named = names_.find(name);
  if (named != names_.end() && named->second == file) durable_[name] = file;
  return leveldb::Status::OK();
}

void FaultEnv::SyncDirectory(const std::string& dir) {
  for (auto it = durable_.begin(); it != durable_.end();) {
    it = DirectoryOf(it->first) == dir ? durable_.erase(it) : std::next(it);
  }
  for (const auto& [name, file] : names_) {
    if (DirectoryOf(name) == dir) durable_[name] = file;
  }
}

void FaultEnv::Crash(std::mt19937* random) {
  MutexLock lock(&mu_);
  Names after = durable_;
  if (random != nullptr) {
    for (const auto& [name, file] : names_) {
      if ((*random)() % 2 == 0) after.emplace(name, file);
    }
  }
  names_.clear();
  for (const auto& [name, file] : after) {
    auto kept = std::make_shared<File>();
    size_t size = file->synced;
    if (random != nullptr && file->contents.size() > size) {
      size += (*random)() % (file->contents.size() - size + 1);
    }
    kept->contents = file->contents.substr(0, size);
    // Sectors that were being written hold anything.
    const size_t garbled = std::min<size_t>(size - file->synced, 512);
    for (size_t i = size - garbled; i < size; ++i) {
      kept->contents[i] = static_cast<char>((*random)());
    }
    kept->synced = size;
    names_[name] = kept;
  }
  durable_ = names_;
  locked_.clear();
  fault_.reset();
}

std::map<std::string, std::string> FaultEnv::Files() const {
  MutexLock lock(&mu_);
  std::map<std::string, std::string> files;
  for (const auto& [name, file] : names_) files[name] = file->contents;
  return files;
}

void FaultEnv::SetFiles(const std::map<std::string, std::string>& files) {
  MutexLock lock(&mu_);
  names_.clear();
  locked_.clear();
  for (const auto& [name, contents] : files) {
    names_[name] = std::make_shared<File>(File{contents, contents.size()});
  }
  durable_ = names_;
}

void FaultEnv::Load(const std::string& from, const std::string& to) {
  std::map<std::string, std::string> files = Files();
  for (const auto& file : std::filesystem::recursive_directory_iterator(from)) {
    if (!file.is_regular_file()) continue;
    std::ifstream stream(file.path(), std::ios::binary);
    files[to + file.path().string().substr(from.size())] =
        std::string(std::istreambuf_iterator<char>(stream), {});
  }
  SetFiles(files);
}

leveldb::Status FaultEnv::NewSequentialFile(const std::string& name,
                                            leveldb::SequentialFile** result) {
  MutexLock lock(&mu_);
  const auto file = names_.find(name);
  if (file == names_.end()) return leveldb::Status::NotFound(name);
  *result = new Sequential(file->second->contents);
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::NewRandomAccessFile(
    const std::string& name, leveldb::RandomAccessFile** result) {
  MutexLock lock(&mu_);
  const auto file = names_.find(name);
  if (file == names_.end()) return leveldb::Status::NotFound(name);
  *result = new RandomAccess(file->second->contents);
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::NewWritableFile(const std::string& name,
                                          leveldb::WritableFile** result) {
  MutexLock lock(&mu_);
  const leveldb::Status status = Check(FileOp::kOpen, name);
  if (!status.ok()) return status;
  auto file = std::make_shared<File>();
  names_[name] = file;
  *result = new Writable(this, name, std::move(file));
  return status;
}

leveldb::Status FaultEnv::NewAppendableFile(const std::string& name,
                                            leveldb::WritableFile** result) {
  MutexLock lock(&mu_);
  const leveldb::Status status = Check(FileOp::kOpen, name);
  if (!status.ok()) return status;
  std::shared_ptr<File>& file = names_[name];
  if (file == nullptr) file = std::make_shared<File>();
  *result = new Writable(this, name, file);
  return status;
}

bool FaultEnv::FileExists(const std::string& name) {
  MutexLock lock(&mu_);
  return names_.count(name) > 0;
}

leveldb::Status FaultEnv::GetChildren(const std::string& dir,
                                      std::vector<std::string>* result) {
  MutexLock lock(&mu_);
  std::set<std::string> children;
  for (const auto& [name, file] : names_) {
    if (!absl::StartsWith(name, dir + "/")) continue;
    const std::string rest = name.substr(dir.size() + 1);
    children.insert(rest.substr(0, rest.find('/')));
  }
  result->assign(children.begin(), children.end());
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::RemoveFile(const std::string& name) {
  MutexLock lock(&mu_);
  const leveldb::Status status = Check(FileOp::kRemove, name);
  if (!status.ok()) return status;
  return names_.erase(name) > 0 ? leveldb::Status::OK()
                                : leveldb::Status::NotFound(name);
}

leveldb::Status FaultEnv::CreateDir(const std::string& /*name*/) {
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::RemoveDir(const std::string& /*name*/) {
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::GetFileSize(const std::string& name, uint64_t* size) {
  MutexLock lock(&mu_);
  const auto file = names_.find(name);
  if (file == names_.end()) return leveldb::Status::NotFound(name);
  *size = file->second->contents.size();
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::RenameFile(const std::string& from,
                                     const std::string& to) {
  MutexLock lock(&mu_);
  const leveldb::Status status = Check(FileOp::kRename, from);
  if (!status.ok()) return status;
  const auto file = names_.find(from);
  if (file == names_.end()) return leveldb::Status::NotFound(from);
  names_[to] = file->second;
  names_.erase(file);
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::LockFile(const std::string& name,
                                   leveldb::FileLock** lock) {
  MutexLock mutex_lock(&mu_);
  if (!locked_.insert(name).second) {
    return leveldb::Status::IOError("lock " + name, "already held");
  }
  *lock = new Lock(name);
  return leveldb::Status::OK();
}

leveldb::Status FaultEnv::UnlockFile(leveldb::FileLock* lock) {
  MutexLock mutex_lock(&mu_);
  locked_.erase(static_cast<Lock*>(lock)->name);
  delete lock;
  return leveldb::Status::OK();
}

}  // namespace testing
}  // namespace onrecord
