// The stores that log_bench compares, behind one interface.

#ifndef ONRECORD_TESTS_BENCH_BENCH_STORE_H_
#define ONRECORD_TESTS_BENCH_BENCH_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "proto/event.pb.h"

namespace onrecord {
namespace bench {

// An event store in a directory. Append is thread-safe. Anything that fails
// ends the program: a benchmark has nothing better to do.
class BenchStore {
 public:
  virtual ~BenchStore() = default;

  // Appends `events` to `stream` in one step, the caller's `batch`-th.
  virtual void Append(const std::string& stream, uint64_t batch,
                      const std::vector<NewEvent>& events, bool sync) = 0;

  // Reads and parses everything in order. Returns the number of events.
  virtual uint64_t Scan() = 0;

  // Reads and parses one stream in order; 0 where the store has no streams.
  virtual uint64_t ReadStream(const std::string& stream) = 0;
};

// Opens a store in `dir`. `synced` says whether appends will be.
using OpenBenchStore = std::unique_ptr<BenchStore> (*)(const std::string& dir,
                                                       bool synced);

std::unique_ptr<BenchStore> OpenOnRecord(const std::string& dir, bool synced);

// One key an event: the least that a LevelDB log can do.
std::unique_ptr<BenchStore> OpenRawLevelDb(const std::string& dir, bool synced);

// WAL; unique event id, unique (stream, revision).
std::unique_ptr<BenchStore> OpenSqlite(const std::string& dir, bool synced);

// One key an event, and (stream, revision) as a second database.
std::unique_ptr<BenchStore> OpenLmdb(const std::string& dir, bool synced);

// One key an event. Debian builds it with assertions.
std::unique_ptr<BenchStore> OpenRocksDb(const std::string& dir, bool synced);

}  // namespace bench
}  // namespace onrecord

#endif  // ONRECORD_TESTS_BENCH_BENCH_STORE_H_
