// Where things stand in the log: streams, commit ids, event ids, texts, and the
// Merkle tree. All of it can be made again from the log.

#ifndef ONRECORD_STORAGE_LOG_INDEX_H_
#define ONRECORD_STORAGE_LOG_INDEX_H_

#include <leveldb/db.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/block.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/hash_tree.h"
#include "storage/index_changes.h"
#include "storage/leaf_hasher.h"
#include "storage/leveldb_store.h"

namespace onrecord {

// How far the index follows the log.
struct IndexCheckpoint {
  uint64_t commits = 0;
  uint64_t last_log_position = 0;

  // Of the block that ends there; tells whether it is the same log.
  uint64_t block_checksum = 0;
  int64_t recorded_time_us = 0;
  uint64_t streams = 0;
  uint64_t texts = 0;
};

// Gives the entries of one stream in the order of reading, each standing for
// the revisions up to the next one's. Thread-compatible; destroyed before its
// index, which may change meanwhile.
class StreamEntries {
 public:
  bool Valid() const { return next_ < entries_.size(); }

  // REQUIRES: Valid().
  const StreamEntry& entry() const { return entries_[next_]; }
  void Next();

  absl::Status status() const { return status_; }

 private:
  friend class LogIndex;

  StreamEntries(std::unique_ptr<leveldb::Iterator> iterator,
                absl::string_view stream, std::vector<StreamEntry> pending,
                uint64_t revision, Direction direction);

  void SeekStored(uint64_t revision);
  bool LoadStored();
  void GivePending();
  void DropBeyond(uint64_t revision);

  std::unique_ptr<leveldb::Iterator> iterator_;
  std::string prefix_;
  std::vector<StreamEntry> pending_;  // ascending, newer than what is stored
  Direction direction_;
  std::vector<StreamEntry> entries_;  // in the order of reading
  size_t next_ = 0;
  absl::Status status_;
};

// Blocks that hold events of some kinds, in ascending order of their keys.
// Thread-compatible; destroyed before its index.
class KindEntries {
 public:
  bool Valid() const { return next_ < blocks_.size(); }

  // The block's key, and all its kinds. REQUIRES: Valid().
  uint64_t block() const { return blocks_[next_].first; }
  uint64_t kinds() const { return blocks_[next_].second; }
  void Next();

  absl::Status status() const { return status_; }

 private:
  friend class LogIndex;

  KindEntries(std::unique_ptr<leveldb::Iterator> iterator,
              std::vector<BlockKinds> pending, uint64_t kinds, uint64_t from);

  void Load();
  void Give(const std::vector<BlockKinds>& blocks);

  std::unique_ptr<leveldb::Iterator> iterator_;
  std::vector<BlockKinds> pending_;
  const uint64_t kinds_;
  const uint64_t from_;
  std::vector<BlockKinds> blocks_;
  size_t next_ = 0;
  absl::Status status_;
};

// Follows the log commit by commit. What is new is kept in memory, and goes to
// LevelDB in large steps, which a thread of its own takes while the index goes
// on: until then the index answers from memory, and from LevelDB as it was
// before.
//
// Thread-compatible.
class LogIndex {
 public:
  // As in LogOptions.
  static constexpr size_t kDefaultLagBytes = 32 << 20;

  // Opens the index in `dir`, creating it if it is missing. What is kept in
  // memory is about `lag_bytes` of the log. After DATA_LOSS it can be destroyed
  // and built again.
  static absl::StatusOr<std::unique_ptr<LogIndex>> Open(
      absl::string_view dir, leveldb::Env* env,
      size_t lag_bytes = kDefaultLagBytes);
  ~LogIndex();

  // Deletes the index in `dir`, which must not be open.
  static absl::Status Destroy(absl::string_view dir, leveldb::Env* env);

  // How far it goes, with what is only in memory.
  const IndexCheckpoint& checkpoint() const { return checkpoint_; }

  // Takes up the next commit. REQUIRES: it follows the last one.
  absl::Status Add(absl::Span<const Block> commit);

  // Begins to write what is only in memory if it is much; an earlier write that
  // failed is found out here. After a failure the index goes on answering, but
  // must not be added to.
  absl::Status MaybeFlush();

  // Writes everything that is only in memory.
  absl::Status Flush();

  // The revision that the stream's next event will have; 0 if it has none.
  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream);

  // The key of the first block of the commit with this id, and the log position
  // of the event with this id that was not given by the log. Another id may
  // have the same hash: whoever asks must compare.
  absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) const;
  absl::StatusOr<std::optional<uint64_t>> FindEvent(
      absl::string_view event_id) const;

  // The number of a text. Texts are numbered from 0 as commits bring them.
  absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) const;

  // Entries of a stream, from the one that `revision` falls in.
  StreamEntries ReadStream(absl::string_view stream, uint64_t revision,
                           Direction direction) const;

  // Blocks with any of `kinds` (see KindBit), from the log position `from` on.
  KindEntries ReadKinds(uint64_t kinds, uint64_t from) const;

  // The tree over all commits. Valid until the next Add.
  const HashTree& tree() {
    hasher_.Finish();
    return tree_;
  }

 private:
  // What is being written. Only `status` and `done` change, by `thread`.
  struct Writing {
    IndexChanges changes;
    absl::flat_hash_map<std::string, std::string> tiles;  // by key
    std::string checkpoint;

    // LevelDB without all this.
    const leveldb::Snapshot* before = nullptr;
    std::thread thread;
    absl::Status status;
    std::atomic<bool> done{false};
  };

  LogIndex(std::unique_ptr<LevelDbStore> store, size_t lag_bytes);

  absl::Status LoadCheckpoint();
  absl::Status AddRuns(const Block& block);
  absl::StatusOr<uint64_t*> KeptNextRevision(absl::string_view stream);
  absl::Status AddTexts(absl::string_view texts);

  // `settle` makes later lookups faster, at the price of a table.
  void StartWriting(bool settle);
  absl::Status Write(const Writing& writing);

  // Waits until nothing is being written.
  absl::Status FinishWriting();

  const leveldb::Snapshot* before() const {
    return writing_ == nullptr ? nullptr : writing_->before;
  }
  template <typename T>
  T FindInMemory(absl::FunctionRef<T(const IndexChanges&)> find) const;
  absl::StatusOr<std::optional<uint64_t>> FindNumber(
      absl::string_view key) const;
  absl::StatusOr<std::optional<std::string>> ReadTile(
      const std::string& key) const;

  const std::unique_ptr<LevelDbStore> store_;
  const size_t lag_bytes_;
  IndexCheckpoint checkpoint_;
  HashTree tree_;
  LeafHasher hasher_{&tree_};
  IndexChanges changes_;

  // Null if nothing is being written.
  std::unique_ptr<Writing> writing_;

  // Next revisions of streams used of late, written or not.
  absl::flat_hash_map<std::string, uint64_t> next_revisions_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_INDEX_H_
