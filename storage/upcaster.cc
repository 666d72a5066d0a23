#include "storage/upcaster.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

class UpcastingReader : public EventReader {
 public:
  UpcastingReader(const UpcasterChain* chain,
                  std::unique_ptr<EventReader> reader)
      : chain_(chain), reader_(std::move(reader)) {}

  bool Valid() const override { return error_.ok() && reader_->Valid(); }

  void Next() override {
    upcast_ = false;
    reader_->Next();
  }

  const RecordedEvent& event() override {
    if (upcast_) return event_;
    event_ = reader_->event();
    if (!reader_->Valid()) return event_;
    const absl::Status status = chain_->Upcast(event_.mutable_event());
    if (!status.ok()) {
      error_ = absl::Status(
          status.code(), absl::StrCat("stream ", stream(), ", revision ",
                                      revision(), ", log position ",
                                      log_position(), ": ", status.message()));
      return RecordedEvent::default_instance();
    }
    upcast_ = true;
    return event_;
  }

  uint64_t log_position() const override { return reader_->log_position(); }
  uint64_t revision() const override { return reader_->revision(); }
  absl::string_view stream() const override { return reader_->stream(); }
  absl::Status status() const override {
    return error_.ok() ? reader_->status() : error_;
  }

 private:
  const UpcasterChain* const chain_;
  const std::unique_ptr<EventReader> reader_;
  RecordedEvent event_;
  bool upcast_ = false;
  absl::Status error_;
};

}  // namespace

absl::Status UpcasterChain::Upcast(NewEvent* event) const {
  for (const Upcaster& upcaster : upcasters_) {
    ONRECORD_RETURN_IF_ERROR(upcaster(event));
  }
  return absl::OkStatus();
}

std::unique_ptr<EventReader> UpcasterChain::Read(
    std::unique_ptr<EventReader> reader) const {
  return std::make_unique<UpcastingReader>(this, std::move(reader));
}

}  // namespace onrecord
