#include "engine/projections/position_table.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Tables: blocks of own ('P') and rolled-up positions ('R'), and for each block
// begun behind all entries of its pair ('p', 'r'), by the log position from
// which it is known, where it starts.
constexpr char kOwnBlocks = 'P';
constexpr char kRolledUpBlocks = 'R';
constexpr char kOwnBeginnings = 'p';
constexpr char kRolledUpBeginnings = 'r';

// Table of the pairs of each topic, without values.
constexpr char kPairsOfTopic = 'Q';

// Above this many bytes of blocks in memory, Flush frees them.
constexpr size_t kMaxLoadedBytes = size_t{192} << 20;

Key TableOf(char table, const PositionPair& pair) {
  Key key(table);
  key.Signed(static_cast<int32_t>(pair.actor));
  key.Signed(static_cast<int32_t>(pair.topic));
  return key;
}

void AppendPlace(const EntryPlace& place, Key* key) {
  key->Signed(place.day).Number(place.log_position).Number(place.known_from);
}

EntryPlace ParsePlace(KeyParser& parser) {
  EntryPlace place;
  place.day = parser.Signed();
  place.log_position = parser.Number();
  place.known_from = parser.Number();
  return place;
}

Key BeginningsOf(const PositionPair& pair) {
  return TableOf(pair.rollup ? kRolledUpBeginnings : kOwnBeginnings, pair);
}

// Notes that the block at `start` was begun behind every entry known before
// `known_from`.
void NoteBeginning(const PositionPair& pair, uint64_t known_from,
                   const EntryPlace& start, ProjectionState& state) {
  Key where('s');
  AppendPlace(start, &where);
  state.Put(BeginningsOf(pair).Number(known_from), where.bytes());
}

void NotePair(const PositionPair& pair, ProjectionState& state) {
  state.Put(Key(kPairsOfTopic)
                .Signed(static_cast<int32_t>(pair.topic))
                .Signed(pair.rollup ? 1 : 0)
                .Signed(static_cast<int32_t>(pair.actor)),
            "");
}

// The pairs noted under a prefix of their table.
absl::StatusOr<std::vector<PositionPair>> ReadPairs(
    const ProjectionReader& reader, const Key& prefix) {
  std::vector<PositionPair> pairs;
  const auto scan = reader.Scan(prefix);
  for (; scan->Valid(); scan->Next()) {
    KeyParser parser(scan->key());
    PositionPair pair;
    pair.topic = static_cast<uint32_t>(parser.Signed());
    pair.rollup = parser.Signed() != 0;
    pair.actor = static_cast<uint32_t>(parser.Signed());
    pairs.push_back(pair);
  }
  ONRECORD_RETURN_IF_ERROR(scan->status());
  return pairs;
}

absl::Status Undecodable() {
  return absl::DataLossError("a block of positions does not decode");
}

absl::StatusOr<PositionBlock> DecodeBlock(absl::string_view bytes,
                                          const PositionPair& pair) {
  PositionBlock block;
  if (!block.Decode(bytes, pair.actor, pair.topic)) return Undecodable();
  return block;
}

// The last slot that starts at or before `place`.
template <typename Slots>
size_t SlotOf(const Slots& slots, const EntryPlace& place) {
  size_t index = slots.size() - 1;
  if (slots[index].start <= place) return index;
  const auto after = std::upper_bound(
      slots.begin(), slots.end(), place,
      [](const EntryPlace& a, const auto& slot) { return a < slot.start; });
  return after == slots.begin()
             ? 0
             : static_cast<size_t>(after - slots.begin()) - 1;
}

}  // namespace

Key BlocksOf(const PositionPair& pair) {
  return TableOf(pair.rollup ? kRolledUpBlocks : kOwnBlocks, pair);
}

Key BlockKey(const PositionPair& pair, const EntryPlace& place) {
  Key key = BlocksOf(pair);
  AppendPlace(place, &key);
  return key;
}

absl::StatusOr<std::vector<PositionPair>> PairsOfTopic(
    const ProjectionReader& reader, uint32_t topic) {
  return ReadPairs(reader,
                   Key(kPairsOfTopic).Signed(static_cast<int32_t>(topic)));
}

absl::StatusOr<std::vector<PositionPair>> PairsOfActor(
    const ProjectionReader& reader, bool rollup, uint32_t actor) {
  std::vector<PositionPair> pairs;
  const auto scan = reader.Scan(Key(rollup ? kRolledUpBlocks : kOwnBlocks)
                                    .Signed(static_cast<int32_t>(actor)));
  for (; scan->Valid(); scan->Next()) {
    KeyParser parser(scan->key());
    parser.Signed();
    const uint32_t topic = static_cast<uint32_t>(parser.Signed());
    if (pairs.empty() || pairs.back().topic != topic) {
      pairs.push_back({rollup, actor, topic});
    }
  }
  ONRECORD_RETURN_IF_ERROR(scan->status());
  return pairs;
}

absl::Status PositionTable::LoadPairs(const ProjectionState& state) {
  if (stored_pairs_.has_value()) return absl::OkStatus();
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionPair> pairs,
                            ReadPairs(state, Key(kPairsOfTopic)));
  stored_pairs_.emplace(pairs.begin(), pairs.end());
  return absl::OkStatus();
}

absl::StatusOr<PositionTable::Slots*> PositionTable::Load(
    const PositionPair& pair, ProjectionState& state) {
  const auto [it, added] = pairs_.try_emplace(pair);
  Slots& slots = it->second;
  if (!added) return &slots;
  ONRECORD_RETURN_IF_ERROR(LoadPairs(state));
  if (stored_pairs_->contains(pair)) {
    const auto scan = state.Scan(BlocksOf(pair));
    for (; scan->Valid(); scan->Next()) {
      KeyParser parser(scan->key());
      parser.Signed();
      parser.Signed();
      Slot slot;
      slot.start = ParsePlace(parser);
      if (!parser.ok()) return Undecodable();
      slots.push_back(std::move(slot));
    }
    ONRECORD_RETURN_IF_ERROR(scan->status());
    if (slots.empty()) return Undecodable();
    return &slots;
  }
  Slot first;
  first.block = std::make_unique<PositionBlock>();
  first.block->AddEntrance(0, Standing());
  slots.push_back(std::move(first));
  return &slots;
}

absl::Status PositionTable::LoadBlock(const PositionPair& pair, Slot& slot,
                                      ProjectionState& state) {
  if (slot.block != nullptr) return absl::OkStatus();
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            state.Get(BlockKey(pair, slot.start)));
  if (!bytes.has_value()) return Undecodable();
  ONRECORD_ASSIGN_OR_RETURN(PositionBlock block, DecodeBlock(*bytes, pair));
  slot.block = std::make_unique<PositionBlock>(std::move(block));
  slot.exit = slot.block->StandingAfter(kLatest);
  loaded_bytes_ += slot.block->bytes();
  return absl::OkStatus();
}

absl::Status PositionTable::Append(const PositionPair& pair,
                                   const PositionEntry& entry,
                                   absl::string_view id, Slots& slots,
                                   ProjectionState& state) {
  if (slots.back().block->entries().size() == PositionBlock::kMaxEntries) {
    Slot next;
    next.start = entry.place;
    next.block = std::make_unique<PositionBlock>();
    next.block->AddEntrance(entry.place.known_from, slots.back().exit);
    next.exit = slots.back().exit;
    NoteBeginning(pair, entry.place.known_from, entry.place, state);
    slots.push_back(std::move(next));
  }
  Slot& slot = slots.back();
  if (slots.size() == 1 && slot.block->entries().empty()) {
    NotePair(pair, state);
    stored_pairs_->insert(pair);
  }
  slot.block->Insert(entry, id);
  slot.changed = true;
  if (!entry.duplicate) {
    TakeStance(entry.place.day, entry.stance, entry.conditional, &slot.exit);
  }
  return absl::OkStatus();
}

// What the block at `index` leaves may have changed: tells the blocks after it,
// as far as it makes a difference there.
absl::Status PositionTable::PassOn(const PositionPair& pair, size_t index,
                                   uint64_t known_from, Slots& slots,
                                   ProjectionState& state) {
  while (true) {
    Slot& slot = slots[index];
    const Standing exit = slot.block->StandingAfter(kLatest);
    const bool same = exit == slot.exit;
    slot.exit = exit;
    if (same || ++index == slots.size()) return absl::OkStatus();
    Slot& next = slots[index];
    ONRECORD_RETURN_IF_ERROR(LoadBlock(pair, next, state));
    next.block->AddEntrance(known_from, exit);
    next.changed = true;
  }
}

absl::Status PositionTable::Insert(const PositionPair& pair,
                                   const PositionEntry& entry,
                                   absl::string_view id,
                                   ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(Slots* const loaded, Load(pair, state));
  Slots& slots = *loaded;
  changed_pairs_.push_back(pair);
  changed_bytes_ += sizeof(PositionEntry) + id.size();
  loaded_bytes_ += sizeof(PositionEntry) + id.size();
  const size_t index = SlotOf(slots, entry.place);
  Slot& slot = slots[index];
  ONRECORD_RETURN_IF_ERROR(LoadBlock(pair, slot, state));
  const std::vector<PositionEntry>& entries = slot.block->entries();
  if (index + 1 == slots.size() &&
      (entries.empty() || entries.back().place <= entry.place)) {
    return Append(pair, entry, id, slots, state);
  }
  slot.block->Insert(entry, id);
  slot.changed = true;
  if (entries.size() <= PositionBlock::kMaxEntries) {
    return PassOn(pair, index, entry.place.known_from, slots, state);
  }
  Slot later;
  later.block = std::make_unique<PositionBlock>(slot.block->SplitHalf());
  later.start = later.block->entries().front().place;
  later.exit = slot.exit;
  later.changed = true;
  slot.exit = slot.block->StandingAfter(kLatest);
  slots.insert(slots.begin() + static_cast<ptrdiff_t>(index) + 1,
               std::move(later));
  return PassOn(pair, index + 1, entry.place.known_from, slots, state);
}

absl::Status PositionTable::End(const PositionPair& pair, DayNumber day,
                                uint64_t log_position, absl::string_view id,
                                uint64_t known_until, ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(Slots* const loaded, Load(pair, state));
  Slots& slots = *loaded;
  const EntryPlace first{day, log_position, 0};
  const EntryPlace last{day, log_position, kLatest};
  for (size_t index = SlotOf(slots, first);
       index < slots.size() && slots[index].start <= last; ++index) {
    Slot& slot = slots[index];
    ONRECORD_RETURN_IF_ERROR(LoadBlock(pair, slot, state));
    const std::vector<PositionEntry>& entries = slot.block->entries();
    auto at = std::lower_bound(entries.begin(), entries.end(), first,
                               [](const PositionEntry& a, const EntryPlace& b) {
                                 return a.place < b;
                               });
    for (; at != entries.end() && at->place <= last; ++at) {
      if (at->known_until != 0 || slot.block->IdOf(*at) != id) continue;
      slot.block->End(static_cast<size_t>(at - entries.begin()), known_until);
      slot.changed = true;
      changed_pairs_.push_back(pair);
      changed_bytes_ += sizeof(PositionEntry);
      return PassOn(pair, index, known_until, slots, state);
    }
  }
  return absl::OkStatus();
}

absl::Status PositionTable::ForEachPresent(
    const PositionPair& pair,
    absl::FunctionRef<void(const PositionEntry&, absl::string_view id)> visit,
    ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(Slots* const slots, Load(pair, state));
  for (Slot& slot : *slots) {
    ONRECORD_RETURN_IF_ERROR(LoadBlock(pair, slot, state));
    for (const PositionEntry& entry : slot.block->entries()) {
      if (entry.known_until == 0) visit(entry, slot.block->IdOf(entry));
    }
  }
  return absl::OkStatus();
}

void PositionTable::Flush(ProjectionState& state) {
  std::sort(changed_pairs_.begin(), changed_pairs_.end());
  changed_pairs_.erase(
      std::unique(changed_pairs_.begin(), changed_pairs_.end()),
      changed_pairs_.end());
  for (const PositionPair& pair : changed_pairs_) {
    for (Slot& slot : pairs_.at(pair)) {
      if (!slot.changed) continue;
      state.Put(BlockKey(pair, slot.start),
                slot.block->Encode(pair.actor, pair.topic));
      slot.changed = false;
    }
  }
  changed_pairs_.clear();
  changed_bytes_ = 0;
  if (loaded_bytes_ > kMaxLoadedBytes) Drop();
}

void PositionTable::Drop() {
  stored_pairs_.reset();
  pairs_.clear();
  changed_pairs_.clear();
  changed_bytes_ = 0;
  loaded_bytes_ = 0;
}

absl::StatusOr<std::optional<PositionBlock>> FindBlock(
    const ProjectionReader& reader, const PositionPair& pair, DayNumber day,
    uint64_t known_at) {
  EntryPlace place{day, kLatest, kLatest};
  if (known_at != kLatest) {
    // Whatever was known then lies before the next block that was begun behind
    // everything.
    const auto later = reader.Scan(BeginningsOf(pair),
                                   BeginningsOf(pair).Number(known_at + 1));
    ONRECORD_RETURN_IF_ERROR(later->status());
    if (later->Valid()) {
      KeyParser parser(later->value());
      EntryPlace start = ParsePlace(parser);
      if (!parser.ok()) return Undecodable();
      // known_from of an entry is never 0: this is before the block.
      --start.known_from;
      if (start < place) place = start;
    }
  }
  ONRECORD_ASSIGN_OR_RETURN(
      const auto found, reader.Floor(BlocksOf(pair), BlockKey(pair, place)));
  if (!found.has_value()) return std::nullopt;
  ONRECORD_ASSIGN_OR_RETURN(PositionBlock block,
                            DecodeBlock(found->second, pair));
  return block;
}

absl::Status ForEachBlock(const ProjectionReader& reader,
                          const PositionPair& pair,
                          absl::FunctionRef<void(const PositionBlock&)> visit) {
  const auto scan = reader.Scan(BlocksOf(pair));
  for (; scan->Valid(); scan->Next()) {
    ONRECORD_ASSIGN_OR_RETURN(const PositionBlock block,
                              DecodeBlock(scan->value(), pair));
    visit(block);
  }
  return scan->status();
}

}  // namespace onrecord
