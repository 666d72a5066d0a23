#include "engine/serve/connection_threads.h"

#include <utility>

namespace onrecord {

ConnectionThreads::ConnectionThreads(size_t max_threads)
    : max_threads_(max_threads) {}

void ConnectionThreads::enqueue(std::function<void()> work) {
  const std::lock_guard<std::mutex> lock(mu_);
  waiting_.push_back(std::move(work));
  if (waiting_.size() > idle_ && threads_.size() < max_threads_) {
    threads_.emplace_back([this] { Work(); });
  }
  arrived_.notify_one();
}

void ConnectionThreads::Work() {
  std::unique_lock<std::mutex> lock(mu_);
  while (true) {
    ++idle_;
    arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) return;
    const std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

void ConnectionThreads::shutdown() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard<std::mutex> lock(mu_);
    stopping_ = true;
    threads.swap(threads_);
  }
  arrived_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace onrecord
