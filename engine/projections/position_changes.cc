#include "engine/projections/position_changes.h"

namespace onrecord {
namespace {

bool IsUsual(const PositionPair& pair, const PositionEntry& entry) {
  const EntryPlace& place = entry.place;
  return entry.known_until == 0 && place.known_from == place.log_position &&
         entry.statement == place.log_position && entry.speaker == pair.actor &&
         entry.topic == pair.topic && entry.span_days == 0 &&
         !entry.duplicate && !entry.unnamed &&
         (entry.stance == -1 || entry.stance == 0 || entry.stance == 1);
}

}  // namespace

void PositionChanges::Add(const PositionPair& pair,
                          const PositionEntry& entry) {
  Packed packed;
  packed.actor = pair.actor;
  packed.topic = pair.topic;
  packed.rollup = pair.rollup;
  packed.other = !IsUsual(pair, entry);
  if (packed.other) {
    packed.log_position = others_.size();
    others_.push_back(entry);
  } else {
    packed.log_position = entry.place.log_position;
    packed.day = entry.place.day;
    packed.stance = static_cast<int8_t>(entry.stance);
  }
  packed.conditional = entry.conditional;
  packed.second_hand = entry.second_hand;
  packed_.push_back(packed);
}

PositionEntry PositionChanges::entry(size_t i) const {
  const Packed& packed = packed_[i];
  if (packed.other) return others_[packed.log_position];
  PositionEntry entry;
  entry.place = {packed.day, packed.log_position, packed.log_position};
  entry.statement = packed.log_position;
  entry.stance = packed.stance;
  entry.speaker = packed.actor;
  entry.topic = packed.topic;
  entry.conditional = packed.conditional;
  entry.second_hand = packed.second_hand;
  return entry;
}

void PositionChanges::Clear() {
  packed_.clear();
  others_.clear();
}

}  // namespace onrecord
