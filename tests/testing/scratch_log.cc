#include "tests/testing/scratch_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {

ScratchLog::ScratchLog() { CutAfter(0); }

uint64_t ScratchLog::Add(NewEvent event) {
  event.set_id(absl::StrCat("event-", ++added_));
  clock_.now = absl::FromUnixSeconds(static_cast<int64_t>(added_));
  Append(event);
  return events_.size();
}

void ScratchLog::CutAfter(uint64_t log_position) {
  std::vector<RecordedEvent> kept = std::move(events_);
  kept.resize(log_position);
  events_.clear();
  log_.reset();
  LogOptions options;
  options.clock = &clock_;
  auto log = OpenInMemoryEventLog(options);
  EXPECT_OK(log);
  log_ = *std::move(log);
  for (const RecordedEvent& event : kept) {
    clock_.now = absl::FromUnixMicros(event.recorded_time_us());
    Append(event.event());
  }
}

void ScratchLog::Append(const NewEvent& event) {
  AppendOptions options;
  options.sync = false;
  EXPECT_OK(log_->Append("test", ExpectedRevision::Any(),
                         absl::MakeConstSpan(&event, 1), options));
  RecordedEvent recorded;
  recorded.set_log_position(events_.size() + 1);
  recorded.set_stream("test");
  recorded.set_revision(events_.size());
  recorded.set_recorded_time_us(absl::ToUnixMicros(clock_.now));
  *recorded.mutable_event() = event;
  events_.push_back(std::move(recorded));
}

}  // namespace testing
}  // namespace onrecord
