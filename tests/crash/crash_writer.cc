// Appends to a log from several threads until it is killed, and says on stdout
// what was acknowledged, a line each: commit id, first and last log position.
//
//   crash_writer DIR SEED ROUND

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/leveldb_event_log.h"

namespace onrecord {
namespace {

constexpr int kThreads = 4;

// One line, in one write, so that lines of different threads do not mix.
void Say(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) !=
      static_cast<ssize_t>(line.size())) {
    _exit(3);
  }
}

void AppendForEver(EventLog* log, uint32_t seed, int round, int thread) {
  std::mt19937 random(seed + thread);
  for (int i = 0;; ++i) {
    AppendOptions options;
    options.commit_id = absl::StrCat(round, "-", thread, "-", i);
    // What is not synced survives the process all the same.
    options.sync = random() % 2 == 0;
    if (random() % 4 == 0) options.texts = {options.commit_id};
    std::vector<NewEvent> events(random() % 5 + 1);
    for (NewEvent& event : events) {
      event.mutable_actor_introduced()->set_name(
          absl::StrCat(options.commit_id, std::string(random() % 3000, 'x')));
    }
    const auto result = log->Append(absl::StrCat("thread/", thread),
                                    ExpectedRevision::Any(), events, options);
    if (!result.ok()) {
      std::fprintf(stderr, "%s\n", result.status().ToString().c_str());
      _exit(2);
    }
    Say(absl::StrCat(options.commit_id, " ", result->first_log_position, " ",
                     result->last_log_position, "\n"));
  }
}

int Run(const std::string& dir, uint32_t seed, int round) {
  LogOptions options;
  // Small, so that LevelDB changes files while it is killed.
  options.write_buffer_bytes = 256 << 10;
  options.index_lag_bytes = 64 << 10;
  auto log = OpenLevelDbEventLog(dir, options);
  if (!log.ok()) {
    std::fprintf(stderr, "%s\n", log.status().ToString().c_str());
    return 2;
  }
  Say("open\n");
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back(AppendForEver, log->get(), seed, round, t);
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  return onrecord::Run(
      argv[1], static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)),
      std::atoi(argv[3]));
}
