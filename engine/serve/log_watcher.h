// Tells many waiting threads that the log has grown, with one watcher of it.

#ifndef ONRECORD_ENGINE_SERVE_LOG_WATCHER_H_
#define ONRECORD_ENGINE_SERVE_LOG_WATCHER_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "storage/event_log.h"

namespace onrecord {

// Thread-safe. `log` must outlive it.
class LogWatcher {
 public:
  explicit LogWatcher(EventLog* log);
  ~LogWatcher();
  LogWatcher(const LogWatcher&) = delete;
  LogWatcher& operator=(const LogWatcher&) = delete;

  // Waits until there is an event behind `log_position`, or Stop was called,
  // for no longer than `timeout`. Returns the last log position.
  uint64_t Wait(uint64_t log_position, absl::Duration timeout);

  // Ends every wait, now and later.
  void Stop();
  bool stopped();

 private:
  void Watch();

  EventLog* const log_;

  // std::mutex, not Mutex: many threads wait on one condition.
  std::mutex mu_;
  std::condition_variable changed_;
  uint64_t last_ = 0;
  bool stopped_ = false;
  std::thread watcher_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_LOG_WATCHER_H_
