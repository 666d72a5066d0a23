// LogLookup in LevelDB.

#ifndef ONRECORD_STORAGE_LEVELDB_LOOKUP_H_
#define ONRECORD_STORAGE_LEVELDB_LOOKUP_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/hash.h"
#include "storage/log_index.h"
#include "storage/log_lookup.h"
#include "storage/log_store.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {

// Thread-compatible; uses the index as its owner's locks allow.
class LevelDbLookup : public LogLookup {
 public:
  // Both must outlive it.
  LevelDbLookup(const LogStore* store, LogIndex* index)
      : store_(store), index_(index) {}

  LogEnd end() const {
    const IndexCheckpoint& end = index_->checkpoint();
    return {end.commits, end.last_log_position, end.recorded_time_us,
            end.texts};
  }

  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) override {
    return index_->NextRevision(stream);
  }
  absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) override {
    return index_->FindCommit(commit_id);
  }
  absl::StatusOr<std::optional<uint64_t>> FindEvent(
      absl::string_view event_id) override {
    return index_->FindEvent(event_id);
  }
  absl::StatusOr<bool> HasKinds(uint64_t kinds, uint64_t behind) override {
    if (behind >= end().last_log_position) return false;
    const KindEntries blocks = index_->ReadKinds(kinds, behind + 1);
    ONRECORD_RETURN_IF_ERROR(blocks.status());
    return blocks.Valid();
  }
  absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) override {
    return index_->FindText(hash);
  }
  absl::StatusOr<RecordedCommit> ReadCommit(uint64_t key) override {
    return RecordedCommit::Read(*store_, key);
  }
  absl::StatusOr<RecordedEvent> ReadEvent(uint64_t log_position) override {
    return onrecord::ReadEvent(*store_, log_position);
  }

 private:
  const LogStore* const store_;
  LogIndex* const index_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LEVELDB_LOOKUP_H_
