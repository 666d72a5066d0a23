#include "engine/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace onrecord {

absl::Status ForEachInParallel(
    size_t count, int threads,
    const std::function<absl::Status(size_t)>& work) {
  const size_t wanted = threads > 0
                            ? static_cast<size_t>(threads)
                            : std::max(1U, std::thread::hardware_concurrency());
  std::vector<absl::Status> statuses(count);
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  const auto run = [&] {
    while (!failed) {
      const size_t index = next++;
      if (index >= count) return;
      statuses[index] = work(index);
      if (!statuses[index].ok()) failed = true;
    }
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < std::min(wanted, count); ++i) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
  for (const absl::Status& status : statuses) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace onrecord
