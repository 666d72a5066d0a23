// A commit, read back as a whole.

#ifndef ONRECORD_STORAGE_RECORDED_COMMIT_H_
#define ONRECORD_STORAGE_RECORDED_COMMIT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/block.h"
#include "storage/block_source.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/log_store.h"

namespace onrecord {

// The blocks of one commit. Thread-compatible.
class RecordedCommit {
 public:
  // Reads the commit whose first block ends at log position `key`. Returns
  // DATA_LOSS if a block of it is missing or wrong.
  static absl::StatusOr<RecordedCommit> Read(const LogStore& store,
                                             uint64_t key);

  // Reads the commit that starts where `blocks` stands, and moves `blocks` on
  // to the next one.
  static absl::StatusOr<RecordedCommit> ReadNext(BlockSource* blocks);

  // Takes blocks apart that came from elsewhere. Returns DATA_LOSS unless they
  // are one whole commit.
  static absl::StatusOr<RecordedCommit> FromBytes(
      std::vector<std::string> bytes);

  RecordedCommit(RecordedCommit&&) = default;
  RecordedCommit& operator=(RecordedCommit&&) = default;

  // At least one.
  const std::vector<Block>& blocks() const { return blocks_; }

  absl::string_view bytes(size_t i) const { return bytes_[i]; }
  absl::string_view commit_id() const { return blocks_.front().commit_id(); }

  // What its append returned.
  AppendResult result() const;

  Sha256Hash LeafHash() const;

 private:
  RecordedCommit() = default;

  absl::Status Add(std::string bytes);

  std::vector<std::string> bytes_;
  std::vector<Block> blocks_;  // of bytes_
};

// Whether two serialized NewEvents say the same: they may have been written by
// different versions of protobuf.
bool SameEvent(absl::string_view a, absl::string_view b);

// Reads one event. Returns NOT_FOUND beyond the end of the log.
absl::StatusOr<RecordedEvent> ReadEvent(const LogStore& store,
                                        uint64_t log_position);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_RECORDED_COMMIT_H_
