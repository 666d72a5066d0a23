// A LevelDB database, opened the only way that this project trusts.

#ifndef ONRECORD_STORAGE_LEVELDB_STORE_H_
#define ONRECORD_STORAGE_LEVELDB_STORE_H_

#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/filter_policy.h>
#include <leveldb/iterator.h>
#include <leveldb/write_batch.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// LevelDB's status in our codes: corruption is DATA_LOSS, all else INTERNAL.
// `what` says what was being done.
absl::Status FromLevelDb(const leveldb::Status& status, absl::string_view what);

inline leveldb::Slice ToSlice(absl::string_view text) {
  return leveldb::Slice(text.data(), text.size());
}
inline absl::string_view ToView(const leveldb::Slice& slice) {
  return absl::string_view(slice.data(), slice.size());
}

struct LevelDbOptions {
  bool create_if_missing = true;

  // Null: the machine's file system. Must outlive the store.
  leveldb::Env* env = nullptr;

  // As LevelDB's, in bytes.
  size_t write_buffer_bytes = 4 << 20;
  size_t cache_bytes = 8 << 20;
  size_t block_bytes = 4 << 10;
  size_t max_file_bytes = 8 << 20;

  // Costs more than it saves where values are packed already.
  bool compress = true;

  // Bits for each key of a Bloom filter that lookups of absent keys are spared
  // by. 0: none.
  int filter_bits = 0;
};

// A database whose every read checks LevelDB's checksums and which never writes
// again after a write failed: LevelDB 1.23 would go on acknowledging writes
// that it loses.
//
// A LevelDbStore is thread-safe. Iterators and snapshots must be released
// before it is destroyed.
class LevelDbStore {
 public:
  // Returns FAILED_PRECONDITION if `dir` cannot be written or is held by
  // another process, NOT_FOUND if it is missing and may not be created, and
  // DATA_LOSS if LevelDB finds it damaged.
  static absl::StatusOr<std::unique_ptr<LevelDbStore>> Open(
      absl::string_view dir, const LevelDbOptions& options);

  LevelDbStore(const LevelDbStore&) = delete;
  LevelDbStore& operator=(const LevelDbStore&) = delete;

  // Writes `batch` as a whole. Returns FAILED_PRECONDITION after an earlier
  // failure.
  absl::Status Write(leveldb::WriteBatch* batch, bool sync);

  // Returns nothing if there is no such key. `buffer` lends its memory to what
  // is returned.
  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key, const leveldb::Snapshot* snapshot = nullptr,
      std::string buffer = {}) const;

  // `fill_cache` false suits a long scan.
  std::unique_ptr<leveldb::Iterator> NewIterator(
      bool fill_cache, const leveldb::Snapshot* snapshot = nullptr) const;

  // Puts what is in LevelDB's memory into a table: lookups of keys that are not
  // there are much faster in a table with a filter.
  void Settle();

  // Whether a write has failed since it was opened.
  bool poisoned() const { return poisoned_; }

  leveldb::DB* db() const { return db_.get(); }

 private:
  LevelDbStore() = default;

  // Constant after Open. LevelDB does not own the first three.
  std::string dir_;
  std::unique_ptr<leveldb::Logger> logger_;
  std::unique_ptr<leveldb::Cache> cache_;
  std::unique_ptr<const leveldb::FilterPolicy> filter_;
  std::unique_ptr<leveldb::DB> db_;

  std::atomic<bool> poisoned_{false};
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LEVELDB_STORE_H_
