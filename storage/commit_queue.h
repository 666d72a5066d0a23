// Where appends of all threads line up to be written together.

#ifndef ONRECORD_STORAGE_COMMIT_QUEUE_H_
#define ONRECORD_STORAGE_COMMIT_QUEUE_H_

#include <leveldb/write_batch.h>

#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/append_group.h"
#include "storage/block.h"
#include "storage/clock.h"
#include "storage/event_log.h"
#include "storage/head_marker.h"
#include "storage/leveldb_lookup.h"
#include "storage/log_state.h"
#include "storage/log_store.h"
#include "storage/mutex.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"

namespace onrecord {

// The thread at the front of the queue writes for those that have lined up
// behind it, with one sync: the more threads, the fewer syncs an append. After
// a write that failed, every append fails with FAILED_PRECONDITION.
//
// Thread-safe. Destroying it finishes what was queued, and makes all of the log
// durable.
class CommitQueue {
 public:
  // `state` and `clock` must outlive it. `dir` is for messages.
  CommitQueue(LogState* state, std::unique_ptr<HeadMarker> marker, Clock* clock,
              std::string dir);
  ~CommitQueue();

  absl::StatusOr<AppendResult> Append(PreparedAppend append);
  std::future<absl::StatusOr<AppendResult>> AppendAsync(PreparedAppend append);
  std::future<absl::StatusOr<AppendResult>> ImportAsync(PreparedImport import,
                                                        bool sync);

 private:
  // An append that waits to be written. Its thread waits on `changed`; if none
  // does, it has a promise and belongs to the queue.
  struct Request {
    std::variant<PreparedAppend, PreparedImport> work;
    bool sync;
    absl::StatusOr<AppendResult> result = absl::InternalError("not written");
    bool done = false;
    CondVar changed;
    std::optional<std::promise<absl::StatusOr<AppendResult>>> promise;

    Request(std::variant<PreparedAppend, PreparedImport> new_work,
            bool new_sync)
        : work(std::move(new_work)), sync(new_sync) {}
    size_t bytes() const;
  };

  absl::StatusOr<AppendResult> Wait(Request* request);
  std::future<absl::StatusOr<AppendResult>> Enqueue(
      std::unique_ptr<Request> request);

  // Writes the requests at the front of the queue, of which the first is the
  // calling thread's.
  void Lead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::vector<Request*> TakeGroup() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void WriteGroup(absl::Span<Request* const> group);
  absl::Status Commit(bool sync);
  void FillBatch();
  absl::Status Index();
  absl::Status Mark(bool closed, bool sync);
  void RunWriter();
  void StopWriter();

  LogState* const state_;
  Clock* const clock_;
  const std::string dir_;

  // Only the thread whose request is at the front of the queue uses these.
  const std::unique_ptr<HeadMarker> marker_;
  std::optional<LevelDbLookup> lookup_;
  std::optional<AppendGroup> group_;
  leveldb::WriteBatch batch_;
  std::vector<Block> blocks_;
  uint64_t synced_log_position_ = 0;
  bool poisoned_ = false;

  // Taken before state_->mu where both are.
  Mutex mu_;
  std::deque<Request*> queue_ ABSL_GUARDED_BY(mu_);

  // Writes where the first of the queue is a request that no thread waits for.
  // Runs from the first of these on.
  std::thread writer_ ABSL_GUARDED_BY(mu_);
  CondVar writer_wanted_;
  bool closing_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_COMMIT_QUEUE_H_
