// Blocks: how the events of a commit are laid out in the log. See FORMAT.md.

#ifndef ONRECORD_STORAGE_BLOCK_H_
#define ONRECORD_STORAGE_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "proto/event.pb.h"
#include "storage/hash.h"

namespace onrecord {

// What a block says of all its events, so that it can be passed over: a set of
// body kinds, and whether an event has an id that the log did not give.
inline constexpr uint64_t kOwnIdBit = 1;
inline constexpr int kFirstBodyField = 16;
inline constexpr uint64_t KindBit(int body_field) {
  const int bit = body_field - kFirstBodyField + 1;
  return bit > 0 && bit < 64 ? uint64_t{1} << bit : 0;
}

// Where an event stands among the bytes of an append: from its length to its
// end. And its kinds.
struct EncodedEvent {
  size_t begin = 0;
  size_t end = 0;
  uint64_t kinds = 0;
};

// Events of one stream that follow each other in a commit. Does not own what
// it points to.
struct StreamEvents {
  absl::string_view stream;
  uint64_t first_revision = 0;

  // Serialized NewEvents, each after its length, as blocks have them.
  absl::string_view bytes;

  // Those of the stream: each begins where the one before ends.
  absl::Span<const EncodedEvent> events;
};

// What is the same for all blocks of a commit.
struct CommitHeader {
  uint64_t commit = 0;
  uint64_t first_log_position = 0;
  int64_t recorded_time_us = 0;

  // How many events the commit has.
  uint64_t events = 0;
  std::string commit_id;

  // Texts that the commit came with, whether or not they were new.
  std::vector<Sha256Hash> texts;
};

struct EncodedBlock {
  uint64_t last_log_position = 0;
  std::string bytes;
};

// Lays a commit out in blocks of about `block_bytes`, each of at least one
// event.
std::vector<EncodedBlock> EncodeCommit(const CommitHeader& header,
                                       absl::Span<const StreamEvents> streams,
                                       size_t block_bytes);

// A block, taken apart. Reuse one for many blocks: it keeps its memory. It
// points into the bytes that it was parsed from, which must outlive its use.
// Thread-compatible.
class Block {
 public:
  // Returns DATA_LOSS, with the reason alone, if `bytes` do not match their
  // checksum or are not a block; the accessors then give an empty block.
  absl::Status Parse(absl::string_view bytes);

  uint64_t commit() const { return commit_; }
  uint64_t first_log_position() const { return first_log_position_; }
  uint64_t last_log_position() const {
    return first_log_position_ + events_.size() - 1;
  }
  int64_t recorded_time_us() const { return recorded_time_us_; }
  uint64_t checksum() const { return checksum_; }
  absl::string_view commit_id() const { return commit_id_; }

  // Of the commit that the block is part of: the number of its events, and of
  // those that stand in blocks before this one.
  uint64_t commit_events() const { return commit_events_; }
  uint64_t index_in_commit() const { return index_in_commit_; }
  bool starts_commit() const { return index_in_commit_ == 0; }
  bool ends_commit() const {
    return index_in_commit_ + events_.size() == commit_events_;
  }
  uint64_t commit_first_log_position() const {
    return first_log_position_ - index_in_commit_;
  }

  // SHA-256 of the commit's texts, one after the other, 32 bytes each. Empty
  // but in the first block of a commit.
  absl::string_view texts() const { return texts_; }

  // The part that is hashed into the commit's leaf: all but the checksum.
  absl::string_view leaf_part() const { return leaf_part_; }

  // Of all its events: bits as above.
  uint64_t kinds() const { return kinds_; }

  // Runs of events of one stream.
  struct Run {
    absl::string_view stream;
    uint64_t first_revision = 0;
    size_t first_event = 0;  // index in the block
    size_t events = 0;
  };
  const std::vector<Run>& runs() const { return runs_; }

  size_t events() const { return events_.size(); }
  // REQUIRES: i < events().
  absl::string_view event_bytes(size_t i) const { return events_[i].bytes; }
  const Run& run_of(size_t i) const { return runs_[events_[i].run]; }
  uint64_t revision_of(size_t i) const {
    const Run& run = run_of(i);
    return run.first_revision + (i - run.first_event);
  }

  // Fills in `event` from event `i`. Returns DATA_LOSS, with the reason alone,
  // if it does not parse.
  absl::Status FillEvent(size_t i, RecordedEvent* event) const;

 private:
  struct Event {
    absl::string_view bytes;
    uint32_t run = 0;
  };

  absl::Status ParseRuns(absl::string_view bytes, uint64_t count);
  void Clear();

  uint64_t checksum_ = 0;
  uint64_t commit_ = 0;
  uint64_t first_log_position_ = 0;
  int64_t recorded_time_us_ = 0;
  uint64_t commit_events_ = 0;
  uint64_t index_in_commit_ = 0;
  uint64_t kinds_ = 0;
  absl::string_view commit_id_;
  absl::string_view texts_;
  absl::string_view leaf_part_;
  std::vector<Run> runs_;
  std::vector<Event> events_;
};

// What can be told of a serialized NewEvent without parsing all of it.
struct EventPeek {
  absl::string_view id;  // empty if the log gives it one
  uint64_t kinds = 0;
};
EventPeek PeekEvent(absl::string_view bytes);

// The id of the event at `log_position` that was appended without one.
std::string GivenEventId(absl::string_view commit_id, uint64_t index_in_commit,
                         uint64_t log_position);

// Such an id, taken apart: the number is the index in the commit with that id,
// or the log position if the commit has none. Points into the id.
struct GivenId {
  absl::string_view commit_id;
  uint64_t number = 0;
};

// Returns nothing if `event_id` is not one that the log gives. One that is of
// its form but malformed has a number beyond every other.
std::optional<GivenId> ParseGivenEventId(absl::string_view event_id);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_BLOCK_H_
