// Events on their way from the log into projections, in batches that are read
// and taken apart ahead of the fold.

#ifndef ONRECORD_ENGINE_PROJECTIONS_EVENT_FEED_H_
#define ONRECORD_ENGINE_PROJECTIONS_EVENT_FEED_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/projections/statement_brief.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"
#include "storage/mutex.h"

namespace onrecord {

// Bytes that stay where they are until all are given up. Thread-compatible.
class StableBytes {
 public:
  absl::string_view Copy(absl::string_view bytes);

  // Gives all up; keeps the memory.
  void Clear();

 private:
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
  };

  std::vector<Chunk> chunks_;
  size_t chunk_ = 0;  // the one that is being filled
  size_t used_ = 0;   // of it
};

// Events that follow each other in the log.
class EventBatch {
 public:
  struct Item {
    uint64_t log_position = 0;

    // Null if nobody wants it.
    const RecordedEvent* event = nullptr;
    bool has_brief = false;
    StatementBrief brief;  // if has_brief
  };

  const std::vector<Item>& items() const { return items_; }

  // Of the last event.
  const std::string& last_event_id() const { return last_event_id_; }
  int64_t last_recorded_time_us() const { return last_recorded_time_us_; }

 private:
  friend class EventFeed;

  std::vector<Item> items_;
  std::deque<RecordedEvent> events_;  // kept for their memory
  size_t events_used_ = 0;
  StableBytes bytes_;  // what the briefs refer to
  std::string last_event_id_;
  int64_t last_recorded_time_us_ = 0;
};

struct FeedOptions {
  // Both inclusive.
  uint64_t first_log_position = 1;
  uint64_t last_log_position = 0;

  // Whether somebody wants every event as a message. If not, those that have a
  // brief come without.
  bool messages = true;

  // Whether somebody wants briefs.
  bool briefs = false;

  // Read on a thread of its own. The batches are the same.
  bool ahead = false;
};

// Gives the events of a stretch of the log, in order.
//
//   while (const EventBatch* batch = feed.Next()) …
//   if (!feed.status().ok()) …
//
// Thread-compatible. `log` must outlive it.
class EventFeed {
 public:
  EventFeed(EventLog* log, const FeedOptions& options);
  ~EventFeed();
  EventFeed(const EventFeed&) = delete;
  EventFeed& operator=(const EventFeed&) = delete;

  // The next events, at least one, until the next call; null at the end and
  // after an error.
  const EventBatch* Next() ABSL_LOCKS_EXCLUDED(mu_);

  // What ended it. DATA_LOSS, with the place, where the log does not check.
  absl::Status status() const { return status_; }

 private:
  // Fills `batch`, from where the reader stands; false at the end and after an
  // error.
  bool Fill(EventBatch* batch);
  bool FillItem(EventBatch* batch, EventBatch::Item* item);
  void ReadAhead() ABSL_LOCKS_EXCLUDED(mu_);

  // Constant after construction.
  const FeedOptions options_;
  const std::unique_ptr<EventReader> reader_;  // the thread's, if there is one

  absl::Status status_;
  std::unique_ptr<EventBatch> current_;

  Mutex mu_;
  CondVar changed_;
  std::deque<std::unique_ptr<EventBatch>> filled_ ABSL_GUARDED_BY(mu_);
  std::vector<std::unique_ptr<EventBatch>> empty_ ABSL_GUARDED_BY(mu_);
  bool at_end_ ABSL_GUARDED_BY(mu_) = false;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_EVENT_FEED_H_
