// The readers that LevelDbEventLog gives out.

#ifndef ONRECORD_STORAGE_LOG_READERS_H_
#define ONRECORD_STORAGE_LOG_READERS_H_

#include <google/protobuf/arena.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/block.h"
#include "storage/event_log.h"
#include "storage/log_index.h"
#include "storage/log_store.h"

namespace onrecord {

// What all readers share: standing on an event of a block.
class BlockEventReader : public EventReader {
 public:
  bool Valid() const override { return valid_; }
  const RecordedEvent& event() override;
  bool Read(RecordedEvent* event) override;
  absl::string_view bytes() const override {
    return block().event_bytes(index_);
  }
  uint64_t log_position() const override {
    return block().first_log_position() + index_;
  }
  uint64_t revision() const override { return block().revision_of(index_); }
  absl::string_view stream() const override {
    return block().run_of(index_).stream;
  }
  absl::Status status() const override { return status_; }

 protected:
  virtual const Block& block() const = 0;

  void StandOn(size_t index) {
    valid_ = true;
    index_ = index;
    event_ = nullptr;
  }
  void End() { valid_ = false; }
  void Fail(absl::Status status) {
    valid_ = false;
    status_ = std::move(status);
  }
  size_t index() const { return index_; }

 private:
  static constexpr size_t kArenaBytes = 4096;

  bool valid_ = false;
  size_t index_ = 0;  // in block()
  absl::Status status_;

  // Where the event is made: the messages that it is made of are as many calls
  // of malloc otherwise, half of what a scan takes.
  alignas(8) char arena_bytes_[kArenaBytes];
  google::protobuf::Arena arena_{arena_bytes_, kArenaBytes};
  RecordedEvent* event_ = nullptr;  // null: not decoded yet
};

// Reads [from, bound] or, backwards, [1, min(from, bound)].
std::unique_ptr<EventReader> NewLogReader(const LogStore& store, uint64_t from,
                                          uint64_t bound, Direction direction);

// Reads a stream of which `next_revision` is the revision after the last, as
// far as it stands up to the log position `bound`. `entries` must begin at
// `revision`, which is below `next_revision`.
std::unique_ptr<EventReader> NewStreamReader(
    const LogStore& store, StreamEntries entries, absl::string_view stream,
    uint64_t revision, uint64_t next_revision, uint64_t bound,
    Direction direction);

// Reads the events in [from, bound] whose body is one of `body_fields`. `index`
// is only used while it is made.
std::unique_ptr<EventReader> NewKindReader(const LogStore& store,
                                           const LogIndex& index,
                                           absl::Span<const int> body_fields,
                                           uint64_t from, uint64_t bound);

// Reads nothing, because of `status` or because there is nothing.
std::unique_ptr<EventReader> NewEmptyReader(absl::Status status);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_READERS_H_
