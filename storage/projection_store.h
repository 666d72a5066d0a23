// Where projections keep their state: an ordered map that is written in atomic
// batches.

#ifndef ONRECORD_STORAGE_PROJECTION_STORE_H_
#define ONRECORD_STORAGE_PROJECTION_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace leveldb {
class Env;
class WriteBatch;
}  // namespace leveldb

namespace onrecord {

// Changes that take effect together. A later one of the same key wins.
class ProjectionBatch {
 public:
  ProjectionBatch();
  ~ProjectionBatch();
  ProjectionBatch(const ProjectionBatch&) = delete;
  ProjectionBatch& operator=(const ProjectionBatch&) = delete;

  void Put(absl::string_view key, absl::string_view value);
  void Delete(absl::string_view key);
  void Clear();
  bool empty() const { return bytes_ == 0; }

  // Of keys and values.
  size_t bytes() const { return bytes_; }

  // As LevelDB takes them.
  leveldb::WriteBatch* changes() const { return changes_.get(); }

 private:
  const std::unique_ptr<leveldb::WriteBatch> changes_;
  size_t bytes_ = 0;
};

// Walks over entries in ascending order of their keys, as bytes.
// Thread-compatible.
class ProjectionScan {
 public:
  virtual ~ProjectionScan() = default;
  virtual bool Valid() const = 0;

  // REQUIRES: Valid(). What key() and value() gave dies with Next().
  virtual void Next() = 0;
  virtual absl::string_view key() const = 0;
  virtual absl::string_view value() const = 0;

  // OK at the end. DATA_LOSS where stored bytes do not check.
  virtual absl::Status status() const = 0;
};

// Reads entries. Thread-safe.
class ProjectionReader {
 public:
  virtual ~ProjectionReader() = default;

  // Returns nothing if there is no such key.
  virtual absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const = 0;

  // The entries with keys of `prefix`, the first being the first not less than
  // `from`. An empty `from` is the first of the prefix, an empty prefix is
  // everything. The scan sees the store as it was when the scan was made, and
  // must be destroyed before the store.
  virtual std::unique_ptr<ProjectionScan> Scan(
      absl::string_view prefix, absl::string_view from = {}) const = 0;

  // The last entry of `prefix` whose key is not greater than `at`: the as-of
  // lookup. Returns nothing if there is none.
  virtual absl::StatusOr<std::optional<std::pair<std::string, std::string>>>
  Floor(absl::string_view prefix, absl::string_view at) const = 0;
};

// A read-write store of projections' state. Its contents can be made again
// from the log, so writes are not synced: after a loss of power it is an older
// state, whole batches only. Whoever keeps a checkpoint in it must compare it
// with the log's last position, which may then be smaller.
//
// A ProjectionStore is thread-safe. Views and scans made from it must be
// destroyed before it.
class ProjectionStore : public ProjectionReader {
 public:
  // Writes all changes of `batch` or none. After it failed, every later one
  // fails with FAILED_PRECONDITION until the store is opened again.
  virtual absl::Status Write(const ProjectionBatch& batch) = 0;

  // The store as it is now, unmoved by later writes.
  virtual std::unique_ptr<ProjectionReader> View() const = 0;
};

// Opens the store in the directory `dir`, creating it if it is missing; the
// engine's is `projections` inside the log's directory. `env` null: the
// machine's file system; it must outlive the store.
//
// Returns FAILED_PRECONDITION if `dir` cannot be written or is open in another
// process, and DATA_LOSS if it is damaged: delete it and replay.
absl::StatusOr<std::unique_ptr<ProjectionStore>> OpenProjectionStore(
    absl::string_view dir, leveldb::Env* env = nullptr);

// Deletes the store in `dir`, which must not be open, if there is one.
absl::Status DestroyProjectionStore(absl::string_view dir,
                                    leveldb::Env* env = nullptr);

// Makes an empty store that lives in memory.
absl::StatusOr<std::unique_ptr<ProjectionStore>> OpenInMemoryProjectionStore();

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PROJECTION_STORE_H_
