// A file beside the log that says how far the log was when it was last known
// to be on disk. LevelDB cannot tell that the end of its own log is gone.

#ifndef ONRECORD_STORAGE_HEAD_MARKER_H_
#define ONRECORD_STORAGE_HEAD_MARKER_H_

#include <leveldb/env.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

struct HeadMark {
  uint64_t commits = 0;
  uint64_t last_log_position = 0;

  // Of the block that ends there. 0 if there is none.
  uint64_t block_checksum = 0;

  // Nothing was appended after it: the log was closed.
  bool closed = false;

  friend bool operator==(const HeadMark& a, const HeadMark& b) {
    return a.commits == b.commits &&
           a.last_log_position == b.last_log_position &&
           a.block_checksum == b.block_checksum && a.closed == b.closed;
  }
};

// Marks are added at the end of the file, and the file is begun anew when it is
// long. Marks are not synced one by one: one that is lost makes the check
// weaker, never wrong. Thread-compatible.
class HeadMarker {
 public:
  // Begins the file at `path` anew with `mark`.
  static absl::StatusOr<std::unique_ptr<HeadMarker>> Create(
      leveldb::Env* env, absl::string_view path, const HeadMark& mark);

  // The file at `path` as it is, whose last mark says that the log was closed.
  // The first Add begins it anew.
  static std::unique_ptr<HeadMarker> Closed(leveldb::Env* env,
                                            absl::string_view path);

  // The last mark of the file that is whole. Returns nothing if there is no
  // file, and DATA_LOSS if it holds no whole mark.
  static absl::StatusOr<std::optional<HeadMark>> Read(leveldb::Env* env,
                                                      absl::string_view path);

  // Whether the file still says that the log was closed before it was opened:
  // a mark has to be added, and synced, before anything is appended.
  bool closed() const { return file_ == nullptr; }

  absl::Status Add(const HeadMark& mark, bool sync);

 private:
  HeadMarker(leveldb::Env* env, absl::string_view path)
      : env_(env), path_(path) {}

  absl::Status Begin(const HeadMark& mark);

  leveldb::Env* const env_;
  const std::string path_;
  std::unique_ptr<leveldb::WritableFile> file_;
  size_t marks_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_HEAD_MARKER_H_
