#include "storage/block_readers.h"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/block.h"

namespace onrecord {
namespace {

absl::Status StreamDamage(absl::string_view stream, uint64_t revision,
                          uint64_t log_position, const absl::Status& status) {
  if (absl::IsUnavailable(status)) return status;
  return absl::DataLossError(
      absl::StrCat("stream ", stream, ", revision ", revision,
                   ", log position ", log_position, ": ", status.message()));
}

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

class LogReader : public BlockEventReader {
 public:
  LogReader(std::unique_ptr<BlockSource> blocks, uint64_t from, uint64_t bound,
            Direction direction)
      : blocks_(std::move(blocks)), bound_(bound), direction_(direction) {
    expected_ = direction == Direction::kForwards ? std::max<uint64_t>(from, 1)
                                                  : std::min(from, bound);
    if (expected_ == 0 || expected_ > bound_) return;
    StandOnExpected();
  }

  void Next() override {
    if (direction_ == Direction::kForwards) {
      if (++expected_ > bound_) return End();
      if (index() + 1 < blocks_->block().events()) return StandOn(index() + 1);
    } else {
      if (--expected_ == 0) return End();
      if (index() > 0) return StandOn(index() - 1);
    }
    blocks_->Next();
    StandOnExpected();
  }

 protected:
  const Block& block() const override { return blocks_->block(); }

 private:
  void StandOnExpected() {
    if (!blocks_->status().ok()) {
      return Fail(LogDamage(expected_, blocks_->status()));
    }
    if (!blocks_->Valid() ||
        expected_ < blocks_->block().first_log_position() ||
        expected_ > blocks_->block().last_log_position()) {
      return Fail(LogDamage(expected_, "the event is missing"));
    }
    StandOn(expected_ - blocks_->block().first_log_position());
  }

  const std::unique_ptr<BlockSource> blocks_;
  const uint64_t bound_;
  const Direction direction_;
  uint64_t expected_;
};

class StreamReader : public BlockEventReader {
 public:
  StreamReader(std::unique_ptr<BlockSource> blocks, absl::string_view stream,
               uint64_t revision, uint64_t next_revision, uint64_t bound,
               Direction direction)
      : blocks_(std::move(blocks)),
        stream_(stream),
        next_revision_(next_revision),
        bound_(bound),
        direction_(direction),
        expected_(revision) {
    LoadBlock();
    while (direction_ == Direction::kBackwards && Valid() &&
           log_position() > bound_) {
      Next();
    }
  }

  void Next() override {
    if (direction_ == Direction::kForwards) {
      if (++expected_ == next_revision_) return End();
    } else {
      if (expected_-- == 0) return End();
    }
    if (expected_ >= first_ && expected_ < last_) return StandOnExpected();
    blocks_->Next();
    LoadBlock();
  }

 protected:
  const Block& block() const override { return blocks_->block(); }

 private:
  void LoadBlock() {
    const uint64_t key = blocks_->Valid() ? blocks_->key() : 0;
    if (!blocks_->status().ok()) return FailAt(key, blocks_->status());
    if (!blocks_->Valid()) {
      return FailAt(0, absl::DataLossError("the index does not know it"));
    }
    for (const Block::Run& run : block().runs()) {
      if (run.stream != stream_) continue;
      first_ = run.first_revision;
      last_ = run.first_revision + run.events;
      first_event_ = run.first_event;
      if (expected_ >= first_ && expected_ < last_) return StandOnExpected();
    }
    FailAt(key, absl::DataLossError("the index points elsewhere"));
  }

  void StandOnExpected() {
    StandOn(first_event_ + (expected_ - first_));
    if (direction_ == Direction::kForwards && log_position() > bound_) End();
  }

  void FailAt(uint64_t log_position, const absl::Status& status) {
    Fail(StreamDamage(stream_, expected_, log_position, status));
  }

  const std::unique_ptr<BlockSource> blocks_;
  const std::string stream_;
  const uint64_t next_revision_;
  const uint64_t bound_;
  const Direction direction_;
  uint64_t expected_;
  uint64_t first_ = 0;  // revisions [first_, last_) stand in the block,
  uint64_t last_ = 0;
  size_t first_event_ = 0;  // from this event on
};

class KindReader : public BlockEventReader {
 public:
  KindReader(std::unique_ptr<BlockSource> blocks, uint64_t kinds, uint64_t from,
             uint64_t bound)
      : blocks_(std::move(blocks)), kinds_(kinds), from_(from), bound_(bound) {
    StandOnNext(0);
  }

  void Next() override { StandOnNext(index() + 1); }

 protected:
  const Block& block() const override { return blocks_->block(); }

 private:
  // Stands on the first event from event `i` of the block on.
  void StandOnNext(size_t i) {
    for (; blocks_->status().ok() && blocks_->Valid(); blocks_->Next(), i = 0) {
      for (; i < block().events(); ++i) {
        const uint64_t place = block().first_log_position() + i;
        if (place > bound_) return End();
        if (place < from_) continue;
        if ((PeekEvent(block().event_bytes(i)).kinds & kinds_) != 0) {
          return StandOn(i);
        }
      }
    }
    if (blocks_->status().ok()) return End();
    Fail(blocks_->Valid() ? LogDamage(blocks_->key(), blocks_->status())
                          : blocks_->status());
  }

  const std::unique_ptr<BlockSource> blocks_;
  const uint64_t kinds_;
  const uint64_t from_;
  const uint64_t bound_;
};

class EmptyReader : public EventReader {
 public:
  explicit EmptyReader(absl::Status status) : status_(std::move(status)) {}

  bool Valid() const override { return false; }
  void Next() override {}
  const RecordedEvent& event() override {
    return RecordedEvent::default_instance();
  }
  uint64_t log_position() const override { return 0; }
  uint64_t revision() const override { return 0; }
  absl::string_view stream() const override { return ""; }
  absl::Status status() const override { return status_; }

 private:
  const absl::Status status_;
};

const RecordedEvent& BlockEventReader::event() {
  if (event_ != nullptr) return *event_;
  arena_.Reset();
  auto* const event =
      google::protobuf::Arena::CreateMessage<RecordedEvent>(&arena_);
  if (!Read(event)) return RecordedEvent::default_instance();
  event_ = event;
  return *event_;
}

bool BlockEventReader::Read(RecordedEvent* event) {
  const absl::Status status = block().FillEvent(index_, event);
  if (status.ok()) return true;
  Fail(StreamDamage(stream(), revision(), log_position(), status));
  return false;
}

}  // namespace

std::unique_ptr<EventReader> NewLogReader(std::unique_ptr<BlockSource> blocks,
                                          uint64_t from, uint64_t bound,
                                          Direction direction) {
  return std::make_unique<LogReader>(std::move(blocks), from, bound, direction);
}

std::unique_ptr<EventReader> NewStreamReader(
    std::unique_ptr<BlockSource> blocks, absl::string_view stream,
    uint64_t revision, uint64_t next_revision, uint64_t bound,
    Direction direction) {
  return std::make_unique<StreamReader>(std::move(blocks), stream, revision,
                                        next_revision, bound, direction);
}

uint64_t KindsOf(absl::Span<const int> body_fields) {
  uint64_t kinds = 0;
  for (const int field : body_fields) kinds |= KindBit(field);
  return kinds;
}

std::unique_ptr<EventReader> NewKindReader(std::unique_ptr<BlockSource> blocks,
                                           uint64_t kinds, uint64_t from,
                                           uint64_t bound) {
  return std::make_unique<KindReader>(std::move(blocks), kinds, from, bound);
}

std::unique_ptr<EventReader> NewEmptyReader(absl::Status status) {
  return std::make_unique<EmptyReader>(std::move(status));
}

}  // namespace onrecord
