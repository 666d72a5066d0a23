// The appends that are written together: decides which go through, and lays
// them out.

#ifndef ONRECORD_STORAGE_APPEND_GROUP_H_
#define ONRECORD_STORAGE_APPEND_GROUP_H_

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
#include "storage/hash.h"
#include "storage/log_lookup.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// Events are laid out in blocks of about this many bytes: what a reader of one
// event reads.
inline constexpr size_t kBlockBytes = 4000;

// A text to be written under its number.
struct TextWrite {
  uint64_t number = 0;
  Sha256Hash hash;

  // Of the append that brought it. Absent: it is erased.
  std::optional<absl::string_view> text;
};

// Lays out several appends, each seeing those before it. Reuse one for many
// groups: it keeps its memory.
// Thread-compatible; nothing else may append while it is in use.
class AppendGroup {
 public:
  // `log` must outlive it.
  explicit AppendGroup(LogLookup* log) : log_(log) {}

  // Begins anew, where the log ends. `now_us` is when the commits are recorded,
  // unless the last one before was later.
  void Start(const LogEnd& end, int64_t now_us);

  // Decides on `append`, which must outlive the group, and adds it if it goes
  // through. Returns what EventLog::Append does.
  absl::StatusOr<AppendResult> Add(const PreparedAppend& append);

  // Decides on a commit of another log, which must outlive the group. Returns
  // what EventLog::ImportCommit does.
  absl::StatusOr<AppendResult> AddImport(const PreparedImport& import);

  // A failure after which half of an append was added, and nothing must be
  // written.
  const absl::Status& broken() const { return broken_; }

  // What was added, to be written in one step; a text may be written twice, the
  // later one counts.
  const std::vector<std::vector<EncodedBlock>>& commits() const {
    return commits_;
  }
  const std::vector<TextWrite>& texts() const { return text_writes_; }

  // Where the log ends with it.
  const LogEnd& end() const { return end_; }

 private:
  struct Added {
    const PreparedAppend* append;
    AppendResult result;
  };

  absl::StatusOr<std::optional<AppendResult>> FindRecorded(
      const PreparedAppend& append);
  absl::Status CheckCondition(const PreparedAppend& append);
  absl::Status CheckRevisions(const PreparedAppend& append);
  absl::Status CheckEventIds(const PreparedAppend& append);
  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream);
  absl::Status AddText(const Sha256Hash& hash,
                       std::optional<absl::string_view> text);
  absl::Status EraseText(const Sha256Hash& hash);
  bool IsAdded(const RecordedCommit& commit) const;
  absl::StatusOr<AppendResult> FindImported(const RecordedCommit& commit);
  absl::Status CheckImport(const PreparedImport& import);
  absl::StatusOr<AppendResult> AddImportedCommit(const PreparedImport& import);
  absl::Status EraseForgotten(const Block& block);

  // Notes that the batch is not to be written if `result` is a failure.
  absl::StatusOr<AppendResult> Keep(absl::StatusOr<AppendResult> result);
  absl::StatusOr<AppendResult> AddCommit(const PreparedAppend& append);

  LogLookup* const log_;
  int64_t now_us_ = 0;
  LogEnd end_;

  absl::Status broken_;
  std::vector<std::vector<EncodedBlock>> commits_;
  std::vector<TextWrite> text_writes_;

  // What the appends of this group changed.
  absl::flat_hash_map<absl::string_view, Added> by_commit_id_;
  absl::flat_hash_set<absl::string_view> imported_commit_ids_;
  uint64_t kinds_ = 0;
  absl::flat_hash_map<absl::string_view, uint64_t> next_revisions_;

  // Of the streams of the append that was checked last, in its order.
  std::vector<uint64_t> checked_revisions_;
  absl::flat_hash_set<absl::string_view> event_ids_;
  absl::flat_hash_map<Sha256Hash, uint64_t> texts_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_APPEND_GROUP_H_
