#include "storage/leveldb_event_log.h"

#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/append_group.h"
#include "storage/log_directory.h"
#include "storage/log_env.h"
#include "storage/log_readers.h"
#include "storage/log_recovery.h"
#include "storage/log_verifier.h"
#include "storage/merkle_tree.h"
#include "storage/mutex.h"
#include "storage/prepared_append.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Appends that are written together, at most.
constexpr size_t kMaxGroupAppends = 1024;
constexpr size_t kMaxGroupBytes = 4 << 20;

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

  ~LevelDbEventLog() override;

  absl::Status Open();

  std::unique_ptr<EventReader> ReadLog(uint64_t log_position,
                                       const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadStream(absl::string_view stream,
                                          uint64_t revision,
                                          const ReadOptions& options) override;
  uint64_t last_log_position() const override { return last_log_position_; }
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) override;
  absl::StatusOr<AppendResult> FindCommit(absl::string_view commit_id) override;
  absl::StatusOr<RecordedEvent> FindEvent(absl::string_view event_id) override;
  absl::StatusOr<std::string> GetText(absl::string_view sha256) override;
  absl::StatusOr<Head> GetHead() override;
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
  // An append that waits to be written. Its thread waits on `changed`; if none
  // does, it has a promise and belongs to the queue.
  struct Request {
    explicit Request(PreparedAppend prepared) : append(std::move(prepared)) {}

    const PreparedAppend append;
    absl::StatusOr<AppendResult> result = absl::InternalError("not written");
    bool done = false;
    CondVar changed;
    std::optional<std::promise<absl::StatusOr<AppendResult>>> promise;
  };

  // Writes the requests at the front of the queue, of which the first is the
  // calling thread's.
  void Lead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(queue_mu_);
  void RunWriter();
  void StopWriter();
  std::vector<Request*> TakeGroup() const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(queue_mu_);
  void WriteGroup(absl::Span<Request* const> group);
  absl::Status Commit(bool sync);
  absl::Status Index();
  absl::Status Mark(bool closed, bool sync);
  absl::Status Poisoned() const;

  // Constant after Open.
  const LogPaths paths_;
  const LogOptions options_;
  const std::unique_ptr<leveldb::Env> owned_env_;
  leveldb::Env* const env_;
  LogEnv log_env_{env_};
  std::unique_ptr<LogStore> store_;

  // Only the thread whose request is at the front of the queue uses these.
  std::unique_ptr<HeadMarker> marker_;
  std::optional<AppendGroup> group_;
  std::vector<Block> blocks_;
  uint64_t synced_log_position_ = 0;

  Mutex queue_mu_;
  std::deque<Request*> queue_ ABSL_GUARDED_BY(queue_mu_);

  // Writes where the first of the queue is a request that no thread waits for.
  // Runs from the first of these on.
  std::thread writer_ ABSL_GUARDED_BY(queue_mu_);
  CondVar writer_wanted_;
  bool closing_ ABSL_GUARDED_BY(queue_mu_) = false;

  // Taken after queue_mu_ where both are.
  Mutex index_mu_;
  std::unique_ptr<LogIndex> index_ ABSL_GUARDED_BY(index_mu_);

  // Changes under index_mu_, together with the index.
  std::atomic<uint64_t> last_log_position_{0};
  std::atomic<bool> poisoned_{false};
};

LevelDbEventLog::~LevelDbEventLog() {
  StopWriter();
  if (store_ == nullptr || marker_ == nullptr || poisoned_) return;
  MutexLock lock(&index_mu_);
  // Closing makes all of it durable. If that fails, opening finds out.
  leveldb::WriteBatch nothing;
  if (!store_->Write(&nothing, /*sync=*/true).ok()) return;
  if (!index_->Flush().ok()) return;
  const IndexCheckpoint& end = index_->checkpoint();
  marker_
      ->Add({end.commits, end.last_log_position, end.block_checksum,
             /*closed=*/true},
            /*sync=*/true)
      .IgnoreError();
}

absl::Status LevelDbEventLog::Open() {
  RecoveryOptions recovery;
  recovery.create_if_missing = options_.create_if_missing;
  recovery.write_buffer_bytes = options_.write_buffer_bytes;
  recovery.cache_bytes = options_.cache_bytes;
  ONRECORD_ASSIGN_OR_RETURN(OpenedLog opened,
                            RecoverLog(&log_env_, paths_, recovery));
  MutexLock lock(&index_mu_);
  store_ = std::move(opened.store);
  index_ = std::move(opened.index);
  marker_ = std::move(opened.marker);
  group_.emplace(store_.get(), index_.get());
  last_log_position_ = index_->checkpoint().last_log_position;
  // LevelDB has put what its write-ahead log held into a synced table.
  synced_log_position_ = last_log_position_;
  return absl::OkStatus();
}

absl::Status LevelDbEventLog::Poisoned() const {
  return absl::FailedPreconditionError(absl::StrCat(
      paths_.dir, ": an earlier write failed; open the log again to go on"));
}

absl::StatusOr<AppendResult> LevelDbEventLog::DoAppend(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(
      PreparedAppend prepared,
      PreparedAppend::Make(appends, options, options_.max_commit_bytes));
  Request request(std::move(prepared));
  MutexLock lock(&queue_mu_);
  queue_.push_back(&request);
  while (!request.done && queue_.front() != &request) {
    request.changed.Wait(&queue_mu_);
  }
  // At the front of the queue, this thread writes for those behind it.
  if (!request.done) Lead();
  return std::move(request.result);
}

std::future<absl::StatusOr<AppendResult>> LevelDbEventLog::DoAppendAsync(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options) {
  std::promise<absl::StatusOr<AppendResult>> promise;
  auto future = promise.get_future();
  absl::StatusOr<PreparedAppend> prepared =
      PreparedAppend::Make(appends, options, options_.max_commit_bytes);
  if (!prepared.ok()) {
    promise.set_value(prepared.status());
    return future;
  }
  auto request = std::make_unique<Request>(*std::move(prepared));
  request->promise = std::move(promise);
  MutexLock lock(&queue_mu_);
  if (!writer_.joinable()) writer_ = std::thread([this] { RunWriter(); });
  queue_.push_back(request.release());
  if (queue_.size() == 1) writer_wanted_.Signal();
  return future;
}

void LevelDbEventLog::Lead() {
  const std::vector<Request*> group = TakeGroup();
  queue_mu_.Unlock();
  WriteGroup(group);
  queue_mu_.Lock();
  queue_.erase(queue_.begin(), queue_.begin() + group.size());
  for (Request* request : group) {
    if (request->promise.has_value()) {
      request->promise->set_value(std::move(request->result));
      delete request;
    } else {
      request->done = true;
      request->changed.Signal();
    }
  }
  if (queue_.empty()) return;
  if (queue_.front()->promise.has_value()) {
    writer_wanted_.Signal();
  } else {
    queue_.front()->changed.Signal();
  }
}

void LevelDbEventLog::RunWriter() {
  MutexLock lock(&queue_mu_);
  while (true) {
    if (!queue_.empty() && queue_.front()->promise.has_value()) {
      Lead();
    } else if (closing_) {
      return;
    } else {
      writer_wanted_.Wait(&queue_mu_);
    }
  }
}

void LevelDbEventLog::StopWriter() {
  std::thread writer;
  {
    MutexLock lock(&queue_mu_);
    closing_ = true;
    writer_wanted_.Signal();
    writer = std::move(writer_);
  }
  if (writer.joinable()) writer.join();
}

std::vector<LevelDbEventLog::Request*> LevelDbEventLog::TakeGroup() const {
  std::vector<Request*> group;
  size_t bytes = 0;
  for (Request* request : queue_) {
    bytes += request->append.bytes();
    if (!group.empty() &&
        (group.size() == kMaxGroupAppends || bytes > kMaxGroupBytes)) {
      break;
    }
    group.push_back(request);
  }
  return group;
}

void LevelDbEventLog::WriteGroup(absl::Span<Request* const> group) {
  if (poisoned_) {
    for (Request* request : group) request->result = Poisoned();
    return;
  }
  const int64_t now_us = absl::ToUnixMicros(options_.clock->Now());
  bool sync = false;
  {
    MutexLock lock(&index_mu_);
    group_->Start(now_us);
    for (Request* request : group) {
      request->result = group_->Add(request->append);
      // What was recorded without a sync may still have to be made durable.
      sync |= request->append.sync() && request->result.ok() &&
              request->result->last_log_position > synced_log_position_;
    }
  }
  if (group_->commits().empty() && !sync) return;
  const absl::Status status = Commit(sync);
  if (status.ok()) return;
  poisoned_ = true;
  for (Request* request : group) {
    if (request->result.ok()) request->result = status;
  }
}

absl::Status LevelDbEventLog::Commit(bool sync) {
  ONRECORD_RETURN_IF_ERROR(store_->Write(group_->batch(), sync));
  ONRECORD_RETURN_IF_ERROR(Index());
  if (!sync) return absl::OkStatus();
  synced_log_position_ = last_log_position_;
  return Mark(/*closed=*/false, /*sync=*/false);
}

absl::Status LevelDbEventLog::Index() {
  MutexLock lock(&index_mu_);
  for (const std::vector<EncodedBlock>& commit : group_->commits()) {
    blocks_.resize(std::max(blocks_.size(), commit.size()));
    for (size_t i = 0; i < commit.size(); ++i) {
      ONRECORD_RETURN_IF_ERROR(blocks_[i].Parse(commit[i].bytes));
    }
    ONRECORD_RETURN_IF_ERROR(
        index_->Add(absl::MakeConstSpan(blocks_).subspan(0, commit.size())));
  }
  last_log_position_ = index_->checkpoint().last_log_position;
  return index_->MaybeFlush();
}

absl::Status LevelDbEventLog::Mark(bool closed, bool sync) {
  HeadMark mark;
  {
    MutexLock lock(&index_mu_);
    const IndexCheckpoint& end = index_->checkpoint();
    mark = {end.commits, end.last_log_position, end.block_checksum, closed};
  }
  return marker_->Add(mark, sync);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadLog(
    uint64_t log_position, const ReadOptions& options) {
  return NewLogReader(*store_, log_position,
                      std::min<uint64_t>(options.known_at, last_log_position_),
                      options.direction);
}

std::unique_ptr<EventReader> LevelDbEventLog::ReadStream(
    absl::string_view stream, uint64_t revision, const ReadOptions& options) {
  MutexLock lock(&index_mu_);
  const absl::StatusOr<uint64_t> next = index_->NextRevision(stream);
  if (!next.ok()) return NewEmptyReader(next.status());
  if (options.direction == Direction::kBackwards && *next > 0) {
    revision = std::min(revision, *next - 1);
  }
  if (revision >= *next) return NewEmptyReader(absl::OkStatus());
  return NewStreamReader(
      *store_, index_->ReadStream(stream, revision, options.direction), stream,
      revision, *next, std::min<uint64_t>(options.known_at, last_log_position_),
      options.direction);
}

absl::StatusOr<uint64_t> LevelDbEventLog::StreamRevision(
    absl::string_view stream) {
  MutexLock lock(&index_mu_);
  ONRECORD_ASSIGN_OR_RETURN(const uint64_t next, index_->NextRevision(stream));
  if (next == 0) {
    return absl::NotFoundError(absl::StrCat("no stream ", stream));
  }
  return next - 1;
}

absl::StatusOr<AppendResult> LevelDbEventLog::FindCommit(
    absl::string_view commit_id) {
  std::optional<uint64_t> block;
  if (!commit_id.empty()) {
    MutexLock lock(&index_mu_);
    ONRECORD_ASSIGN_OR_RETURN(block, index_->FindCommit(commit_id));
  }
  const absl::Status not_found =
      absl::NotFoundError(absl::StrCat("no commit ", commit_id));
  if (!block.has_value()) return not_found;
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::Read(*store_, *block));
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
    MutexLock lock(&index_mu_);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> found,
                              index_->FindEvent(event_id));
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
  if (log_position == 0 || log_position > last_log_position_) return not_found;
  ONRECORD_ASSIGN_OR_RETURN(RecordedEvent event,
                            ReadEvent(*store_, log_position));
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
    MutexLock lock(&index_mu_);
    ONRECORD_ASSIGN_OR_RETURN(number, index_->FindText(hash));
  }
  if (!number.has_value()) {
    return absl::NotFoundError(absl::StrCat("no text ", ToHex(sha256)));
  }
  return store_->GetText(*number, hash);
}

absl::StatusOr<Head> LevelDbEventLog::GetHead() {
  MutexLock lock(&index_mu_);
  Head head;
  head.commits = index_->tree().size();
  ONRECORD_ASSIGN_OR_RETURN(
      const Sha256Hash root,
      TreeRoot(head.commits, [this](int level, uint64_t index)
                                 ABSL_NO_THREAD_SAFETY_ANALYSIS {
                                   return index_->tree().Node(level, index);
                                 }));
  head.root = std::string(AsView(root));
  return head;
}

absl::StatusOr<LogStats> LevelDbEventLog::Stats() {
  LogStats stats;
  {
    MutexLock lock(&index_mu_);
    const IndexCheckpoint& end = index_->checkpoint();
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
    MutexLock lock(&index_mu_);
    index = index_.get();
  }
  return LogVerifier(store_.get(), index, &index_mu_, on_damage)
      .Run(last_log_position_);
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
  return OpenLog(LogPaths(dir), options, nullptr);
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenInMemoryEventLog(
    const LogOptions& options) {
  return OpenLog(LogPaths("/log"), options,
                 std::unique_ptr<leveldb::Env>(
                     leveldb::NewMemEnv(leveldb::Env::Default())));
}

}  // namespace onrecord
