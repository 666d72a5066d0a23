#include "storage/leveldb_event_log.h"

#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>

#include <algorithm>
#include <functional>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/block.h"
#include "storage/block_readers.h"
#include "storage/commit_queue.h"
#include "storage/hash.h"
#include "storage/hash_tree.h"
#include "storage/log_directory.h"
#include "storage/log_env.h"
#include "storage/log_index.h"
#include "storage/log_proofs.h"
#include "storage/log_readers.h"
#include "storage/log_recovery.h"
#include "storage/log_state.h"
#include "storage/log_store.h"
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

// Nodes of `tree`, which must not change meanwhile.
std::function<absl::StatusOr<Sha256Hash>(int, uint64_t)> NodesOf(
    const HashTree& tree) {
  return [&tree](int level, uint64_t index) { return tree.Node(level, index); };
}

// What the index says of the log, for the verifier.
class IndexOfLog : public VerifiedIndex {
 public:
  // `mu` guards `index`, and is only taken for moments.
  IndexOfLog(const LogStore* store, LogIndex* index, Mutex* mu)
      : store_(store), index_(index), mu_(mu), kinds_(AllKinds(index, mu)) {}

  absl::StatusOr<std::optional<uint64_t>> FindRun(
      absl::string_view stream, uint64_t first_revision) override {
    MutexLock lock(mu_);
    const StreamEntries entries =
        index_->ReadStream(stream, first_revision, Direction::kForwards);
    ONRECORD_RETURN_IF_ERROR(entries.status());
    if (!entries.Valid()) return std::optional<uint64_t>();
    return std::optional(entries.entry().block);
  }
  absl::StatusOr<std::optional<uint64_t>> FindKinds(uint64_t key) override {
    while (kinds_.Valid() && kinds_.block() < key) kinds_.Next();
    ONRECORD_RETURN_IF_ERROR(kinds_.status());
    if (!kinds_.Valid() || kinds_.block() != key) {
      return std::optional<uint64_t>();
    }
    return std::optional(kinds_.kinds());
  }
  absl::StatusOr<std::vector<std::optional<uint64_t>>> FindEvents(
      absl::Span<const absl::string_view> event_ids) override {
    std::vector<std::optional<uint64_t>> found(event_ids.size());
    MutexLock lock(mu_);
    for (size_t i = 0; i < event_ids.size(); ++i) {
      ONRECORD_ASSIGN_OR_RETURN(found[i], index_->FindEvent(event_ids[i]));
    }
    return found;
  }
  absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) override {
    MutexLock lock(mu_);
    return index_->FindCommit(commit_id);
  }
  absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) override {
    MutexLock lock(mu_);
    return index_->FindText(hash);
  }
  absl::StatusOr<std::string> GetText(uint64_t number,
                                      const Sha256Hash& hash) override {
    return store_->GetText(number, hash);
  }
  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) override {
    MutexLock lock(mu_);
    return index_->NextRevision(stream);
  }
  absl::StatusOr<Sha256Hash> Root(uint64_t commits) override {
    MutexLock lock(mu_);
    const HashTree& tree = index_->tree();
    if (tree.size() < commits) return absl::DataLossError("it is too small");
    return TreeRoot(commits, NodesOf(tree));
  }

 private:
  static KindEntries AllKinds(LogIndex* index, Mutex* mu) {
    MutexLock lock(mu);
    return index->ReadKinds(/*kinds=*/~uint64_t{0}, /*from=*/1);
  }

  const LogStore* const store_;
  LogIndex* const index_;
  Mutex* const mu_;

  // What the index says of the blocks, in step with them.
  KindEntries kinds_;
};

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
  std::future<absl::StatusOr<AppendResult>> ImportCommitAsync(
      const CommitRecord& commit, bool sync) override;
  absl::StatusOr<LogStats> Stats() override;
  absl::StatusOr<VerifyReport> DoVerify(
      absl::FunctionRef<void(const Damage&)> on_damage,
      const OnProgress& progress) override;

 protected:
  absl::StatusOr<AppendResult> DoAppend(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override;
  std::future<absl::StatusOr<AppendResult>> DoAppendAsync(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override;

 private:
  // Gives nodes of the tree as it is at this moment.
  const HashTree& tree() ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mu) {
    return state_.index->tree();
  }

  absl::Status CheckWritable() const {
    if (!options_.read_only) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat(paths_.dir, " is open read-only"));
  }

  // Constant after Open.
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
  if (!prepared.ok()) return ReadyAppend(prepared.status());
  return queue_->AppendAsync(*std::move(prepared));
}

std::future<absl::StatusOr<AppendResult>> LevelDbEventLog::ImportCommitAsync(
    const CommitRecord& commit, bool sync) {
  const absl::Status writable = CheckWritable();
  absl::StatusOr<PreparedImport> prepared =
      writable.ok() ? PreparedImport::Make(commit) : writable;
  if (!prepared.ok()) return ReadyAppend(prepared.status());
  return queue_->ImportAsync(*std::move(prepared), sync);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadLog(
    uint64_t log_position, const ReadOptions& options) {
  const uint64_t bound =
      std::min<uint64_t>(options.known_at, state_.last_log_position);
  if (options.direction == Direction::kBackwards) {
    log_position = std::min(log_position, bound);
  }
  return NewLogReader(
      NewLogBlocks(*state_.store, log_position, options.direction),
      log_position, bound, options.direction);
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
      NewStreamBlocks(*state_.store, state_.index->ReadStream(
                                         stream, revision, options.direction)),
      stream, revision, *next,
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
  const uint64_t kinds = KindsOf(body_fields);
  MutexLock lock(&state_.mu);
  return NewKindReader(
      NewKindBlocks(*state_.store,
                    state_.index->ReadKinds(kinds, log_position)),
      kinds, log_position,
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
  const std::optional<GivenId> given = ParseGivenEventId(event_id);
  if (!given.has_value()) {
    MutexLock lock(&state_.mu);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> found,
                              state_.index->FindEvent(event_id));
    if (!found.has_value()) return not_found;
    log_position = *found;
  } else {
    log_position = given->number;
    if (!given->commit_id.empty()) {
      const auto commit = FindCommit(given->commit_id);
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
  const HashTree& commits = tree();
  ONRECORD_ASSIGN_OR_RETURN(
      const LogHead head,
      MakeHead(commits.size(), commits.size(), NodesOf(commits)));
  return Head{head.commits(), head.root()};
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
  ONRECORD_ASSIGN_OR_RETURN(
      const CommitRecord commit,
      ReadCommit(blocks.block().commit_first_log_position()));
  MutexLock lock(&state_.mu);
  const HashTree& all = tree();
  return MakeInclusionProof(log_position, commit, commits, all.size(),
                            NodesOf(all));
}

absl::StatusOr<ConsistencyProof> LevelDbEventLog::ProveConsistency(
    uint64_t old_commits, uint64_t new_commits) {
  MutexLock lock(&state_.mu);
  const HashTree& all = tree();
  return MakeConsistencyProof(old_commits, new_commits, all.size(),
                              NodesOf(all));
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
  return MakeCommitRecord(
      commit, [this](absl::string_view hash) { return GetText(hash); });
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

absl::StatusOr<VerifyReport> LevelDbEventLog::DoVerify(
    absl::FunctionRef<void(const Damage&)> on_damage,
    const OnProgress& progress) {
  LogIndex* index = nullptr;
  {
    MutexLock lock(&state_.mu);
    index = state_.index.get();
  }
  IndexOfLog indexed(state_.store.get(), index, &state_.mu);
  const auto blocks = NewLogBlocks(*state_.store, 1, Direction::kForwards);
  return LogVerifier(&indexed, on_damage, progress)
      .Run(blocks.get(), state_.last_log_position);
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
