// A run of the statements that make a position, as they are stored.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_BLOCK_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/projections/day.h"
#include "engine/projections/standing.h"

namespace onrecord {

// The place of an entry among those of one actor and topic: by first day of
// saying, then by the log position of the statement's first record, then by the
// one from which the entry is known.
struct EntryPlace {
  DayNumber day = kUndated;
  uint64_t log_position = 0;
  uint64_t known_from = 0;

  friend bool operator<(const EntryPlace& a, const EntryPlace& b) {
    return std::tie(a.day, a.log_position, a.known_from) <
           std::tie(b.day, b.log_position, b.known_from);
  }
  friend bool operator<=(const EntryPlace& a, const EntryPlace& b) {
    return !(b < a);
  }
};

// A statement that counts for a position, from one log position on until
// another (0: to this day).
struct PositionEntry {
  EntryPlace place;
  uint64_t known_until = 0;

  // Log position of the statement's own first record: another than the place's
  // only where it repeats a statement and stands with that.
  uint64_t statement = 0;
  double stance = 0;

  // Numbers of the actor and the topic that the statement names. The entry may
  // stand under others: merged ones, bodies that the actor belongs to.
  uint32_t speaker = 0;
  uint32_t topic = 0;

  // Days after the first on which it may have been said.
  uint32_t span_days = 0;

  bool conditional = false;
  bool duplicate = false;
  bool second_hand = false;

  // `speaker` is the body that an unnamed speaker spoke from.
  bool unnamed = false;

  bool IsKnown(uint64_t at) const {
    return place.known_from <= at && (known_until == 0 || at < known_until);
  }

  // Whether it moves the position when it is known.
  bool Counts(uint64_t at) const { return !duplicate && IsKnown(at); }
};

// Entries in order of place, and where the actor stood before the first of
// them: at every time of knowledge from when the block can be asked on. So one
// block answers for any day from its first to the next block's, and any time of
// knowledge. A value type.
class PositionBlock {
 public:
  // The standing before the first entry, known from a log position on.
  struct Entrance {
    uint64_t known_from = 0;
    Standing standing;
  };

  // More entries than these make two blocks of one.
  static constexpr size_t kMaxEntries = 64;

  // Returns whether `bytes`, of Encode, decode. `actor` and `topic` are those
  // under which the block stands.
  bool Decode(absl::string_view bytes, uint32_t actor, uint32_t topic);
  std::string Encode(uint32_t actor, uint32_t topic) const;

  // Forgets everything; keeps the memory.
  void Clear();

  const std::vector<PositionEntry>& entries() const { return entries_; }
  const std::vector<Entrance>& entrances() const { return entrances_; }

  // Puts `entry` at its place, after equal ones.
  void Insert(const PositionEntry& entry);

  // Ends the knowledge of the entry at entries()[index].
  void End(size_t index, uint64_t known_until);

  // Where the actor stands before the first entry, as known from `known_from`
  // on. They must come in order; the last of equal ones wins.
  void AddEntrance(uint64_t known_from, const Standing& standing);

  // Before the first entry, as known at a log position.
  const Standing& StandingBefore(uint64_t known_at) const;

  // After the entries said on or before `day`.
  Standing StandingAfter(uint64_t known_at, DayNumber day = kEver) const;

  // Moves the later half of the entries into `later`, an empty block.
  void SplitInto(PositionBlock* later);

 private:
  std::vector<Entrance> entrances_;
  std::vector<PositionEntry> entries_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_BLOCK_H_
