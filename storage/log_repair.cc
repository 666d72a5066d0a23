#include "storage/log_repair.h"

#include <leveldb/env.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/env_files.h"
#include "storage/head_marker.h"
#include "storage/leveldb_store.h"
#include "storage/leveldb_wal.h"
#include "storage/lock_holder.h"
#include "storage/log_directory.h"
#include "storage/log_recovery.h"
#include "storage/log_store.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

class Repair {
 public:
  Repair(leveldb::Env* env, absl::string_view dir, const RepairOptions& options)
      : env_(env), paths_(dir), options_(options) {}

  absl::StatusOr<RepairReport> Run() {
    ONRECORD_RETURN_IF_ERROR(
        PrepareLogDirectory(env_, paths_, /*create_if_missing=*/false));
    ReadMark();
    ONRECORD_RETURN_IF_ERROR(CutWriteAheadLogsAlone());
    ONRECORD_RETURN_IF_ERROR(RepairStore());
    return std::move(report_);
  }

 private:
  void Did(std::string action) { report_.actions.push_back(std::move(action)); }

  void ReadMark() {
    const absl::StatusOr<std::optional<HeadMark>> mark =
        HeadMarker::Read(env_, paths_.head);
    if (mark.ok() && mark->has_value()) {
      mark_ = **mark;
    } else {
      Did("the head marker was missing or unreadable: what was acknowledged "
          "is not known");
    }
  }

  // Cuts them under LevelDB's own lock, which opening the store takes again.
  absl::Status CutWriteAheadLogsAlone() {
    if (!env_->FileExists(absl::StrCat(paths_.log, "/CURRENT"))) {
      return absl::OkStatus();
    }
    const std::string path = absl::StrCat(paths_.log, "/LOCK");
    leveldb::FileLock* lock = nullptr;
    if (!env_->LockFile(path, &lock).ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat(paths_.dir, " is open (", DescribeLockHolder(path),
                       "); close it first"));
    }
    const absl::Status status = CutWriteAheadLogs();
    env_->UnlockFile(lock);
    return status;
  }

  // LevelDB refuses to open over damage in its write-ahead log.
  absl::Status CutWriteAheadLogs() {
    std::vector<std::string> children;
    env_->GetChildren(paths_.log, &children);
    std::sort(children.begin(), children.end());
    for (const std::string& child : children) {
      if (!absl::EndsWith(child, ".log")) continue;
      const std::string path = absl::StrCat(paths_.log, "/", child);
      std::string contents;
      const leveldb::Status status =
          leveldb::ReadFileToString(env_, path, &contents);
      if (!status.ok()) return FromLevelDb(status, path);
      const WalScan scan = ScanWal(contents, LogStore::kBlockKey);
      if (scan.damage.empty()) continue;
      ONRECORD_RETURN_IF_ERROR(CheckCut(path, scan));
      ONRECORD_RETURN_IF_ERROR(
          Replace(absl::StrCat(child, ".damaged"), contents));
      ONRECORD_RETURN_IF_ERROR(
          Replace(child, contents.substr(0, scan.whole_bytes)));
      Did(absl::StrCat(path, ", ", scan.damage, ": cut from byte ",
                       scan.whole_bytes, " on, ",
                       contents.size() - scan.whole_bytes, " bytes"));
    }
    return absl::OkStatus();
  }

  // Whether what was acknowledged may be behind the place of a cut. What stands
  // before the first event of this file is in another file.
  absl::Status CheckCut(const std::string& path, const WalScan& scan) const {
    if (options_.give_up_acknowledged || mark_.commits == 0) {
      return absl::OkStatus();
    }
    const bool known = !scan.first_key.empty();
    if (known &&
        (mark_.last_log_position < LogStore::PositionOfKey(scan.first_key) ||
         mark_.last_log_position <= LogStore::PositionOfKey(scan.last_key))) {
      return absl::OkStatus();
    }
    return absl::DataLossError(absl::StrCat(
        path, ", ", scan.damage, ": acknowledged events up to log position ",
        mark_.last_log_position,
        " may stand behind it; restore a backup, or give them up"));
  }

  absl::Status Replace(const std::string& name, const std::string& contents) {
    return FromLevelDb(ReplaceFile(env_, paths_.log, name, contents),
                       absl::StrCat("writing ", name));
  }

  absl::Status RepairStore() {
    LevelDbOptions leveldb_options;
    leveldb_options.env = env_;
    leveldb_options.create_if_missing = false;
    ONRECORD_RETURN_IF_ERROR(FindWhole(leveldb_options));
    if (end_.commits < mark_.commits) {
      report_.acknowledged_commits_lost = mark_.commits - end_.commits;
      const std::string lost = absl::StrCat(
          "log positions ", end_.last_log_position + 1, " to ",
          mark_.last_log_position, ": ", mark_.commits - end_.commits,
          " acknowledged commits are lost");
      if (!options_.give_up_acknowledged) {
        return absl::DataLossError(
            absl::StrCat(lost, "; restore a backup, or give them up"));
      }
      Did(lost);
    }
    ONRECORD_RETURN_IF_ERROR(CutBehind(end_.last_log_position));
    ONRECORD_RETURN_IF_ERROR(
        HeadMarker::Create(env_, paths_.head, end_).status());
    ONRECORD_RETURN_IF_ERROR(RebuildIndex(env_, paths_, *store_).status());
    report_.commits = end_.commits;
    report_.last_log_position = end_.last_log_position;
    return absl::OkStatus();
  }

  // Finds the end of the log's whole beginning.
  absl::Status FindWhole(const LevelDbOptions& leveldb_options) {
    absl::StatusOr<std::unique_ptr<LogStore>> store =
        LogStore::Open(paths_.log, leveldb_options);
    if (absl::IsNotFound(store.status())) {
      return absl::DataLossError(store.status().message());
    }
    ONRECORD_ASSIGN_OR_RETURN(store_, std::move(store));
    BlockIterator blocks = store_->NewIterator(/*fill_cache=*/false);
    blocks.Seek(1);
    while (blocks.Valid() || !blocks.status().ok()) {
      const absl::StatusOr<RecordedCommit> commit =
          RecordedCommit::ReadNext(&blocks);
      const uint64_t next = end_.last_log_position + 1;
      if (!commit.ok() ||
          commit->blocks().front().first_log_position() != next) {
        hole_ = commit.ok() ? absl::StrCat("log position ", next,
                                           ": the event is missing")
                            : std::string(commit.status().message());
        return absl::OkStatus();
      }
      const Block& last = commit->blocks().back();
      end_.commits = last.commit() + 1;
      end_.last_log_position = last.last_log_position();
      end_.block_checksum = last.checksum();
    }
    return absl::OkStatus();
  }

  absl::Status CutBehind(uint64_t log_position) {
    leveldb::WriteBatch batch;
    uint64_t blocks_cut = 0;
    uint64_t last = 0;
    BlockIterator blocks = store_->NewIterator(/*fill_cache=*/false);
    for (blocks.Seek(log_position + 1); blocks.Valid(); blocks.Next()) {
      LogStore::DeleteBlock(blocks.key(), &batch);
      last = blocks.key();
      ++blocks_cut;
    }
    if (blocks_cut == 0) return absl::OkStatus();
    ONRECORD_RETURN_IF_ERROR(store_->Write(&batch, /*sync=*/true));
    Did(absl::StrCat(hole_, "; cut the events behind it, up to log position ",
                     last, ", which were not acknowledged as synced"));
    return absl::OkStatus();
  }

  leveldb::Env* const env_;
  const LogPaths paths_;
  const RepairOptions options_;
  RepairReport report_;
  HeadMark mark_;
  HeadMark end_;
  std::string hole_;
  std::unique_ptr<LogStore> store_;
};

}  // namespace

absl::StatusOr<RepairReport> RepairLog(absl::string_view dir,
                                       const RepairOptions& options) {
  leveldb::Env* const env =
      options.env != nullptr ? options.env : leveldb::Env::Default();
  return Repair(env, dir, options).Run();
}

}  // namespace onrecord
