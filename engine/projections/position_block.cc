#include "engine/projections/position_block.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/projections/bytes.h"

namespace onrecord {
namespace {

constexpr uint8_t kConditional = 1;
constexpr uint8_t kDuplicate = 2;
constexpr uint8_t kSecondHand = 4;
constexpr uint8_t kUnnamed = 8;
constexpr uint8_t kHasSpan = 16;
constexpr uint8_t kHasEnd = 32;
constexpr uint8_t kOtherSpeaker = 64;
constexpr uint8_t kOtherTopic = 128;

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

uint8_t FlagsOf(const PositionEntry& entry, uint32_t actor, uint32_t topic) {
  return (entry.conditional ? kConditional : 0) |
         (entry.duplicate ? kDuplicate : 0) |
         (entry.second_hand ? kSecondHand : 0) |
         (entry.unnamed ? kUnnamed : 0) | (entry.span_days ? kHasSpan : 0) |
         (entry.known_until ? kHasEnd : 0) |
         (entry.speaker != actor ? kOtherSpeaker : 0) |
         (entry.topic != topic ? kOtherTopic : 0);
}

}  // namespace

std::string PositionBlock::Encode(uint32_t actor, uint32_t topic) const {
  std::string bytes;
  bytes.reserve(entries_.size() * 12 + ids_.size() + 16);
  ByteWriter writer(&bytes);
  writer.Unsigned(entrances_.size());
  uint64_t known_from = 0;
  for (const Entrance& entrance : entrances_) {
    writer.Unsigned(entrance.known_from - known_from);
    known_from = entrance.known_from;
    WriteStanding(entrance.standing, writer);
  }
  writer.Unsigned(entries_.size());
  int64_t day = 0;
  uint64_t log_position = 0;
  for (const PositionEntry& entry : entries_) {
    const EntryPlace& place = entry.place;
    writer.Byte(FlagsOf(entry, actor, topic));
    writer.Stance(entry.stance);
    writer.Signed(place.day - day);
    writer.Signed(static_cast<int64_t>(place.log_position - log_position));
    writer.Unsigned(place.known_from - place.log_position);
    if (entry.span_days) writer.Unsigned(entry.span_days);
    if (entry.known_until) {
      writer.Unsigned(entry.known_until - place.known_from);
    }
    if (entry.speaker != actor) writer.Unsigned(entry.speaker);
    if (entry.topic != topic) writer.Unsigned(entry.topic);
    writer.Text(IdOf(entry));
    day = place.day;
    log_position = place.log_position;
  }
  return bytes;
}

bool PositionBlock::Decode(absl::string_view bytes, uint32_t actor,
                           uint32_t topic) {
  *this = PositionBlock();
  ByteReader reader(bytes);
  uint64_t known_from = 0;
  for (uint64_t i = reader.Unsigned(); i > 0 && reader.ok(); --i) {
    known_from += reader.Unsigned();
    entrances_.push_back({known_from, ReadStanding(reader)});
  }
  const uint64_t count = reader.Unsigned();
  if (!reader.ok() || count > bytes.size()) return false;
  entries_.reserve(count);
  int64_t day = 0;
  uint64_t log_position = 0;
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    PositionEntry entry;
    const uint8_t flags = reader.Byte();
    entry.conditional = flags & kConditional;
    entry.duplicate = flags & kDuplicate;
    entry.second_hand = flags & kSecondHand;
    entry.unnamed = flags & kUnnamed;
    entry.stance = reader.Stance();
    day += reader.Signed();
    log_position += static_cast<uint64_t>(reader.Signed());
    entry.place = {static_cast<DayNumber>(day), log_position,
                   log_position + reader.Unsigned()};
    if (flags & kHasSpan) {
      entry.span_days = static_cast<uint32_t>(reader.Unsigned());
    }
    if (flags & kHasEnd) {
      entry.known_until = entry.place.known_from + reader.Unsigned();
    }
    entry.speaker = flags & kOtherSpeaker
                        ? static_cast<uint32_t>(reader.Unsigned())
                        : actor;
    entry.topic =
        flags & kOtherTopic ? static_cast<uint32_t>(reader.Unsigned()) : topic;
    const absl::string_view id = reader.Text();
    entry.id_begin = static_cast<uint32_t>(ids_.size());
    entry.id_size = static_cast<uint32_t>(id.size());
    ids_.append(id.data(), id.size());
    entries_.push_back(entry);
  }
  return reader.ok() && reader.at_end() && !entrances_.empty();
}

size_t PositionBlock::bytes() const {
  return sizeof(*this) + entries_.capacity() * sizeof(PositionEntry) +
         entrances_.capacity() * sizeof(Entrance) + ids_.capacity();
}

void PositionBlock::Insert(PositionEntry entry, absl::string_view id) {
  entry.id_begin = static_cast<uint32_t>(ids_.size());
  entry.id_size = static_cast<uint32_t>(id.size());
  ids_.append(id.data(), id.size());
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

PositionBlock PositionBlock::SplitHalf() {
  PositionBlock later;
  const size_t half = entries_.size() / 2;
  std::vector<PositionEntry> moved(entries_.begin() + half, entries_.end());
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
  for (uint64_t time : times) later.AddEntrance(time, StandingAfter(time));

  std::string ids;
  std::swap(ids, ids_);
  const auto take = [&ids](std::vector<PositionEntry> entries,
                           PositionBlock* block) {
    block->entries_.clear();
    for (const PositionEntry& entry : entries) {
      const absl::string_view id =
          absl::string_view(ids).substr(entry.id_begin, entry.id_size);
      block->Insert(entry, id);
    }
  };
  take(entries_, this);
  take(std::move(moved), &later);
  return later;
}

}  // namespace onrecord
