// What a decision on an append must know of the log, wherever that is stored.

#ifndef ONRECORD_STORAGE_LOG_LOOKUP_H_
#define ONRECORD_STORAGE_LOG_LOOKUP_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/event.pb.h"
#include "storage/hash.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// Where a log ends: all zero if it is empty.
struct LogEnd {
  uint64_t commits = 0;
  uint64_t last_log_position = 0;
  int64_t recorded_time_us = 0;  // of the last commit

  // How many were ever stored; the next one's number.
  uint64_t texts = 0;
};

// Looks things up in the log as it was when a group of appends began.
// Thread-compatible.
class LogLookup {
 public:
  virtual ~LogLookup() = default;

  // The revision that the stream's next event will have; 0 if it has none.
  virtual absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) = 0;

  // The key of the first block of the commit with this id, and the log position
  // of the event with this id that was not given by the log. Another id may be
  // found in its place: whoever asks must compare.
  virtual absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) = 0;
  virtual absl::StatusOr<std::optional<uint64_t>> FindEvent(
      absl::string_view event_id) = 0;

  // Whether an event of `kinds` (see KindBit) stands behind a log position.
  virtual absl::StatusOr<bool> HasKinds(uint64_t kinds, uint64_t behind) = 0;

  // The number of a text, erased or not.
  virtual absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) = 0;

  // The commit whose first block ends at log position `key`.
  virtual absl::StatusOr<RecordedCommit> ReadCommit(uint64_t key) = 0;

  virtual absl::StatusOr<RecordedEvent> ReadEvent(uint64_t log_position) = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_LOOKUP_H_
