// Counters and latencies of a timeline, for a service to export.

#ifndef ONRECORD_ENGINE_METRICS_H_
#define ONRECORD_ENGINE_METRICS_H_

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// How often something took how long. Thread-safe; readers may see an
// observation in the sum before they see it in the buckets.
class Histogram {
 public:
  // Upper bounds of the buckets, in seconds; a last one has none.
  static constexpr std::array<double, 12> kBounds = {
      1e-5, 1e-4, 5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1, 10, 60};

  void Observe(std::chrono::nanoseconds took);

  // Adds the lines of the text form to `out`. `labels` is empty or like
  // `query="positions"`.
  void AppendText(absl::string_view name, absl::string_view labels,
                  std::string* out) const;

 private:
  std::array<std::atomic<uint64_t>, kBounds.size() + 1> buckets_{};
  std::atomic<uint64_t> sum_ns_{0};
};

// What a timeline counts since it was opened. Thread-safe.
class Metrics {
 public:
  enum Query {
    kPositions,
    kShifts,
    kDiff,
    kNetwork,
    kWhy,
    kStatements,
    kActors,
    kTopics,
    kOther,
    kQueries
  };

  // What is read off the timeline at the moment of the export.
  struct Gauges {
    uint64_t last_log_position = 0;
    uint64_t projected_log_position = 0;
    uint64_t commits = 0;
    uint64_t texts = 0;
    uint64_t bytes_on_disk = 0;
  };

  void CountAppend(const absl::Status& status, size_t events,
                   std::chrono::nanoseconds took);
  void CountIngest(const absl::Status& status, size_t articles,
                   std::chrono::nanoseconds took);
  void CountReplay(uint64_t events, std::chrono::nanoseconds took);
  void CountQuery(Query query, const absl::Status& status,
                  std::chrono::nanoseconds took);

  // The metrics in Prometheus' text exposition format, version 0.0.4.
  std::string Text(const Gauges& gauges) const;

 private:
  using Counter = std::atomic<uint64_t>;

  Counter events_appended_{0};
  Counter append_conflicts_{0};  // wrong expected revisions
  Counter append_failures_{0};   // all others
  Histogram append_seconds_;
  Counter articles_ingested_{0};
  Counter ingest_failures_{0};
  Histogram ingest_seconds_;
  Counter events_replayed_{0};
  Histogram replay_seconds_;
  std::array<Counter, kQueries> query_failures_{};
  std::array<Histogram, kQueries> query_seconds_;
};

// Tells how long it has been since it was made.
class Stopwatch {
 public:
  std::chrono::nanoseconds Elapsed() const {
    return std::chrono::steady_clock::now() - start_;
  }

 private:
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_METRICS_H_
