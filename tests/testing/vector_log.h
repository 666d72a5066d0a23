// An event log that is a vector, for tests of what reads logs.

#ifndef ONRECORD_TESTS_TESTING_VECTOR_LOG_H_
#define ONRECORD_TESTS_TESTING_VECTOR_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"

namespace onrecord {
namespace testing {

// Holds what Add was given, and reads it forwards; everything else is
// UNIMPLEMENTED. Thread-compatible.
class VectorLog : public EventLog {
 public:
  // Records `event` behind the others, and returns its log position. A second
  // passes between two events.
  uint64_t Add(NewEvent event);

  // Forgets every event behind `log_position`, as a loss of power may.
  void CutAfter(uint64_t log_position);

  // Reading the event at this log position fails with DATA_LOSS. 0: none.
  void set_damaged(uint64_t log_position) { damaged_ = log_position; }

  const std::vector<RecordedEvent>& events() const { return events_; }

  absl::StatusOr<AppendResult> Append(absl::Span<const StreamAppend> appends,
                                      const AppendOptions& options) override;
  std::unique_ptr<EventReader> ReadLog(uint64_t log_position,
                                       const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadStream(absl::string_view stream,
                                          uint64_t revision,
                                          const ReadOptions& options) override;
  uint64_t last_log_position() const override { return events_.size(); }
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) override;
  absl::StatusOr<AppendResult> FindCommit(absl::string_view commit_id) override;
  absl::StatusOr<RecordedEvent> FindEvent(absl::string_view event_id) override;
  absl::StatusOr<std::string> GetText(absl::string_view sha256) override;
  absl::StatusOr<Head> GetHead() override;
  absl::StatusOr<LogStats> Stats() override;
  absl::StatusOr<VerifyReport> Verify(
      absl::FunctionRef<void(const Damage&)> on_damage) override;

 private:
  std::vector<RecordedEvent> events_;
  uint64_t damaged_ = 0;
  uint64_t added_ = 0;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_VECTOR_LOG_H_
