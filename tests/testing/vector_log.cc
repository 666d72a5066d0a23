#include "tests/testing/vector_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace testing {
namespace {

class VectorReader : public EventReader {
 public:
  VectorReader(const std::vector<RecordedEvent>& events, uint64_t from,
               uint64_t last, uint64_t damaged)
      : events_(events),
        at_(std::max<uint64_t>(from, 1)),
        last_(std::min<uint64_t>(last, events.size())),
        damaged_(damaged) {}

  bool Valid() const override { return at_ <= last_ && status().ok(); }
  void Next() override { ++at_; }
  const RecordedEvent& event() override { return events_[at_ - 1]; }
  uint64_t log_position() const override { return at_; }
  uint64_t revision() const override { return events_[at_ - 1].revision(); }
  absl::string_view stream() const override {
    return events_[at_ - 1].stream();
  }
  absl::Status status() const override {
    if (at_ != damaged_) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("log position ", at_));
  }

 private:
  const std::vector<RecordedEvent>& events_;
  uint64_t at_;
  const uint64_t last_;
  const uint64_t damaged_;
};

absl::Status Unimplemented() {
  return absl::UnimplementedError("not in a VectorLog");
}

}  // namespace

uint64_t VectorLog::Add(NewEvent event) {
  RecordedEvent recorded;
  recorded.set_log_position(events_.size() + 1);
  recorded.set_stream("test");
  recorded.set_revision(events_.size());
  ++added_;
  recorded.set_recorded_time_us(static_cast<int64_t>(added_) * 1000000);
  if (event.id().empty()) event.set_id(absl::StrCat("event-", added_));
  *recorded.mutable_event() = std::move(event);
  events_.push_back(std::move(recorded));
  return events_.size();
}

void VectorLog::CutAfter(uint64_t log_position) {
  events_.resize(log_position);
}

absl::StatusOr<AppendResult> VectorLog::Append(absl::Span<const StreamAppend>,
                                               const AppendOptions&) {
  return Unimplemented();
}

std::unique_ptr<EventReader> VectorLog::ReadLog(uint64_t log_position,
                                                const ReadOptions& options) {
  return std::make_unique<VectorReader>(events_, log_position, options.known_at,
                                        damaged_);
}

std::unique_ptr<EventReader> VectorLog::ReadStream(absl::string_view, uint64_t,
                                                   const ReadOptions&) {
  return std::make_unique<VectorReader>(events_, kLatest, 0, 0);
}

absl::StatusOr<uint64_t> VectorLog::StreamRevision(absl::string_view) {
  return Unimplemented();
}

absl::StatusOr<AppendResult> VectorLog::FindCommit(absl::string_view) {
  return Unimplemented();
}

absl::StatusOr<RecordedEvent> VectorLog::FindEvent(absl::string_view) {
  return Unimplemented();
}

absl::StatusOr<std::string> VectorLog::GetText(absl::string_view) {
  return Unimplemented();
}

absl::StatusOr<Head> VectorLog::GetHead() { return Unimplemented(); }

absl::StatusOr<LogStats> VectorLog::Stats() { return Unimplemented(); }

absl::StatusOr<VerifyReport> VectorLog::Verify(
    absl::FunctionRef<void(const Damage&)>) {
  return Unimplemented();
}

}  // namespace testing
}  // namespace onrecord
