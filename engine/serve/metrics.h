// Counts of what a server did, as Prometheus reads them.

#ifndef ONRECORD_ENGINE_SERVE_METRICS_H_
#define ONRECORD_ENGINE_SERVE_METRICS_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "storage/mutex.h"

namespace onrecord {

// Thread-safe.
class Metrics {
 public:
  // One request answered with the HTTP status `status`. `path` must be one of
  // few: of a route, not of the request.
  void CountRequest(absl::string_view path, int status)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Those who follow events, and the events sent to them.
  void AddFollower(int64_t change) { followers_ += change; }
  void CountEventSent() { ++events_sent_; }

  // The text format of Prometheus, version 0.0.4.
  std::string Text(uint64_t last_log_position) const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::atomic<int64_t> followers_{0};
  std::atomic<uint64_t> events_sent_{0};
  mutable Mutex mu_;
  std::map<std::pair<std::string, int>, uint64_t> requests_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_METRICS_H_
