#include "storage/log_readers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

absl::Status StreamDamage(absl::string_view stream, uint64_t revision,
                          uint64_t log_position, absl::string_view reason) {
  return absl::DataLossError(absl::StrCat("stream ", stream, ", revision ",
                                          revision, ", log position ",
                                          log_position, ": ", reason));
}

class LogReader : public BlockEventReader {
 public:
  LogReader(BlockIterator blocks, uint64_t from, uint64_t bound,
            Direction direction)
      : blocks_(std::move(blocks)), bound_(bound), direction_(direction) {
    expected_ = direction == Direction::kForwards ? std::max<uint64_t>(from, 1)
                                                  : std::min(from, bound);
    if (expected_ == 0 || expected_ > bound_) return;
    blocks_.Seek(expected_);
    StandOnExpected();
  }

  void Next() override {
    if (direction_ == Direction::kForwards) {
      if (++expected_ > bound_) return End();
      if (index() + 1 < blocks_.block().events()) return StandOn(index() + 1);
      blocks_.Next();
    } else {
      if (--expected_ == 0) return End();
      if (index() > 0) return StandOn(index() - 1);
      blocks_.Prev();
    }
    StandOnExpected();
  }

 protected:
  const Block& block() const override { return blocks_.block(); }

 private:
  void StandOnExpected() {
    if (!blocks_.status().ok()) {
      return Fail(LogDamage(expected_, blocks_.status().message()));
    }
    const Block& block = blocks_.block();
    if (!blocks_.Valid() || expected_ < block.first_log_position() ||
        expected_ > block.last_log_position()) {
      return Fail(LogDamage(expected_, "the event is missing"));
    }
    StandOn(expected_ - block.first_log_position());
  }

  BlockIterator blocks_;
  const uint64_t bound_;
  const Direction direction_;
  uint64_t expected_;
};

class StreamReader : public BlockEventReader {
 public:
  StreamReader(const LogStore& store, StreamEntries entries,
               absl::string_view stream, uint64_t revision,
               uint64_t next_revision, uint64_t bound, Direction direction)
      : store_(store),
        entries_(std::move(entries)),
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
    entries_.Next();
    LoadBlock();
  }

 protected:
  const Block& block() const override { return block_; }

 private:
  void LoadBlock() {
    if (!entries_.status().ok()) {
      return FailAt(0, entries_.status().message());
    }
    if (!entries_.Valid()) return FailAt(0, "the index does not know it");
    const uint64_t key = entries_.entry().block;
    absl::StatusOr<std::string> bytes = store_.GetBlock(key, std::move(bytes_));
    if (!bytes.ok()) return FailAt(key, bytes.status().message());
    bytes_ = *std::move(bytes);
    const absl::Status status = block_.Parse(bytes_);
    if (!status.ok()) return FailAt(key, status.message());
    for (const Block::Run& run : block_.runs()) {
      if (run.stream != stream_) continue;
      first_ = run.first_revision;
      last_ = run.first_revision + run.events;
      first_event_ = run.first_event;
      if (expected_ >= first_ && expected_ < last_) return StandOnExpected();
    }
    FailAt(key, "the index points elsewhere");
  }

  void StandOnExpected() {
    StandOn(first_event_ + (expected_ - first_));
    if (direction_ == Direction::kForwards && log_position() > bound_) End();
  }

  void FailAt(uint64_t log_position, absl::string_view reason) {
    Fail(StreamDamage(stream_, expected_, log_position, reason));
  }

  const LogStore& store_;
  StreamEntries entries_;
  const std::string stream_;
  const uint64_t next_revision_;
  const uint64_t bound_;
  const Direction direction_;
  uint64_t expected_;
  std::string bytes_;
  Block block_;
  uint64_t first_ = 0;  // revisions [first_, last_) stand in block_,
  uint64_t last_ = 0;
  size_t first_event_ = 0;  // from this event on
};

class KindReader : public BlockEventReader {
 public:
  KindReader(const LogStore& store, KindEntries entries, uint64_t kinds,
             uint64_t from, uint64_t bound)
      : store_(store),
        entries_(std::move(entries)),
        kinds_(kinds),
        from_(from),
        bound_(bound) {
    LoadBlock();
  }

  void Next() override { StandOnNext(index() + 1); }

 protected:
  const Block& block() const override { return block_; }

 private:
  void LoadBlock() {
    if (!entries_.Valid()) {
      if (entries_.status().ok()) return End();
      return Fail(entries_.status());
    }
    absl::StatusOr<std::string> bytes =
        store_.GetBlock(entries_.block(), std::move(bytes_));
    if (!bytes.ok()) return Fail(bytes.status());
    bytes_ = *std::move(bytes);
    const absl::Status status = block_.Parse(bytes_);
    if (!status.ok()) {
      return Fail(LogDamage(entries_.block(), status.message()));
    }
    StandOnNext(0);
  }

  // Stands on the first event from event `i` of the block on.
  void StandOnNext(size_t i) {
    for (; i < block_.events(); ++i) {
      const uint64_t place = block_.first_log_position() + i;
      if (place > bound_) return End();
      if (place < from_) continue;
      if ((PeekEvent(block_.event_bytes(i)).kinds & kinds_) != 0) {
        return StandOn(i);
      }
    }
    entries_.Next();
    LoadBlock();
  }

  const LogStore& store_;
  KindEntries entries_;
  const uint64_t kinds_;
  const uint64_t from_;
  const uint64_t bound_;
  std::string bytes_;
  Block block_;
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

}  // namespace

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
  Fail(StreamDamage(stream(), revision(), log_position(), status.message()));
  return false;
}

std::unique_ptr<EventReader> NewLogReader(const LogStore& store, uint64_t from,
                                          uint64_t bound, Direction direction) {
  return std::make_unique<LogReader>(store.NewIterator(/*fill_cache=*/false),
                                     from, bound, direction);
}

std::unique_ptr<EventReader> NewStreamReader(
    const LogStore& store, StreamEntries entries, absl::string_view stream,
    uint64_t revision, uint64_t next_revision, uint64_t bound,
    Direction direction) {
  return std::make_unique<StreamReader>(store, std::move(entries), stream,
                                        revision, next_revision, bound,
                                        direction);
}

std::unique_ptr<EventReader> NewKindReader(const LogStore& store,
                                           const LogIndex& index,
                                           absl::Span<const int> body_fields,
                                           uint64_t from, uint64_t bound) {
  uint64_t kinds = 0;
  for (const int field : body_fields) kinds |= KindBit(field);
  return std::make_unique<KindReader>(store, index.ReadKinds(kinds, from),
                                      kinds, from, bound);
}

std::unique_ptr<EventReader> NewEmptyReader(absl::Status status) {
  return std::make_unique<EmptyReader>(std::move(status));
}

}  // namespace onrecord
