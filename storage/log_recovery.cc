#include "storage/log_recovery.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The end of the log: all zero if it is empty.
absl::StatusOr<HeadMark> FindEnd(const LogStore& store) {
  BlockIterator blocks = store.NewIterator(/*fill_cache=*/false);
  blocks.SeekToLast();
  if (!blocks.status().ok()) {
    return LogDamage(blocks.Valid() ? blocks.key() : 0,
                     blocks.status().message());
  }
  HeadMark end;
  if (!blocks.Valid()) return end;
  const Block& block = blocks.block();
  if (!block.ends_commit()) {
    return LogDamage(block.last_log_position() + 1,
                     "the rest of the commit is missing");
  }
  end.commits = block.commit() + 1;
  end.last_log_position = block.last_log_position();
  end.block_checksum = block.checksum();
  return end;
}

// Checks that what was once known to be on disk is there.
absl::Status CheckMark(const LogStore& store, const HeadMark& mark,
                       const HeadMark& end) {
  if (mark.commits == 0) return absl::OkStatus();
  if (mark.last_log_position > end.last_log_position ||
      mark.commits > end.commits) {
    return absl::DataLossError(absl::StrCat(
        "log positions ", end.last_log_position + 1, " to ",
        mark.last_log_position, ": acknowledged events are missing at the end ",
        "of the log (", mark.commits - std::min(end.commits, mark.commits),
        " commits)"));
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::string bytes,
                            store.GetBlock(mark.last_log_position));
  Block block;
  const absl::Status status = block.Parse(bytes);
  if (!status.ok()) return LogDamage(mark.last_log_position, status.message());
  if (block.checksum() != mark.block_checksum ||
      block.commit() + 1 != mark.commits) {
    return LogDamage(mark.last_log_position,
                     "another block than the one that was acknowledged");
  }
  return absl::OkStatus();
}

// Checks that the last `bytes` of the log have no hole: a loss of power can
// leave one where the end of one write-ahead log is gone, and the next is not.
absl::Status CheckTail(const LogStore& store, uint64_t bytes) {
  BlockIterator blocks = store.NewIterator(/*fill_cache=*/false);
  blocks.SeekToLast();
  uint64_t seen = 0;
  uint64_t next = 0;  // first log position of the block after
  while (blocks.status().ok() && blocks.Valid() && seen < bytes) {
    const Block& block = blocks.block();
    if (next != 0 && block.last_log_position() + 1 != next) {
      return absl::DataLossError(
          absl::StrCat("log positions ", block.last_log_position() + 1, " to ",
                       next - 1, ": the events are missing"));
    }
    next = block.first_log_position();
    seen += blocks.bytes().size();
    blocks.Prev();
  }
  if (!blocks.status().ok()) {
    return LogDamage(blocks.Valid() ? blocks.key() : next - 1,
                     blocks.status().message());
  }
  if (!blocks.Valid() && next > 1) {
    return absl::DataLossError(absl::StrCat("log positions 1 to ", next - 1,
                                            ": the events are missing"));
  }
  return absl::OkStatus();
}

// Whether the index describes the beginning of this log.
absl::StatusOr<bool> IsIndexOf(const LogStore& store,
                               const IndexCheckpoint& checkpoint,
                               const HeadMark& end) {
  if (checkpoint.commits == 0) return true;
  if (checkpoint.last_log_position > end.last_log_position) return false;
  const absl::StatusOr<std::string> bytes =
      store.GetBlock(checkpoint.last_log_position);
  if (absl::IsDataLoss(bytes.status())) return false;
  if (!bytes.ok()) return bytes.status();
  Block block;
  return block.Parse(*bytes).ok() &&
         block.checksum() == checkpoint.block_checksum;
}

// Brings `index` up to the end of the log.
absl::Status CatchUp(const LogStore& store, LogIndex* index) {
  BlockIterator blocks = store.NewIterator(/*fill_cache=*/false);
  blocks.Seek(index->checkpoint().last_log_position + 1);
  while (blocks.Valid() || !blocks.status().ok()) {
    const uint64_t expected = index->checkpoint().last_log_position + 1;
    ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                              RecordedCommit::ReadNext(&blocks));
    if (commit.blocks().front().first_log_position() != expected ||
        commit.blocks().front().commit() != index->checkpoint().commits) {
      return LogDamage(expected, "the event is missing");
    }
    ONRECORD_RETURN_IF_ERROR(index->Add(commit.blocks()));
    ONRECORD_RETURN_IF_ERROR(index->MaybeFlush());
  }
  return absl::OkStatus();
}

// Opens the index and brings it up to the log. What the index holds stands in
// the log as well, so an index that is damaged or of another log is made again.
absl::StatusOr<std::unique_ptr<LogIndex>> OpenIndex(leveldb::Env* env,
                                                    const LogPaths& paths,
                                                    const LogStore& store,
                                                    const HeadMark& end,
                                                    size_t lag_bytes) {
  absl::StatusOr<std::unique_ptr<LogIndex>> index =
      LogIndex::Open(paths.index, env, lag_bytes);
  if (absl::IsDataLoss(index.status())) {
    return RebuildIndex(env, paths, store, lag_bytes);
  }
  if (!index.ok()) return index.status();
  ONRECORD_ASSIGN_OR_RETURN(const bool fits,
                            IsIndexOf(store, (*index)->checkpoint(), end));
  if (!fits) {
    index->reset();
    return RebuildIndex(env, paths, store, lag_bytes);
  }
  ONRECORD_RETURN_IF_ERROR(CatchUp(store, index->get()));
  return index;
}

// LevelDB would make an empty database where only the file CURRENT is gone, and
// delete the tables.
absl::Status CheckNoTables(leveldb::Env* env, const std::string& dir) {
  std::vector<std::string> children;
  env->GetChildren(dir, &children);
  if (env->FileExists(absl::StrCat(dir, "/CURRENT"))) return absl::OkStatus();
  for (const std::string& child : children) {
    if (absl::EndsWith(child, ".ldb")) {
      return absl::DataLossError(absl::StrCat(dir, "/CURRENT is missing"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<LogStore>> OpenStore(
    leveldb::Env* env, const LogPaths& paths, const RecoveryOptions& options,
    bool is_new) {
  if (is_new) ONRECORD_RETURN_IF_ERROR(CheckNoTables(env, paths.log));
  LevelDbOptions leveldb_options;
  leveldb_options.env = env;
  leveldb_options.create_if_missing = is_new;
  leveldb_options.write_buffer_bytes = options.write_buffer_bytes;
  leveldb_options.cache_bytes = options.cache_bytes;
  leveldb_options.max_file_bytes = 32 << 20;
  absl::StatusOr<std::unique_ptr<LogStore>> store =
      LogStore::Open(paths.log, leveldb_options);
  if (absl::IsNotFound(store.status())) {
    return absl::DataLossError(
        absl::StrCat("the log is gone: ", store.status().message()));
  }
  return store;
}

}  // namespace

absl::StatusOr<OpenedLog> RecoverLog(leveldb::Env* env, const LogPaths& paths,
                                     const RecoveryOptions& options) {
  ONRECORD_RETURN_IF_ERROR(
      PrepareLogDirectory(env, paths, options.create_if_missing));
  OpenedLog log;
  // LevelDB's lock comes with the store, so nothing is written before it.
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<HeadMark> mark,
                            HeadMarker::Read(env, paths.head));
  ONRECORD_ASSIGN_OR_RETURN(log.store,
                            OpenStore(env, paths, options, !mark.has_value()));
  ONRECORD_ASSIGN_OR_RETURN(HeadMark end, FindEnd(*log.store));
  if (mark.has_value()) {
    ONRECORD_RETURN_IF_ERROR(CheckMark(*log.store, *mark, end));
  } else if (end.commits > 0) {
    return absl::DataLossError(absl::StrCat(
        paths.head, " is missing, so the end of the log cannot be checked"));
  }
  if (mark.has_value() && !mark->closed) {
    ONRECORD_RETURN_IF_ERROR(
        CheckTail(*log.store, 2 * options.write_buffer_bytes));
  }
  ONRECORD_ASSIGN_OR_RETURN(log.index, OpenIndex(env, paths, *log.store, end,
                                                 options.index_lag_bytes));
  if (mark.has_value() && mark->closed && mark->commits == end.commits) {
    // Whoever only reads need not wait for the disk.
    log.marker = HeadMarker::Closed(env, paths.head);
    return log;
  }
  ONRECORD_ASSIGN_OR_RETURN(log.marker,
                            HeadMarker::Create(env, paths.head, end));
  return log;
}

absl::StatusOr<std::unique_ptr<LogIndex>> RebuildIndex(leveldb::Env* env,
                                                       const LogPaths& paths,
                                                       const LogStore& store,
                                                       size_t lag_bytes) {
  ONRECORD_RETURN_IF_ERROR(LogIndex::Destroy(paths.index, env));
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LogIndex> index,
                            LogIndex::Open(paths.index, env, lag_bytes));
  ONRECORD_RETURN_IF_ERROR(CatchUp(store, index.get()));
  return index;
}

}  // namespace onrecord
