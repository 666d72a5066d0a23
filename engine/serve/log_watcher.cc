#include "engine/serve/log_watcher.h"

#include <chrono>

namespace onrecord {
namespace {

// How long Stop may take to reach the watcher.
constexpr absl::Duration kWatchFor = absl::Milliseconds(100);

}  // namespace

LogWatcher::LogWatcher(EventLog* log)
    : log_(log), last_(log->last_log_position()) {
  watcher_ = std::thread([this] { Watch(); });
}

LogWatcher::~LogWatcher() {
  Stop();
  watcher_.join();
}

void LogWatcher::Watch() {
  uint64_t seen = 0;
  while (!stopped()) {
    if (!log_->WaitForEvents(seen, kWatchFor)) continue;
    seen = log_->last_log_position();
    {
      const std::lock_guard<std::mutex> lock(mu_);
      last_ = seen;
    }
    changed_.notify_all();
  }
}

uint64_t LogWatcher::Wait(uint64_t log_position, absl::Duration timeout) {
  std::unique_lock<std::mutex> lock(mu_);
  changed_.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                    [&] { return stopped_ || last_ > log_position; });
  return last_;
}

void LogWatcher::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mu_);
    stopped_ = true;
  }
  changed_.notify_all();
}

bool LogWatcher::stopped() {
  const std::lock_guard<std::mutex> lock(mu_);
  return stopped_;
}

}  // namespace onrecord
