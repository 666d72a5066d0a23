#include "storage/commit_queue.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Appends that are written together, at most.
constexpr size_t kMaxGroupAppends = 1024;
constexpr size_t kMaxGroupBytes = 4 << 20;

}  // namespace

size_t CommitQueue::Request::bytes() const {
  if (const auto* append = std::get_if<PreparedAppend>(&work)) {
    return append->bytes();
  }
  return std::get<PreparedImport>(work).bytes();
}

CommitQueue::CommitQueue(LogState* state, std::unique_ptr<HeadMarker> marker,
                         Clock* clock, std::string dir)
    : state_(state),
      clock_(clock),
      dir_(std::move(dir)),
      marker_(std::move(marker)),
      // LevelDB has put what its write-ahead log held into a synced table.
      synced_log_position_(state->last_log_position) {
  MutexLock lock(&state_->mu);
  lookup_.emplace(state_->store.get(), state_->index.get());
  group_.emplace(&*lookup_);
}

CommitQueue::~CommitQueue() {
  StopWriter();
  if (poisoned_) return;
  // If one of these fails, opening finds out.
  leveldb::WriteBatch nothing;
  const bool appended = !marker_->closed();
  if (appended && !state_->store->Write(&nothing, /*sync=*/true).ok()) return;
  {
    MutexLock lock(&state_->mu);
    if (!state_->index->Flush().ok()) return;
  }
  if (!appended) return;
  Mark(/*closed=*/true, /*sync=*/true).IgnoreError();
}

absl::StatusOr<AppendResult> CommitQueue::Append(PreparedAppend append) {
  const bool sync = append.sync();
  Request request(std::move(append), sync);
  return Wait(&request);
}

std::future<absl::StatusOr<AppendResult>> CommitQueue::ImportAsync(
    PreparedImport import, bool sync) {
  return Enqueue(std::make_unique<Request>(std::move(import), sync));
}

absl::StatusOr<AppendResult> CommitQueue::Wait(Request* request) {
  MutexLock lock(&mu_);
  queue_.push_back(request);
  while (!request->done && queue_.front() != request) {
    request->changed.Wait(&mu_);
  }
  // At the front of the queue, this thread writes for those behind it.
  if (!request->done) Lead();
  return std::move(request->result);
}

std::future<absl::StatusOr<AppendResult>> CommitQueue::AppendAsync(
    PreparedAppend append) {
  const bool sync = append.sync();
  return Enqueue(std::make_unique<Request>(std::move(append), sync));
}

std::future<absl::StatusOr<AppendResult>> CommitQueue::Enqueue(
    std::unique_ptr<Request> request) {
  request->promise.emplace();
  auto future = request->promise->get_future();
  MutexLock lock(&mu_);
  if (!writer_.joinable()) writer_ = std::thread([this] { RunWriter(); });
  queue_.push_back(request.release());
  if (queue_.size() == 1) writer_wanted_.Signal();
  return future;
}

void CommitQueue::Lead() {
  const std::vector<Request*> group = TakeGroup();
  mu_.Unlock();
  WriteGroup(group);
  mu_.Lock();
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

void CommitQueue::RunWriter() {
  MutexLock lock(&mu_);
  while (true) {
    if (!queue_.empty() && queue_.front()->promise.has_value()) {
      Lead();
    } else if (closing_) {
      return;
    } else {
      writer_wanted_.Wait(&mu_);
    }
  }
}

void CommitQueue::StopWriter() {
  std::thread writer;
  {
    MutexLock lock(&mu_);
    closing_ = true;
    writer_wanted_.Signal();
    writer = std::move(writer_);
  }
  if (writer.joinable()) writer.join();
}

std::vector<CommitQueue::Request*> CommitQueue::TakeGroup() const {
  std::vector<Request*> group;
  size_t bytes = 0;
  for (Request* request : queue_) {
    bytes += request->bytes();
    if (!group.empty() &&
        (group.size() == kMaxGroupAppends || bytes > kMaxGroupBytes)) {
      break;
    }
    group.push_back(request);
  }
  return group;
}

void CommitQueue::WriteGroup(absl::Span<Request* const> group) {
  if (poisoned_) {
    for (Request* request : group) {
      request->result = absl::FailedPreconditionError(absl::StrCat(
          dir_, ": an earlier write failed; open the log again to go on"));
    }
    return;
  }
  const int64_t now_us = absl::ToUnixMicros(clock_->Now());
  bool sync = false;
  {
    MutexLock lock(&state_->mu);
    group_->Start(lookup_->end(), now_us);
    for (Request* request : group) {
      const auto* append = std::get_if<PreparedAppend>(&request->work);
      request->result =
          append != nullptr
              ? group_->Add(*append)
              : group_->AddImport(std::get<PreparedImport>(request->work));
      // What was recorded without a sync may still have to be made durable.
      sync |= request->sync && request->result.ok() &&
              request->result->last_log_position > synced_log_position_;
    }
  }
  if (!group_->broken().ok()) {
    for (Request* request : group) request->result = group_->broken();
    return;
  }
  if (group_->commits().empty() && !sync) return;
  const absl::Status status = Commit(sync);
  if (status.ok()) return;
  poisoned_ = true;
  for (Request* request : group) {
    if (request->result.ok()) request->result = status;
  }
}

void CommitQueue::FillBatch() {
  batch_.Clear();
  for (const TextWrite& text : group_->texts()) {
    if (text.text.has_value()) {
      LogStore::PutText(text.number, text.hash, *text.text, &batch_);
    } else {
      LogStore::PutErasedText(text.number, text.hash, &batch_);
    }
  }
  for (const std::vector<EncodedBlock>& commit : group_->commits()) {
    for (const EncodedBlock& block : commit) {
      LogStore::PutBlock(block, &batch_);
    }
  }
}

absl::Status CommitQueue::Commit(bool sync) {
  if (marker_->closed()) {
    ONRECORD_RETURN_IF_ERROR(Mark(/*closed=*/false, /*sync=*/true));
  }
  FillBatch();
  ONRECORD_RETURN_IF_ERROR(state_->store->Write(&batch_, sync));
  ONRECORD_RETURN_IF_ERROR(Index());
  for (const TextWrite& text : group_->texts()) {
    if (!text.text.has_value()) state_->store->Purge(text.number);
  }
  if (!sync) return absl::OkStatus();
  synced_log_position_ = state_->last_log_position;
  return Mark(/*closed=*/false, /*sync=*/false);
}

absl::Status CommitQueue::Index() {
  MutexLock lock(&state_->mu);
  LogIndex* const index = state_->index.get();
  for (const std::vector<EncodedBlock>& commit : group_->commits()) {
    blocks_.resize(std::max(blocks_.size(), commit.size()));
    for (size_t i = 0; i < commit.size(); ++i) {
      ONRECORD_RETURN_IF_ERROR(blocks_[i].Parse(commit[i].bytes));
    }
    ONRECORD_RETURN_IF_ERROR(
        index->Add(absl::MakeConstSpan(blocks_).subspan(0, commit.size())));
  }
  state_->last_log_position = index->checkpoint().last_log_position;
  state_->appended.SignalAll();
  return index->MaybeFlush();
}

absl::Status CommitQueue::Mark(bool closed, bool sync) {
  HeadMark mark;
  {
    MutexLock lock(&state_->mu);
    const IndexCheckpoint& end = state_->index->checkpoint();
    mark = {end.commits, end.last_log_position, end.block_checksum, closed};
  }
  return marker_->Add(mark, sync);
}

}  // namespace onrecord
