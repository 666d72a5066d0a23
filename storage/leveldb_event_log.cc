#include "storage/leveldb_event_log.h"

#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>

#include <algorithm>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/commit_queue.h"
#include "storage/log_directory.h"
#include "storage/log_env.h"
#include "storage/log_readers.h"
#include "storage/log_recovery.h"
#include "storage/log_state.h"
#include "storage/log_verifier.h"
#include "storage/merkle_tree.h"
#include "storage/mutex.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"
#include "storage/read_only_env.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

class LevelDbEventLog : public EventLog {
 public:
  LevelDbEventLog(LogPaths paths, const LogOptions& options,
                  std::unique_ptr<leveldb::Env> owned_env)
      : paths_(std::move(paths)),
        options_(options),
        owned_env_(std::move(owned_env)),
        env_(owned_env_ != nullptr    ? owned_env_.get()
             : options.env != nullptr ? options.env
                                      : leveldb::Env::Default()) {}

  absl::Status Open();

  std::unique_ptr<EventReader> ReadLog(uint64_t log_position,
                                       const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadStream(absl::string_view stream,
                                          uint64_t revision,
                                          const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadKinds(absl::Span<const int> body_fields,
                                         uint64_t log_position,
                                         const ReadOptions& options) override;
  uint64_t last_log_position() const override {
    return state_.last_log_position;
  }
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) override;
  absl::StatusOr<AppendResult> FindCommit(absl::string_view commit_id) override;
  absl::StatusOr<RecordedEvent> FindEvent(absl::string_view event_id) override;
  absl::StatusOr<std::string> GetText(absl::string_view sha256) override;
  absl::StatusOr<Head> GetHead() override;
  bool WaitForEvents(uint64_t log_position, absl::Duration timeout) override;
  absl::StatusOr<InclusionProof> ProveInclusion(uint64_t log_position,
                                                uint64_t commits) override;
  absl::StatusOr<ConsistencyProof> ProveConsistency(
      uint64_t old_commits, uint64_t new_commits) override;
  absl::StatusOr<CommitRecord> ReadCommit(uint64_t log_position) override;
  absl::StatusOr<AppendResult> ImportCommit(const CommitRecord& commit,
                                            bool sync) override;
  absl::StatusOr<LogStats> Stats() override;
  absl::StatusOr<VerifyReport> Verify(
      absl::FunctionRef<void(const Damage&)> on_damage) override;

 protected:
  absl::StatusOr<AppendResult> DoAppend(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override;
  std::future<absl::StatusOr<AppendResult>> DoAppendAsync(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override;

 private:
  // The root of the tree over the first `commits`. Returns OUT_OF_RANGE if
  // there are not as many.
  absl::StatusOr<LogHead> HeadOf(uint64_t commits)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mu);
  absl::StatusOr<Sha256Hash> Node(int level, uint64_t index)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mu) {
    return state_.index->tree().Node(level, index);
  }

  // Constant after Open.
  absl::Status CheckWritable() const {
    if (!options_.read_only) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat(paths_.dir, " is open read-only"));
  }

  const LogPaths paths_;
  const LogOptions options_;
  const std::unique_ptr<leveldb::Env> owned_env_;
  leveldb::Env* const env_;

  LogEnv log_env_{env_};
  LogState state_;
  std::unique_ptr<CommitQueue> queue_;
};

absl::Status LevelDbEventLog::Open() {
  RecoveryOptions recovery;
  recovery.create_if_missing = options_.create_if_missing;
  recovery.write_buffer_bytes = options_.write_buffer_bytes;
  recovery.cache_bytes = options_.cache_bytes;
  recovery.index_lag_bytes = options_.index_lag_bytes;
  ONRECORD_ASSIGN_OR_RETURN(OpenedLog opened,
                            RecoverLog(&log_env_, paths_, recovery));
  {
    MutexLock lock(&state_.mu);
    state_.store = std::move(opened.store);
    state_.index = std::move(opened.index);
    state_.last_log_position = state_.index->checkpoint().last_log_position;
  }
  queue_ = std::make_unique<CommitQueue>(&state_, std::move(opened.marker),
                                         options_.clock, paths_.dir);
  return absl::OkStatus();
}

absl::StatusOr<AppendResult> LevelDbEventLog::DoAppend(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options) {
  ONRECORD_RETURN_IF_ERROR(CheckWritable());
  ONRECORD_ASSIGN_OR_RETURN(
      PreparedAppend prepared,
      PreparedAppend::Make(appends, options, options_.max_commit_bytes));
  return queue_->Append(std::move(prepared));
}

std::future<absl::StatusOr<AppendResult>> LevelDbEventLog::DoAppendAsync(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options) {
  const absl::Status writable = CheckWritable();
  absl::StatusOr<PreparedAppend> prepared =
      writable.ok()
          ? PreparedAppend::Make(appends, options, options_.max_commit_bytes)
          : writable;
  if (prepared.ok()) return queue_->AppendAsync(*std::move(prepared));
  std::promise<absl::StatusOr<AppendResult>> promise;
  promise.set_value(prepared.status());
  return promise.get_future();
}

absl::StatusOr<AppendResult> LevelDbEventLog::ImportCommit(
    const CommitRecord& commit, bool sync) {
  ONRECORD_RETURN_IF_ERROR(CheckWritable());
  ONRECORD_ASSIGN_OR_RETURN(PreparedImport prepared,
                            PreparedImport::Make(commit));
  return queue_->Import(std::move(prepared), sync);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadLog(
    uint64_t log_position, const ReadOptions& options) {
  return NewLogReader(
      *state_.store, log_position,
      std::min<uint64_t>(options.known_at, state_.last_log_position),
      options.direction);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadStream(
    absl::string_view stream, uint64_t revision, const ReadOptions& options) {
  MutexLock lock(&state_.mu);
  const absl::StatusOr<uint64_t> next = state_.index->NextRevision(stream);
  if (!next.ok()) return NewEmptyReader(next.status());
  if (options.direction == Direction::kBackwards && *next > 0) {
    revision = std::min(revision, *next - 1);
  }
  if (revision >= *next) return NewEmptyReader(absl::OkStatus());
  return NewStreamReader(
      *state_.store,
      state_.index->ReadStream(stream, revision, options.direction), stream,
      revision, *next,
      std::min<uint64_t>(options.known_at, state_.last_log_position),
      options.direction);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadKinds(
    absl::Span<const int> body_fields, uint64_t log_position,
    const ReadOptions& options) {
  if (options.direction != Direction::kForwards) {
    return NewEmptyReader(absl::InvalidArgumentError(
        "`direction`: kinds of events are only read forwards"));
  }
  MutexLock lock(&state_.mu);
  return NewKindReader(
      *state_.store, *state_.index, body_fields, log_position,
      std::min<uint64_t>(options.known_at, state_.last_log_position));
}

absl::StatusOr<uint64_t> LevelDbEventLog::StreamRevision(
    absl::string_view stream) {
  MutexLock lock(&state_.mu);
  ONRECORD_ASSIGN_OR_RETURN(const uint64_t next,
                            state_.index->NextRevision(stream));
  if (next == 0) {
    return absl::NotFoundError(absl::StrCat("no stream ", stream));
  }
  return next - 1;
}

absl::StatusOr<AppendResult> LevelDbEventLog::FindCommit(
    absl::string_view commit_id) {
  std::optional<uint64_t> block;
  if (!commit_id.empty()) {
    MutexLock lock(&state_.mu);
    ONRECORD_ASSIGN_OR_RETURN(block, state_.index->FindCommit(commit_id));
  }
  const absl::Status not_found =
      absl::NotFoundError(absl::StrCat("no commit ", commit_id));
  if (!block.has_value()) return not_found;
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::Read(*state_.store, *block));
  if (commit.commit_id() != commit_id) return not_found;
  AppendResult result = commit.result();
  result.already_recorded = true;
  return result;
}

absl::StatusOr<RecordedEvent> LevelDbEventLog::FindEvent(
    absl::string_view event_id) {
  const absl::Status not_found =
      absl::NotFoundError(absl::StrCat("no event ", event_id));
  uint64_t log_position = 0;
  const size_t hash = event_id.rfind('#');
  if (hash == absl::string_view::npos) {
    MutexLock lock(&state_.mu);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> found,
                              state_.index->FindEvent(event_id));
    if (!found.has_value()) return not_found;
    log_position = *found;
  } else {
    if (!absl::SimpleAtoi(event_id.substr(hash + 1), &log_position)) {
      return not_found;
    }
    if (hash > 0) {
      const auto commit = FindCommit(event_id.substr(0, hash));
      if (absl::IsNotFound(commit.status())) return not_found;
      if (!commit.ok()) return commit.status();
      log_position += commit->first_log_position;
    }
  }
  if (log_position == 0 || log_position > state_.last_log_position)
    return not_found;
  ONRECORD_ASSIGN_OR_RETURN(RecordedEvent event,
                            ReadEvent(*state_.store, log_position));
  if (event.event().id() != event_id) return not_found;
  return event;
}

absl::StatusOr<std::string> LevelDbEventLog::GetText(absl::string_view sha256) {
  if (sha256.size() != kSha256Bytes) {
    return absl::InvalidArgumentError("`sha256` is not 32 bytes");
  }
  const Sha256Hash hash = ToSha256Hash(sha256);
  std::optional<uint64_t> number;
  {
    MutexLock lock(&state_.mu);
    ONRECORD_ASSIGN_OR_RETURN(number, state_.index->FindText(hash));
  }
  if (!number.has_value()) {
    return absl::NotFoundError(absl::StrCat("no text ", ToHex(sha256)));
  }
  return state_.store->GetText(*number, hash);
}

absl::StatusOr<Head> LevelDbEventLog::GetHead() {
  MutexLock lock(&state_.mu);
  ONRECORD_ASSIGN_OR_RETURN(const LogHead head,
                            HeadOf(state_.index->tree().size()));
  return Head{head.commits(), head.root()};
}

absl::StatusOr<LogHead> LevelDbEventLog::HeadOf(uint64_t commits) {
  if (commits > state_.index->tree().size()) {
    return absl::OutOfRangeError(absl::StrCat("the log has only ",
                                              state_.index->tree().size(),
                                              " commits, not ", commits));
  }
  ONRECORD_ASSIGN_OR_RETURN(
      const Sha256Hash root,
      TreeRoot(commits, [this](int level, uint64_t index)
                            ABSL_NO_THREAD_SAFETY_ANALYSIS {
                              return Node(level, index);
                            }));
  LogHead head;
  head.set_commits(commits);
  head.set_root(std::string(AsView(root)));
  return head;
}

bool LevelDbEventLog::WaitForEvents(uint64_t log_position,
                                    absl::Duration timeout) {
  // Time here bounds a wait; it is in no result, so it need not be a Clock's.
  const absl::Time deadline = absl::Now() + timeout;
  MutexLock lock(&state_.mu);
  while (state_.last_log_position <= log_position) {
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) return false;
    state_.appended.WaitFor(&state_.mu, left);
  }
  return true;
}

absl::StatusOr<InclusionProof> LevelDbEventLog::ProveInclusion(
    uint64_t log_position, uint64_t commits) {
  BlockIterator blocks = state_.store->NewIterator(/*fill_cache=*/true);
  blocks.Seek(log_position);
  if (!blocks.status().ok()) {
    return LogDamage(log_position, blocks.status().message());
  }
  if (log_position == 0 || log_position > state_.last_log_position ||
      !blocks.Valid()) {
    return absl::OutOfRangeError(
        absl::StrCat("no event at log position ", log_position));
  }
  const uint64_t first = blocks.block().commit_first_log_position();
  InclusionProof proof;
  proof.set_log_position(log_position);
  proof.set_commit(blocks.block().commit());
  ONRECORD_ASSIGN_OR_RETURN(const CommitRecord commit, ReadCommit(first));
  *proof.mutable_blocks() = commit.blocks();
  MutexLock lock(&state_.mu);
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_head(), HeadOf(commits));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            InclusionPath(proof.commit(), commits,
                                          [this](int level, uint64_t index)
                                              ABSL_NO_THREAD_SAFETY_ANALYSIS {
                                                return Node(level, index);
                                              }));
  for (const Sha256Hash& hash : path) {
    proof.add_path(std::string(AsView(hash)));
  }
  return proof;
}

absl::StatusOr<ConsistencyProof> LevelDbEventLog::ProveConsistency(
    uint64_t old_commits, uint64_t new_commits) {
  MutexLock lock(&state_.mu);
  ConsistencyProof proof;
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_old_head(), HeadOf(old_commits));
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_new_head(), HeadOf(new_commits));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            ConsistencyPath(old_commits, new_commits,
                                            [this](int level, uint64_t index)
                                                ABSL_NO_THREAD_SAFETY_ANALYSIS {
                                                  return Node(level, index);
                                                }));
  for (const Sha256Hash& hash : path) {
    proof.add_path(std::string(AsView(hash)));
  }
  return proof;
}

absl::StatusOr<CommitRecord> LevelDbEventLog::ReadCommit(
    uint64_t log_position) {
  BlockIterator blocks = state_.store->NewIterator(/*fill_cache=*/false);
  if (log_position <= state_.last_log_position) blocks.Seek(log_position);
  if (!blocks.status().ok()) {
    return LogDamage(log_position, blocks.status().message());
  }
  if (!blocks.Valid() || blocks.block().first_log_position() != log_position ||
      !blocks.block().starts_commit()) {
    return absl::OutOfRangeError(
        absl::StrCat("no commit starts at log position ", log_position));
  }
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::ReadNext(&blocks));
  CommitRecord record;
  record.set_commit(commit.result().commit);
  for (size_t i = 0; i < commit.blocks().size(); ++i) {
    record.add_blocks(std::string(commit.bytes(i)));
  }
  const absl::string_view texts = commit.blocks().front().texts();
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    const absl::string_view hash = texts.substr(i, kSha256Bytes);
    TextRecord* const text_record = record.add_texts();
    text_record->set_sha256(std::string(hash));
    absl::StatusOr<std::string> text = GetText(hash);
    if (absl::IsNotFound(text.status())) {
      text_record->set_erased(true);
    } else if (!text.ok()) {
      return text.status();
    } else {
      text_record->set_text(*std::move(text));
    }
  }
  return record;
}

absl::StatusOr<LogStats> LevelDbEventLog::Stats() {
  LogStats stats;
  {
    MutexLock lock(&state_.mu);
    const IndexCheckpoint& end = state_.index->checkpoint();
    stats.commits = end.commits;
    stats.events = end.last_log_position;
    stats.streams = end.streams;
    stats.texts = end.texts;
    stats.last_recorded = absl::FromUnixMicros(end.recorded_time_us);
  }
  for (const std::string& dir : {paths_.dir, paths_.log, paths_.index}) {
    std::vector<std::string> children;
    env_->GetChildren(dir, &children);
    for (const std::string& child : children) {
      uint64_t bytes = 0;
      const std::string path = absl::StrCat(dir, "/", child);
      // Directories have a size as well; files may go meanwhile.
      if (path == paths_.log || path == paths_.index || child == "." ||
          child == ".." || !env_->GetFileSize(path, &bytes).ok()) {
        continue;
      }
      stats.bytes_on_disk += bytes;
    }
  }
  return stats;
}

absl::StatusOr<VerifyReport> LevelDbEventLog::Verify(
    absl::FunctionRef<void(const Damage&)> on_damage) {
  LogIndex* index = nullptr;
  {
    MutexLock lock(&state_.mu);
    index = state_.index.get();
  }
  return LogVerifier(state_.store.get(), index, &state_.mu, on_damage)
      .Run(state_.last_log_position);
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenLog(
    LogPaths paths, const LogOptions& options,
    std::unique_ptr<leveldb::Env> owned_env) {
  auto log = std::make_unique<LevelDbEventLog>(std::move(paths), options,
                                               std::move(owned_env));
  ONRECORD_RETURN_IF_ERROR(log->Open());
  return log;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenLevelDbEventLog(
    absl::string_view dir, const LogOptions& options) {
  if (!options.read_only) return OpenLog(LogPaths(dir), options, nullptr);
  LogOptions read_only = options;
  read_only.create_if_missing = false;
  return OpenLog(LogPaths(dir), read_only,
                 std::make_unique<ReadOnlyEnv>(options.env != nullptr
                                                   ? options.env
                                                   : leveldb::Env::Default()));
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenInMemoryEventLog(
    const LogOptions& options) {
  return OpenLog(LogPaths("/log"), options,
                 std::unique_ptr<leveldb::Env>(
                     leveldb::NewMemEnv(leveldb::Env::Default())));
}

}  // namespace onrecord
