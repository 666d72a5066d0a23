#include "storage/subscription.h"

namespace onrecord {

absl::StatusOr<const RecordedEvent*> Subscription::Next(
    absl::Duration timeout) {
  if (reader_ != nullptr) reader_->Next();
  if (reader_ == nullptr || !reader_->Valid()) {
    if (reader_ != nullptr && !reader_->status().ok()) {
      const absl::Status status = reader_->status();
      reader_ = nullptr;
      return status;
    }
    reader_ = nullptr;
    if (!log_->WaitForEvents(checkpoint_, timeout)) return nullptr;
    reader_ = log_->ReadLog(checkpoint_ + 1, {});
  }
  if (reader_->Valid()) {
    const RecordedEvent* const event = &reader_->event();
    // Decoding may fail as well.
    if (reader_->Valid()) {
      checkpoint_ = event->log_position();
      return event;
    }
  }
  const absl::Status status = reader_->status();
  reader_ = nullptr;
  if (status.ok()) return nullptr;
  return status;
}

}  // namespace onrecord
