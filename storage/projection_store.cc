#include "storage/projection_store.h"

#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>
#include <leveldb/write_batch.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/leveldb_store.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Entry = std::pair<std::string, std::string>;

class LevelDbScan : public ProjectionScan {
 public:
  LevelDbScan(std::unique_ptr<leveldb::Iterator> iterator,
              absl::string_view prefix, absl::string_view from)
      : iterator_(std::move(iterator)), prefix_(prefix) {
    iterator_->Seek(ToSlice(from < prefix ? prefix : from));
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
  const std::unique_ptr<leveldb::Iterator> iterator_;
  const std::string prefix_;
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
    return std::make_unique<LevelDbScan>(
        store_->NewIterator(/*fill_cache=*/true, snapshot_), prefix, from);
  }
  absl::StatusOr<std::optional<Entry>> Floor(
      absl::string_view prefix, absl::string_view at) const override {
    return FindFloor(store_->NewIterator(/*fill_cache=*/true, snapshot_).get(),
                     prefix, at);
  }

 private:
  const LevelDbStore* const store_;
  const leveldb::Snapshot* const snapshot_;
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
    leveldb::WriteBatch changes;
    for (const ProjectionBatch::Change& change : batch.changes()) {
      if (change.value.has_value()) {
        changes.Put(change.key, *change.value);
      } else {
        changes.Delete(change.key);
      }
    }
    return store_->Write(&changes, /*sync=*/false);
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
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LevelDbStore> store,
                            LevelDbStore::Open(dir, options));
  return std::make_unique<LevelDbProjectionStore>(std::move(owned_env),
                                                  std::move(store));
}

}  // namespace

void ProjectionBatch::Put(absl::string_view key, absl::string_view value) {
  changes_.push_back({std::string(key), std::string(value)});
  bytes_ += key.size() + value.size();
}

void ProjectionBatch::Delete(absl::string_view key) {
  changes_.push_back({std::string(key), std::nullopt});
  bytes_ += key.size();
}

void ProjectionBatch::Clear() {
  changes_.clear();
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
