#include "storage/projection_store.h"

#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>
#include <leveldb/write_batch.h>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/leveldb_store.h"
#include "storage/mutex.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Entry = std::pair<std::string, std::string>;

// Iterators that were used and can be used again: making one costs as much as a
// seek. Thread-safe.
class IteratorPool {
 public:
  using Iterator = std::unique_ptr<leveldb::Iterator>;

  // Null if there is none.
  Iterator Take() ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(&mu_);
    if (spare_.empty()) return nullptr;
    Iterator iterator = std::move(spare_.back());
    spare_.pop_back();
    return iterator;
  }

  // One that failed is not kept: it would tell of it again.
  void Keep(Iterator iterator) ABSL_LOCKS_EXCLUDED(mu_) {
    if (!iterator->status().ok()) return;
    MutexLock lock(&mu_);
    if (spare_.size() < kMost) spare_.push_back(std::move(iterator));
  }

 private:
  static constexpr size_t kMost = 4;  // about as many as ask at once

  Mutex mu_;
  std::vector<Iterator> spare_ ABSL_GUARDED_BY(mu_);
};

class LevelDbScan : public ProjectionScan {
 public:
  // Gives the iterator to `pool`, if that is not null, in the end.
  LevelDbScan(std::unique_ptr<leveldb::Iterator> iterator,
              absl::string_view prefix, absl::string_view from,
              std::shared_ptr<IteratorPool> pool = nullptr)
      : iterator_(std::move(iterator)),
        prefix_(prefix),
        pool_(std::move(pool)) {
    iterator_->Seek(ToSlice(from < prefix ? prefix : from));
  }
  ~LevelDbScan() override {
    if (pool_ != nullptr) pool_->Keep(std::move(iterator_));
  }

  bool Valid() const override {
    return iterator_->status().ok() && iterator_->Valid() &&
           iterator_->key().starts_with(prefix_);
  }
  void Next() override { iterator_->Next(); }
  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override {
    return ToView(iterator_->value());
  }
  absl::Status status() const override {
    return FromLevelDb(iterator_->status(), "reading a projection");
  }

 private:
  std::unique_ptr<leveldb::Iterator> iterator_;
  const std::string prefix_;
  const std::shared_ptr<IteratorPool> pool_;
};

absl::StatusOr<std::optional<Entry>> FindFloor(leveldb::Iterator* iterator,
                                               absl::string_view prefix,
                                               absl::string_view at) {
  iterator->Seek(ToSlice(at));
  if (!iterator->Valid()) {
    iterator->SeekToLast();
  } else if (ToView(iterator->key()) != at) {
    iterator->Prev();
  }
  ONRECORD_RETURN_IF_ERROR(
      FromLevelDb(iterator->status(), "reading a projection"));
  if (!iterator->Valid() ||
      !absl::StartsWith(ToView(iterator->key()), prefix)) {
    return std::optional<Entry>();
  }
  return std::optional<Entry>(
      Entry(iterator->key().ToString(), iterator->value().ToString()));
}

// The store as it was when this was made.
class LevelDbView : public ProjectionReader {
 public:
  explicit LevelDbView(const LevelDbStore* store)
      : store_(store), snapshot_(store->db()->GetSnapshot()) {}
  ~LevelDbView() override { store_->db()->ReleaseSnapshot(snapshot_); }

  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override {
    return store_->Get(key, snapshot_);
  }
  std::unique_ptr<ProjectionScan> Scan(absl::string_view prefix,
                                       absl::string_view from) const override {
    return std::make_unique<LevelDbScan>(NewIterator(), prefix, from, pool_);
  }
  absl::StatusOr<std::optional<Entry>> Floor(
      absl::string_view prefix, absl::string_view at) const override {
    std::unique_ptr<leveldb::Iterator> iterator = NewIterator();
    auto found = FindFloor(iterator.get(), prefix, at);
    pool_->Keep(std::move(iterator));
    return found;
  }

 private:
  std::unique_ptr<leveldb::Iterator> NewIterator() const {
    std::unique_ptr<leveldb::Iterator> spare = pool_->Take();
    if (spare != nullptr) return spare;
    return store_->NewIterator(/*fill_cache=*/true, snapshot_);
  }

  const LevelDbStore* const store_;
  const leveldb::Snapshot* const snapshot_;
  const std::shared_ptr<IteratorPool> pool_ = std::make_shared<IteratorPool>();
};

class LevelDbProjectionStore : public ProjectionStore {
 public:
  LevelDbProjectionStore(std::unique_ptr<leveldb::Env> env,
                         std::unique_ptr<LevelDbStore> store)
      : env_(std::move(env)), store_(std::move(store)) {}

  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override {
    return store_->Get(key);
  }
  std::unique_ptr<ProjectionScan> Scan(absl::string_view prefix,
                                       absl::string_view from) const override {
    return std::make_unique<LevelDbScan>(
        store_->NewIterator(/*fill_cache=*/true), prefix, from);
  }
  absl::StatusOr<std::optional<Entry>> Floor(
      absl::string_view prefix, absl::string_view at) const override {
    return FindFloor(store_->NewIterator(/*fill_cache=*/true).get(), prefix,
                     at);
  }
  absl::Status Write(const ProjectionBatch& batch) override {
    return store_->Write(batch.changes(), /*sync=*/false);
  }
  std::unique_ptr<ProjectionReader> View() const override {
    return std::make_unique<LevelDbView>(store_.get());
  }

 private:
  const std::unique_ptr<leveldb::Env> env_;  // outlives store_; may be null
  const std::unique_ptr<LevelDbStore> store_;
};

absl::StatusOr<std::unique_ptr<ProjectionStore>> OpenStore(
    absl::string_view dir, leveldb::Env* env,
    std::unique_ptr<leveldb::Env> owned_env) {
  LevelDbOptions options;
  options.env = env;
  options.filter_bits = 10;
  options.compress = false;
  // A lookup reads one of these and checks its checksum.
  options.block_bytes = 2 << 10;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LevelDbStore> store,
                            LevelDbStore::Open(dir, options));
  return std::make_unique<LevelDbProjectionStore>(std::move(owned_env),
                                                  std::move(store));
}

}  // namespace

ProjectionBatch::ProjectionBatch()
    : changes_(std::make_unique<leveldb::WriteBatch>()) {}

ProjectionBatch::~ProjectionBatch() = default;

void ProjectionBatch::Put(absl::string_view key, absl::string_view value) {
  changes_->Put(ToSlice(key), ToSlice(value));
  bytes_ += key.size() + value.size();
}

void ProjectionBatch::Delete(absl::string_view key) {
  changes_->Delete(ToSlice(key));
  bytes_ += key.size();
}

void ProjectionBatch::Clear() {
  changes_->Clear();
  bytes_ = 0;
}

absl::StatusOr<std::unique_ptr<ProjectionStore>> OpenProjectionStore(
    absl::string_view dir, leveldb::Env* env) {
  return OpenStore(dir, env, nullptr);
}

absl::Status DestroyProjectionStore(absl::string_view dir, leveldb::Env* env) {
  leveldb::Options options;
  if (env != nullptr) options.env = env;
  return FromLevelDb(leveldb::DestroyDB(std::string(dir), options),
                     absl::StrCat("deleting ", dir));
}

absl::StatusOr<std::unique_ptr<ProjectionStore>> OpenInMemoryProjectionStore() {
  std::unique_ptr<leveldb::Env> env(
      leveldb::NewMemEnv(leveldb::Env::Default()));
  leveldb::Env* const memory = env.get();
  return OpenStore("/projections", memory, std::move(env));
}

}  // namespace onrecord
