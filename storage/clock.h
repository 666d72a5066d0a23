// Where the time comes from, so that a run can be repeated exactly.

#ifndef ONRECORD_STORAGE_CLOCK_H_
#define ONRECORD_STORAGE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace onrecord {

// Tells the time. Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;

  // The machine's clock. Never destroyed.
  static Clock* Real();
};

// Always tells the time that it was given.
class FixedClock : public Clock {
 public:
  explicit FixedClock(absl::Time now) : now_(now) {}
  absl::Time Now() override { return now_; }

 private:
  const absl::Time now_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_CLOCK_H_
