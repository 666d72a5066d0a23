#include "engine/projections/position_block.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/projections/bytes.h"

namespace onrecord {
namespace {

// An entry begins with a byte of what most have: the stance's code in the two
// low bits, then these.
constexpr uint8_t kStanceMask = 3;
constexpr uint8_t kOtherStance = 3;
constexpr uint8_t kConditional = 4;
constexpr uint8_t kSecondHand = 8;
constexpr uint8_t kKnownLater = 16;  // than the log position of its place
constexpr uint8_t kHasEnd = 32;
constexpr uint8_t kHasMore = 64;  // another byte follows, of these:
constexpr uint8_t kDuplicate = 1;
constexpr uint8_t kUnnamed = 2;
constexpr uint8_t kHasSpan = 4;
constexpr uint8_t kOtherSpeaker = 8;
constexpr uint8_t kOtherTopic = 16;
constexpr uint8_t kOtherStatement = 32;

constexpr uint8_t kHeld = 1;
constexpr uint8_t kHeldConditionally = 2;
constexpr uint8_t kHeldSoftened = 4;

void WriteStanding(const Standing& standing, ByteWriter& writer) {
  writer.Byte((standing.held ? kHeld : 0) |
              (standing.conditional ? kHeldConditionally : 0) |
              (standing.softened ? kHeldSoftened : 0));
  if (!standing.held) return;
  writer.Signed(standing.from);
  writer.Signed(standing.since);
  writer.Stance(standing.stance);
  if (standing.softened) writer.Stance(standing.concession);
}

Standing ReadStanding(ByteReader& reader) {
  Standing standing;
  const uint8_t flags = reader.Byte();
  standing.held = flags & kHeld;
  standing.conditional = flags & kHeldConditionally;
  standing.softened = flags & kHeldSoftened;
  if (!standing.held) return standing;
  standing.from = static_cast<DayNumber>(reader.Signed());
  standing.since = static_cast<DayNumber>(reader.Signed());
  standing.stance = reader.Stance();
  if (standing.softened) standing.concession = reader.Stance();
  return standing;
}

uint8_t StanceCode(double stance) {
  return stance == -1 || stance == 0 || stance == 1
             ? static_cast<uint8_t>(stance + 1)
             : kOtherStance;
}

uint8_t FlagsOf(const PositionEntry& entry, bool more) {
  return StanceCode(entry.stance) | (entry.conditional ? kConditional : 0) |
         (entry.second_hand ? kSecondHand : 0) |
         (entry.place.known_from != entry.place.log_position ? kKnownLater
                                                             : 0) |
         (entry.known_until ? kHasEnd : 0) | (more ? kHasMore : 0);
}

uint8_t MoreFlagsOf(const PositionEntry& entry, uint32_t actor,
                    uint32_t topic) {
  return (entry.duplicate ? kDuplicate : 0) | (entry.unnamed ? kUnnamed : 0) |
         (entry.span_days ? kHasSpan : 0) |
         (entry.speaker != actor ? kOtherSpeaker : 0) |
         (entry.topic != topic ? kOtherTopic : 0) |
         (entry.statement != entry.place.log_position ? kOtherStatement : 0);
}

void WriteEntry(const PositionEntry& entry, const EntryPlace& last,
                uint32_t actor, uint32_t topic, ByteWriter& writer) {
  const EntryPlace& place = entry.place;
  const uint8_t more = MoreFlagsOf(entry, actor, topic);
  const uint8_t flags = FlagsOf(entry, more != 0);
  writer.Byte(flags);
  if (more) writer.Byte(more);
  writer.Signed(static_cast<int64_t>(place.day) - last.day);
  writer.Signed(static_cast<int64_t>(place.log_position - last.log_position));
  if ((flags & kStanceMask) == kOtherStance) writer.Stance(entry.stance);
  if (flags & kKnownLater) {
    writer.Unsigned(place.known_from - place.log_position);
  }
  if (flags & kHasEnd) writer.Unsigned(entry.known_until - place.known_from);
  if (more & kHasSpan) writer.Unsigned(entry.span_days);
  if (more & kOtherSpeaker) writer.Unsigned(entry.speaker);
  if (more & kOtherTopic) writer.Unsigned(entry.topic);
  if (more & kOtherStatement) writer.Unsigned(entry.statement);
}

PositionEntry ReadEntry(const EntryPlace& last, uint32_t actor, uint32_t topic,
                        ByteReader& reader) {
  PositionEntry entry;
  const uint8_t flags = reader.Byte();
  const uint8_t more = flags & kHasMore ? reader.Byte() : 0;
  entry.conditional = flags & kConditional;
  entry.second_hand = flags & kSecondHand;
  entry.duplicate = more & kDuplicate;
  entry.unnamed = more & kUnnamed;
  EntryPlace& place = entry.place;
  place.day = static_cast<DayNumber>(last.day + reader.Signed());
  place.log_position =
      last.log_position + static_cast<uint64_t>(reader.Signed());
  const uint8_t code = flags & kStanceMask;
  entry.stance =
      code == kOtherStance ? reader.Stance() : static_cast<double>(code) - 1;
  place.known_from = place.log_position;
  if (flags & kKnownLater) place.known_from += reader.Unsigned();
  if (flags & kHasEnd) entry.known_until = place.known_from + reader.Unsigned();
  if (more & kHasSpan) {
    entry.span_days = static_cast<uint32_t>(reader.Unsigned());
  }
  entry.speaker =
      more & kOtherSpeaker ? static_cast<uint32_t>(reader.Unsigned()) : actor;
  entry.topic =
      more & kOtherTopic ? static_cast<uint32_t>(reader.Unsigned()) : topic;
  entry.statement =
      more & kOtherStatement ? reader.Unsigned() : place.log_position;
  return entry;
}

}  // namespace

std::string PositionBlock::Encode(uint32_t actor, uint32_t topic) const {
  ByteWriter writer(entries_.size() * 8 + 16);
  writer.Unsigned(entrances_.size());
  uint64_t known_from = 0;
  for (const Entrance& entrance : entrances_) {
    writer.Unsigned(entrance.known_from - known_from);
    known_from = entrance.known_from;
    WriteStanding(entrance.standing, writer);
  }
  writer.Unsigned(entries_.size());
  EntryPlace last{0, 0, 0};
  for (const PositionEntry& entry : entries_) {
    WriteEntry(entry, last, actor, topic, writer);
    last = entry.place;
  }
  return writer.Take();
}

void PositionBlock::Clear() {
  entrances_.clear();
  entries_.clear();
}

bool PositionBlock::Decode(absl::string_view bytes, uint32_t actor,
                           uint32_t topic) {
  Clear();
  ByteReader reader(bytes);
  uint64_t known_from = 0;
  for (uint64_t i = reader.Unsigned(); i > 0 && reader.ok(); --i) {
    known_from += reader.Unsigned();
    entrances_.push_back({known_from, ReadStanding(reader)});
  }
  const uint64_t count = reader.Unsigned();
  if (!reader.ok() || count > bytes.size()) return false;
  entries_.reserve(count);
  EntryPlace last{0, 0, 0};
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    entries_.push_back(ReadEntry(last, actor, topic, reader));
    last = entries_.back().place;
  }
  return reader.ok() && reader.at_end() && !entrances_.empty();
}

void PositionBlock::Insert(const PositionEntry& entry) {
  auto at = entries_.end();
  while (at != entries_.begin() && entry.place < (at - 1)->place) --at;
  entries_.insert(at, entry);
}

void PositionBlock::End(size_t index, uint64_t known_until) {
  entries_[index].known_until = known_until;
}

void PositionBlock::AddEntrance(uint64_t known_from, const Standing& standing) {
  if (!entrances_.empty() && entrances_.back().known_from == known_from) {
    entrances_.pop_back();
  }
  if (!entrances_.empty() && entrances_.back().standing == standing) return;
  entrances_.push_back({known_from, standing});
}

const Standing& PositionBlock::StandingBefore(uint64_t known_at) const {
  static const Standing kNone;
  const Standing* before = &kNone;
  for (const Entrance& entrance : entrances_) {
    if (entrance.known_from > known_at) break;
    before = &entrance.standing;
  }
  return *before;
}

Standing PositionBlock::StandingAfter(uint64_t known_at, DayNumber day) const {
  Standing standing = StandingBefore(known_at);
  for (const PositionEntry& entry : entries_) {
    if (entry.place.day > day) break;
    if (!entry.Counts(known_at)) continue;
    TakeStance(entry.place.day, entry.stance, entry.conditional, &standing);
  }
  return standing;
}

void PositionBlock::SplitInto(PositionBlock* later) {
  const size_t half = entries_.size() / 2;
  later->entries_.assign(entries_.begin() + static_cast<ptrdiff_t>(half),
                         entries_.end());
  entries_.resize(half);

  // The standing between the halves, whenever it was another one.
  std::set<uint64_t> times;
  for (const Entrance& entrance : entrances_) {
    times.insert(entrance.known_from);
  }
  const uint64_t first = *times.begin();
  for (const PositionEntry& entry : entries_) {
    times.insert(std::max(first, entry.place.known_from));
    if (entry.known_until) times.insert(std::max(first, entry.known_until));
  }
  for (uint64_t time : times) later->AddEntrance(time, StandingAfter(time));
}

}  // namespace onrecord
