// The example of a service that OnRecord is linked into: a news desk.

#ifndef ONRECORD_TESTS_EMBEDDING_DESK_SERVICE_H_
#define ONRECORD_TESTS_EMBEDDING_DESK_SERVICE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/timeline.h"
#include "tests/embedding/workload.h"

namespace onrecord_example {

// Owns a timeline with a projection of its own, records assignments and
// articles, and follows the log on a thread that is told of every event.
//
// Thread-safe.
class DeskService {
 public:
  static absl::StatusOr<std::unique_ptr<DeskService>> Open(
      absl::string_view dir, onrecord::TimelineOptions options);

  // Stops a replay that is under way, and the thread that follows.
  ~DeskService();

  absl::Status Assign(absl::string_view reporter, absl::string_view topic);
  absl::Status Read(const onrecord::Article& article);
  absl::StatusOr<Load> LoadOf(absl::string_view reporter);

  // Positions as they are now.
  absl::StatusOr<int> CountPositions();

  // The last event that the following thread has seen, and how many.
  uint64_t followed_log_position() const { return followed_; }
  uint64_t followed_events() const { return followed_events_; }
  bool in_order() const { return in_order_; }

  onrecord::Timeline& timeline() { return *timeline_; }

 private:
  explicit DeskService(std::unique_ptr<onrecord::Timeline> timeline);

  void Follow();

  const std::unique_ptr<onrecord::Timeline> timeline_;
  std::atomic<bool> stopping_{false};
  std::atomic<uint64_t> followed_{0};
  std::atomic<uint64_t> followed_events_{0};
  std::atomic<bool> in_order_{true};
  std::thread follower_;
};

}  // namespace onrecord_example

#endif  // ONRECORD_TESTS_EMBEDDING_DESK_SERVICE_H_
