// A clock that a test sets.

#ifndef ONRECORD_TESTS_TESTING_MOVING_CLOCK_H_
#define ONRECORD_TESTS_TESTING_MOVING_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"
#include "storage/clock.h"

namespace onrecord {
namespace testing {

// Thread-safe.
class MovingClock : public Clock {
 public:
  absl::Time Now() override { return absl::FromUnixMicros(now_us_); }
  void Set(absl::Time now) { now_us_ = absl::ToUnixMicros(now); }

 private:
  std::atomic<int64_t> now_us_{0};
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_MOVING_CLOCK_H_
