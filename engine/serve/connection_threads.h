// A thread for each connection, up to a limit.

#ifndef ONRECORD_ENGINE_SERVE_CONNECTION_THREADS_H_
#define ONRECORD_ENGINE_SERVE_CONNECTION_THREADS_H_

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace onrecord {

// Runs what it is given on threads that are made when they are needed and kept;
// work beyond `max_threads` waits for one. A connection that follows events
// keeps its thread, so a pool of few would be used up by a few readers.
//
// Thread-safe.
class ConnectionThreads : public httplib::TaskQueue {
 public:
  explicit ConnectionThreads(size_t max_threads);

  void enqueue(std::function<void()> work) override;

  // Runs what waits, and joins every thread.
  void shutdown() override;

 private:
  void Work();

  const size_t max_threads_;
  std::mutex mu_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_CONNECTION_THREADS_H_
