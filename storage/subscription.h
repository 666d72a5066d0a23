// Following a log: first what is there, then what comes.

#ifndef ONRECORD_STORAGE_SUBSCRIPTION_H_
#define ONRECORD_STORAGE_SUBSCRIPTION_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/event_log.h"

namespace onrecord {

// Gives every event behind a checkpoint, once, in order, without a gap. It is
// pulled, so a slow reader holds nobody up and nothing piles up for it.
//
//   Subscription subscription(log, checkpoint);
//   while (running) {
//     ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent* event,
//                               subscription.Next(absl::Seconds(1)));
//     if (event != nullptr) …;  // then keep subscription.checkpoint()
//   }
//
// A Subscription is thread-compatible, and must be destroyed before its log.
class Subscription {
 public:
  // Begins behind the log position `checkpoint`; 0 is the start.
  Subscription(EventLog* log, uint64_t checkpoint)
      : log_(log), checkpoint_(checkpoint) {}

  // The next event, until the next call. Waits for one for no longer than
  // `timeout`; null if none came. Returns DATA_LOSS where stored bytes do not
  // check; a later call tries the same place again.
  absl::StatusOr<const RecordedEvent*> Next(absl::Duration timeout);

  // The log position of the event given last: where to resume.
  uint64_t checkpoint() const { return checkpoint_; }

  // Whether it has given every event that there is at this moment.
  bool caught_up() const { return checkpoint_ >= log_->last_log_position(); }

 private:
  EventLog* const log_;
  uint64_t checkpoint_;

  // Reads what there was when it was made. Null: there is nothing left in it.
  std::unique_ptr<EventReader> reader_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_SUBSCRIPTION_H_
