// The appends that are written together: decides which go through, and lays
// them out.

#ifndef ONRECORD_STORAGE_APPEND_GROUP_H_
#define ONRECORD_STORAGE_APPEND_GROUP_H_

#include <leveldb/write_batch.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/block.h"
#include "storage/event_log.h"
#include "storage/log_index.h"
#include "storage/log_store.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// Events are laid out in blocks of about this many bytes: what a reader of one
// event reads.
inline constexpr size_t kBlockBytes = 4000;

// Builds one batch from several appends, each seeing those before it. Reuse one
// for many groups: it keeps its memory.
// Thread-compatible; nothing else may append while it is in use.
class AppendGroup {
 public:
  // Both must outlive it.
  AppendGroup(const LogStore* store, LogIndex* index)
      : store_(store), index_(index) {}

  // Begins anew, at the end of the log. `now_us` is when the commits are
  // recorded, unless the last one before was later.
  void Start(int64_t now_us);

  // Decides on `append`, which must outlive the group, and adds it to the batch
  // if it goes through. Returns what EventLog::Append does.
  absl::StatusOr<AppendResult> Add(const PreparedAppend& append);

  // Decides on a commit of another log. Returns what EventLog::ImportCommit
  // does.
  absl::StatusOr<AppendResult> AddImport(const PreparedImport& import);

  // Numbers of texts that were erased, to be purged once that is written.
  const std::vector<uint64_t>& erased() const { return erased_; }

  // A failure after which the batch holds half of an append, and must not be
  // written.
  const absl::Status& broken() const { return broken_; }

  // What was added.
  leveldb::WriteBatch* batch() { return &batch_; }
  const std::vector<std::vector<EncodedBlock>>& commits() const {
    return commits_;
  }

 private:
  struct Added {
    const PreparedAppend* append;
    AppendResult result;
  };

  absl::StatusOr<std::optional<AppendResult>> FindRecorded(
      const PreparedAppend& append);
  absl::Status CheckRevisions(const PreparedAppend& append);
  absl::Status CheckEventIds(const PreparedAppend& append);
  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream);
  absl::Status AddText(const Sha256Hash& hash,
                       const std::optional<std::string>& text);
  absl::Status EraseText(const Sha256Hash& hash);
  absl::StatusOr<AppendResult> FindImported(const RecordedCommit& commit) const;
  absl::Status CheckImport(const PreparedImport& import);
  absl::StatusOr<AppendResult> AddImportedCommit(const PreparedImport& import);
  absl::Status EraseForgotten(const Block& block);

  // Notes that the batch is not to be written if `result` is a failure.
  absl::StatusOr<AppendResult> Keep(absl::StatusOr<AppendResult> result);
  absl::StatusOr<AppendResult> AddCommit(const PreparedAppend& append);

  const LogStore* const store_;
  LogIndex* const index_;
  int64_t recorded_time_us_ = 0;
  uint64_t next_commit_ = 0;
  uint64_t next_log_position_ = 0;
  uint64_t next_text_ = 0;

  absl::Status broken_;
  leveldb::WriteBatch batch_;
  std::vector<std::vector<EncodedBlock>> commits_;

  // What the appends of this group changed.
  absl::flat_hash_map<absl::string_view, Added> by_commit_id_;
  absl::flat_hash_map<absl::string_view, uint64_t> next_revisions_;
  absl::flat_hash_set<absl::string_view> event_ids_;
  absl::flat_hash_map<absl::string_view, uint64_t> texts_;
  std::vector<uint64_t> erased_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_APPEND_GROUP_H_
