// Replays the log into projections, and keeps them up to date.

#ifndef ONRECORD_ENGINE_PROJECTIONS_REPLAYER_H_
#define ONRECORD_ENGINE_PROJECTIONS_REPLAYER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/event_feed.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "engine/projections/replay_progress.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

struct ReplayOptions {
  // A checkpoint is written when what changed since the last one takes about
  // this much memory, in bytes. Larger: fewer rewrites of what changes often.
  size_t max_pending_bytes = size_t{64} << 20;

  // The same for a projection that is made from the start: nothing can be lost,
  // so that its state is written bit by bit, and the checkpoint comes last.
  size_t max_rebuild_bytes = size_t{384} << 20;

  // 1: all work is done by the calling thread. More, or 0 for as many as the
  // machine has cores: others read and take events apart ahead, and make what
  // projections put off. The states are the same.
  int threads = 0;

  // Called now and then while events are folded in, and at the end of each
  // catching up that had something to do.
  std::function<void(const ReplayProgress&)> progress;

  // Once this is true, catching up ends within some thousands of events, with a
  // checkpoint there. Null: never. Must outlive the replayer.
  const std::atomic<bool>* stop = nullptr;
};

// Brings projections up to date with a log: reads it once for all of them,
// from the earliest of their checkpoints, and writes their states and
// checkpoints in one atomic step, so that each event counts exactly once
// whatever happens. All projections of a replayer stand at one log position
// after CatchUp.
//
// A projection whose version has changed, or whose checkpoint is not of this
// log (which was cut, or is another one), is made anew from the start.
//
// Thread-compatible; views may be read by any thread meanwhile. The log and
// the store must outlive the replayer.
class Replayer {
 public:
  // Returns INVALID_ARGUMENT if a name is malformed or used twice, and
  // DATA_LOSS if a checkpoint does not decode.
  static absl::StatusOr<std::unique_ptr<Replayer>> Create(
      EventLog* log, ProjectionStore* store,
      std::vector<std::unique_ptr<Projection>> projections,
      const ReplayOptions& options);

  // Folds in every event recorded before the call. On failure, states are as
  // at their last checkpoints, and the next call starts there again. Returns
  // CANCELLED if it was stopped on the way.
  absl::Status CatchUp();

  // Deletes the state of one projection and makes it anew, up to the last
  // event. Returns NOT_FOUND if there is no such projection.
  absl::Status Rebuild(absl::string_view projection);

  // The last event that the states hold after CatchUp. 0 if none.
  uint64_t log_position() const;

  // Where a projection stands. Returns NOT_FOUND if there is no such.
  absl::StatusOr<Checkpoint> GetCheckpoint(absl::string_view projection) const;

  // The store as it is now, unmoved by later events: read it with a
  // ScopedReader and the name of the projection. Must be destroyed before the
  // store.
  std::unique_ptr<ProjectionReader> View() const { return store_->View(); }

 private:
  struct Member {
    std::unique_ptr<Projection> projection;
    std::unique_ptr<ProjectionState> state;
    Checkpoint saved;    // what the store holds
    Checkpoint current;  // what `state` holds

    // State without a checkpoint is in the store: it counts for nothing.
    bool spilled = false;
  };

  Replayer(EventLog* log, ProjectionStore* store, const ReplayOptions& options)
      : log_(log), store_(store), options_(options) {}

  absl::Status Add(std::unique_ptr<Projection> projection);
  absl::StatusOr<bool> IsOfThisLog(const Checkpoint& checkpoint) const;
  absl::Status Clear(Member& member);
  absl::Status Fold(uint64_t last);
  FeedOptions MakeFeedOptions(uint64_t last) const;
  unsigned threads() const;
  absl::Status ApplyToAll(const EventBatch::Item& item);
  void NoteLast(const EventBatch& batch);
  absl::Status MakeRoom();
  absl::Status SaveCheckpoint();
  absl::Status GiveUpChanges();
  void ReportProgress(uint64_t position, uint64_t last) const;

  // Constant after construction.
  EventLog* const log_;
  ProjectionStore* const store_;
  const ReplayOptions options_;

  std::vector<Member> members_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_REPLAYER_H_
