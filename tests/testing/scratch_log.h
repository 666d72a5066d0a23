// A log in memory, for tests of what reads logs.

#ifndef ONRECORD_TESTS_TESTING_SCRATCH_LOG_H_
#define ONRECORD_TESTS_TESTING_SCRATCH_LOG_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "proto/event.pb.h"
#include "storage/clock.h"
#include "storage/event_log.h"

namespace onrecord {
namespace testing {

// Records one event a commit, a second after the one before. Events have ids
// `event-1`, `event-2`, … in the order of Add. Thread-compatible.
class ScratchLog {
 public:
  ScratchLog();

  EventLog* get() { return log_.get(); }

  // Returns the log position.
  uint64_t Add(NewEvent event);

  // What was recorded.
  const std::vector<RecordedEvent>& events() const { return events_; }

  // Makes a log that ends at `log_position`, as one that has lost its tail:
  // readers and replayers of the one before must be gone.
  void CutAfter(uint64_t log_position);

 private:
  class StepClock : public Clock {
   public:
    absl::Time Now() override { return now; }
    absl::Time now = absl::UnixEpoch();
  };

  void Append(const NewEvent& event);

  StepClock clock_;
  std::unique_ptr<EventLog> log_;
  std::vector<RecordedEvent> events_;
  uint64_t added_ = 0;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_SCRATCH_LOG_H_
