// What the index has taken up from the log and not written yet.

#ifndef ONRECORD_STORAGE_INDEX_CHANGES_H_
#define ONRECORD_STORAGE_INDEX_CHANGES_H_

#include <leveldb/write_batch.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "storage/index_keys.h"

namespace onrecord {

// Where some events of a stream stand.
struct StreamEntry {
  uint64_t first_revision = 0;

  // Of the block that holds them: its key.
  uint64_t block = 0;
};

// The key of a block and the set of kinds in it.
using BlockKinds = std::pair<uint64_t, uint64_t>;

// Entries by what they are looked up by, sorted only when they are written:
// random keys, one at a time, are what would make an index cost more than the
// log. Thread-compatible.
class IndexChanges {
 public:
  void AddCommitId(const IdHash& hash, uint64_t block) {
    commits_[hash] = block;
    ++entries_;
  }
  void AddEventId(const IdHash& hash, uint64_t log_position) {
    events_[hash] = log_position;
    ++entries_;
  }
  void AddText(absl::string_view sha256, uint64_t number) {
    texts_[sha256] = number;
    ++entries_;
  }
  void AddRun(absl::string_view stream, const StreamEntry& entry,
              uint64_t next_revision);
  void AddBlock(const BlockKinds& kinds, size_t bytes) {
    kinds_.push_back(kinds);
    log_bytes_ += bytes;
  }

  // Nothing, or null, if there is no entry.
  std::optional<uint64_t> FindCommit(const IdHash& hash) const;
  std::optional<uint64_t> FindEvent(const IdHash& hash) const;
  std::optional<uint64_t> FindText(absl::string_view sha256) const;
  std::optional<uint64_t> NextRevision(absl::string_view stream) const;

  // In order; none if there is nothing of the stream.
  std::vector<StreamEntry> FindStream(absl::string_view stream) const;

  // Of all blocks, in the order of the log.
  const std::vector<BlockKinds>& kinds() const { return kinds_; }

  bool empty() const { return kinds_.empty(); }
  uint64_t entries() const { return entries_; }

  // Of the log that they are about.
  uint64_t log_bytes() const { return log_bytes_; }

  void PutTo(leveldb::WriteBatch* batch) const;

 private:
  static constexpr size_t kNone = std::numeric_limits<size_t>::max();

  // Of whichever stream: what is added last is next to what was before, not
  // where its stream is.
  struct Run {
    StreamEntry entry;
    size_t previous = kNone;  // of the same stream
  };
  struct Stream {
    size_t last = kNone;
    uint64_t next_revision = 0;
  };

  std::vector<StreamEntry> EntriesOf(const Stream& stream) const;

  uint64_t entries_ = 0;
  uint64_t log_bytes_ = 0;
  absl::flat_hash_map<IdHash, uint64_t> commits_;
  absl::flat_hash_map<IdHash, uint64_t> events_;
  absl::flat_hash_map<std::string, uint64_t> texts_;
  absl::flat_hash_map<std::string, Stream> streams_;
  std::vector<Run> runs_;
  std::vector<BlockKinds> kinds_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_INDEX_CHANGES_H_
