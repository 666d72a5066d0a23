#include "storage/leveldb_store.h"

#include <cstdarg>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/lock_holder.h"

namespace onrecord {
namespace {

// LevelDB's diary of compactions is of no use to an embedding program.
class NullLogger : public leveldb::Logger {
 public:
  void Logv(const char* /*format*/, std::va_list /*ap*/) override {}
};

absl::Status HeldError(absl::string_view text, absl::string_view dir) {
  if (absl::StrContains(text, "already held by process")) {
    return absl::FailedPreconditionError(
        absl::StrCat(dir, " is open already in this process"));
  }
  const std::string holder = DescribeLockHolder(absl::StrCat(dir, "/LOCK"));
  return absl::FailedPreconditionError(
      absl::StrCat(dir, " is open in another process (",
                   holder.empty() ? text : holder, ")"));
}

absl::Status OpenError(const leveldb::Status& status, absl::string_view dir) {
  const std::string text = status.ToString();
  if (status.IsCorruption()) return FromLevelDb(status, dir);
  if (status.IsInvalidArgument()) {
    return absl::NotFoundError(absl::StrCat(dir, ": ", text));
  }
  // LevelDB tells a lock that is held from other trouble only in words.
  if (absl::StrContains(text, "IO error: lock ")) return HeldError(text, dir);
  // A file that the manifest names and that is gone.
  if (status.IsNotFound()) return absl::DataLossError(text);
  return absl::FailedPreconditionError(
      absl::StrCat(dir, " cannot be opened: ", text));
}

}  // namespace

absl::Status FromLevelDb(const leveldb::Status& status,
                         absl::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = absl::StrCat(what, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(text);
  return absl::InternalError(text);
}

absl::StatusOr<std::unique_ptr<LevelDbStore>> LevelDbStore::Open(
    absl::string_view dir, const LevelDbOptions& options) {
  auto store = absl::WrapUnique(new LevelDbStore);
  store->dir_ = std::string(dir);
  store->logger_ = std::make_unique<NullLogger>();
  store->cache_.reset(leveldb::NewLRUCache(options.cache_bytes));
  if (options.filter_bits > 0) {
    store->filter_.reset(leveldb::NewBloomFilterPolicy(options.filter_bits));
  }
  leveldb::Options opened;
  opened.create_if_missing = options.create_if_missing;
  opened.paranoid_checks = true;
  if (options.env != nullptr) opened.env = options.env;
  opened.info_log = store->logger_.get();
  opened.write_buffer_size = options.write_buffer_bytes;
  opened.block_cache = store->cache_.get();
  opened.block_size = options.block_bytes;
  opened.max_file_size = options.max_file_bytes;
  opened.compression =
      options.compress ? leveldb::kSnappyCompression : leveldb::kNoCompression;
  opened.filter_policy = store->filter_.get();
  // Taking a log file up again where it ends loses what comes after a torn
  // record (google/leveldb#1287).
  opened.reuse_logs = false;

  leveldb::DB* db = nullptr;
  const leveldb::Status status = leveldb::DB::Open(opened, store->dir_, &db);
  if (!status.ok()) return OpenError(status, dir);
  store->db_.reset(db);
  return store;
}

absl::Status LevelDbStore::Write(leveldb::WriteBatch* batch, bool sync) {
  if (poisoned_) {
    return absl::FailedPreconditionError(absl::StrCat(
        dir_, ": an earlier write failed; open it again to go on"));
  }
  leveldb::WriteOptions options;
  options.sync = sync;
  const leveldb::Status status = db_->Write(options, batch);
  if (status.ok()) return absl::OkStatus();
  poisoned_ = true;
  return FromLevelDb(status, absl::StrCat("writing ", dir_));
}

absl::StatusOr<std::optional<std::string>> LevelDbStore::Get(
    absl::string_view key, const leveldb::Snapshot* snapshot,
    std::string buffer) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot;
  const leveldb::Status status = db_->Get(options, ToSlice(key), &buffer);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromLevelDb(status, absl::StrCat("reading ", dir_));
  return std::optional<std::string>(std::move(buffer));
}

std::unique_ptr<leveldb::Iterator> LevelDbStore::NewIterator(
    bool fill_cache, const leveldb::Snapshot* snapshot) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.fill_cache = fill_cache;
  options.snapshot = snapshot;
  return std::unique_ptr<leveldb::Iterator>(db_->NewIterator(options));
}

void LevelDbStore::Settle() {
  // Compacting where there are no keys does that and no more.
  const leveldb::Slice nowhere;
  db_->CompactRange(&nowhere, &nowhere);
}

}  // namespace onrecord
