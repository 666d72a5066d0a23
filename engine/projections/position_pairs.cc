#include "engine/projections/position_pairs.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/projections/standing.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Above this many bytes of blocks in memory, Write frees them.
constexpr size_t kMaxLoadedBytes = size_t{192} << 20;

constexpr size_t kPrefetchAhead = 8;

constexpr size_t kNoneOpen = std::numeric_limits<size_t>::max();

// The last slot that starts at or before `place`.
template <typename Slots>
size_t SlotOf(const Slots& slots, const EntryPlace& place) {
  const size_t index = slots.size() - 1;
  if (slots[index].start <= place) return index;
  const auto after = std::upper_bound(
      slots.begin(), slots.end(), place,
      [](const EntryPlace& a, const auto& slot) { return a < slot.start; });
  return after == slots.begin()
             ? 0
             : static_cast<size_t>(after - slots.begin()) - 1;
}

// Sorts by the upper 32 bits, all below `numbers`; equal ones stay in order.
void SortByUpperHalf(size_t numbers, std::vector<uint64_t>* order) {
  constexpr size_t kFew = 1024;
  if (order->size() < kFew) {
    std::sort(order->begin(), order->end());  // the lower half is the order
    return;
  }
  constexpr int kBits = 11;
  constexpr size_t kBuckets = size_t{1} << kBits;
  std::vector<uint64_t> sorted(order->size());
  for (int shift = 0; shift < 32 && (numbers >> shift) > 0; shift += kBits) {
    std::vector<size_t> ends(kBuckets + 1);
    const auto bucket = [shift](uint64_t one) {
      return (one >> 32 >> shift) & (kBuckets - 1);
    };
    for (const uint64_t one : *order) ++ends[bucket(one) + 1];
    for (size_t i = 1; i <= kBuckets; ++i) ends[i] += ends[i - 1];
    for (const uint64_t one : *order) sorted[ends[bucket(one)]++] = one;
    order->swap(sorted);
  }
}

}  // namespace

absl::Status PositionPairs::LoadPairs(const ProjectionState& state) {
  if (stored_pairs_.has_value()) return absl::OkStatus();
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionPair> pairs,
                            AllPairs(state));
  stored_pairs_.emplace(pairs.begin(), pairs.end());
  complete_ = pairs.empty();
  return absl::OkStatus();
}

absl::Status PositionPairs::Load(Pair& pair, const ProjectionState& state) {
  if (pair.loaded) return absl::OkStatus();
  ONRECORD_RETURN_IF_ERROR(LoadPairs(state));
  if (stored_pairs_->contains(pair.key)) {
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<EntryPlace> places,
                              BlockPlaces(state, pair.key));
    for (const EntryPlace& place : places) {
      pair.slots.emplace_back().start = place;
    }
    if (pair.slots.empty()) return UndecodableBlock();
  } else {
    pair.is_new = true;
    stored_pairs_->insert(pair.key);
    Slot& first = pair.slots.emplace_back();
    first.block = EmptyBlock();
    first.block->AddEntrance(0, Standing());
    first.dirty = true;
    first_open_ = 0;
  }
  pair.loaded = true;
  return absl::OkStatus();
}

std::unique_ptr<PositionBlock> PositionPairs::EmptyBlock() {
  if (spare_.empty()) return std::make_unique<PositionBlock>();
  std::unique_ptr<PositionBlock> block = std::move(spare_.back());
  spare_.pop_back();
  block->Clear();
  return block;
}

// Takes a block apart, to be read and changed until Close.
absl::Status PositionPairs::Open(Pair& pair, size_t index,
                                 const ProjectionState& state) {
  Slot& slot = pair.slots[index];
  if (slot.block != nullptr) return absl::OkStatus();
  const bool stored = slot.packed.empty();
  if (stored) {
    ONRECORD_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                              state.Get(BlockKey(pair.key, slot.start)));
    if (!bytes.has_value()) return UndecodableBlock();
    slot.packed = *std::move(bytes);
    loaded_bytes_ += slot.packed.size();
  }
  slot.block = EmptyBlock();
  first_open_ = std::min(first_open_, index);
  if (!slot.block->Decode(slot.packed, pair.key.actor, pair.key.topic)) {
    return UndecodableBlock();
  }
  if (!stored) return absl::OkStatus();
  if (slot.block->entries().empty()) return UndecodableBlock();
  slot.last = slot.block->entries().back().place;
  slot.exit = slot.block->StandingAfter(kLatest);
  return absl::OkStatus();
}

// Packs the open blocks of `pair`.
void PositionPairs::Close(Pair& pair) {
  for (size_t i = first_open_; i < pair.slots.size(); ++i) {
    Slot& slot = pair.slots[i];
    if (slot.block == nullptr) continue;
    if (slot.stale) slot.exit = slot.block->StandingAfter(kLatest);
    slot.stale = false;
    if (slot.dirty) {
      loaded_bytes_ -= slot.packed.size();
      if (slot.changed) changed_bytes_ -= slot.packed.size();
      slot.packed = slot.block->Encode(pair.key.actor, pair.key.topic);
      slot.packed.shrink_to_fit();
      loaded_bytes_ += slot.packed.size();
      slot.dirty = false;
      slot.changed = !slot.block->entries().empty();
      if (slot.changed) changed_bytes_ += slot.packed.size();
    }
    spare_.push_back(std::move(slot.block));
  }
  first_open_ = kNoneOpen;
}

void PositionPairs::Append(Pair& pair, const PositionEntry& entry) {
  std::vector<Slot>& slots = pair.slots;
  if (slots.back().block->entries().size() == PositionBlock::kMaxEntries) {
    Slot& full = slots.back();
    if (full.stale) full.exit = full.block->StandingAfter(kLatest);
    full.stale = false;
    Slot next;
    next.start = entry.place;
    next.begun = true;
    next.exit = full.exit;
    next.block = EmptyBlock();
    next.block->AddEntrance(entry.place.known_from, next.exit);
    slots.push_back(std::move(next));
  }
  Slot& slot = slots.back();
  slot.block->Insert(entry);
  slot.last = entry.place;
  slot.dirty = true;
  if (!entry.duplicate && !slot.stale) {
    TakeStance(entry.place.day, entry.stance, entry.conditional, &slot.exit);
  }
}

// What the block at `index` leaves may have changed: tells the blocks after it,
// as far as it makes a difference there.
absl::Status PositionPairs::PassOn(Pair& pair, size_t index,
                                   uint64_t known_from,
                                   const ProjectionState& state) {
  while (index + 1 < pair.slots.size()) {
    Slot& slot = pair.slots[index];
    const Standing exit = slot.block->StandingAfter(kLatest);
    const bool same = exit == slot.exit;
    slot.exit = exit;
    if (same) return absl::OkStatus();
    ONRECORD_RETURN_IF_ERROR(Open(pair, ++index, state));
    Slot& next = pair.slots[index];
    next.block->AddEntrance(known_from, exit);
    next.dirty = true;
  }
  pair.slots[index].stale = true;
  return absl::OkStatus();
}

void PositionPairs::NoteChange(Pair& pair) {
  if (pair.changed) return;
  pair.changed = true;
  changed_pairs_.push_back(static_cast<uint32_t>(&pair - pairs_.data()));
}

// Moves the later half of the block at `index`, which is open, into one of its
// own behind it.
void PositionPairs::Split(size_t index, std::vector<Slot>& slots) {
  Slot& slot = slots[index];
  Slot later;
  later.block = EmptyBlock();
  slot.block->SplitInto(later.block.get());
  later.dirty = true;
  later.start = later.block->entries().front().place;
  later.last = slot.last;
  later.exit = slot.exit;
  later.stale = slot.stale;
  slot.last = slot.block->entries().back().place;
  slot.exit = slot.block->StandingAfter(kLatest);
  slot.stale = false;
  slots.insert(slots.begin() + static_cast<ptrdiff_t>(index) + 1,
               std::move(later));
}

absl::Status PositionPairs::Add(Pair& pair, const PositionEntry& entry,
                                const ProjectionState& state) {
  std::vector<Slot>& slots = pair.slots;
  NoteChange(pair);
  const size_t index = SlotOf(slots, entry.place);
  ONRECORD_RETURN_IF_ERROR(Open(pair, index, state));
  Slot& slot = slots[index];
  if (index + 1 == slots.size() &&
      (slot.last <= entry.place || slot.block->entries().empty())) {
    Append(pair, entry);
    return absl::OkStatus();
  }
  slot.block->Insert(entry);
  slot.dirty = true;
  if (slot.last < entry.place) slot.last = entry.place;
  if (slot.block->entries().size() <= PositionBlock::kMaxEntries) {
    return PassOn(pair, index, entry.place.known_from, state);
  }
  Split(index, slots);
  return PassOn(pair, index + 1, entry.place.known_from, state);
}

absl::Status PositionPairs::End(Pair& pair, const PositionEntry& ended,
                                const ProjectionState& state) {
  std::vector<Slot>& slots = pair.slots;
  const EntryPlace first{ended.place.day, ended.place.log_position, 0};
  const EntryPlace last{ended.place.day, ended.place.log_position, kLatest};
  for (size_t index = SlotOf(slots, first);
       index < slots.size() && slots[index].start <= last; ++index) {
    ONRECORD_RETURN_IF_ERROR(Open(pair, index, state));
    Slot& slot = slots[index];
    const std::vector<PositionEntry>& entries = slot.block->entries();
    auto at = std::lower_bound(entries.begin(), entries.end(), first,
                               [](const PositionEntry& a, const EntryPlace& b) {
                                 return a.place < b;
                               });
    for (; at != entries.end() && at->place <= last; ++at) {
      if (at->known_until != 0 || at->statement != ended.statement) continue;
      slot.block->End(static_cast<size_t>(at - entries.begin()),
                      ended.known_until);
      slot.dirty = true;
      NoteChange(pair);
      return PassOn(pair, index, ended.known_until, state);
    }
  }
  return absl::OkStatus();
}

uint32_t PositionPairs::NumberOf(const PositionPair& key) {
  const auto [it, added] =
      numbers_.try_emplace(key, static_cast<uint32_t>(pairs_.size()));
  if (added) pairs_.emplace_back().key = key;
  return it->second;
}

// The numbers of the changes, each below that of its pair, in order.
std::vector<uint64_t> PositionPairs::ChangesByPair(
    const PositionChanges& changes) {
  std::vector<uint64_t> order;
  order.reserve(changes.size());
  for (size_t i = 0; i < changes.size(); ++i) {
    order.push_back(uint64_t{NumberOf(changes.pair(i))} << 32 | i);
  }
  SortByUpperHalf(pairs_.size(), &order);
  return order;
}

absl::Status PositionPairs::Make(const PositionChanges& changes,
                                 const ProjectionState& state) {
  const std::vector<uint64_t> order = ChangesByPair(changes);
  for (size_t i = 0; i < order.size(); ++i) {
    if (i + kPrefetchAhead < order.size()) {
      changes.Prefetch(static_cast<uint32_t>(order[i + kPrefetchAhead]));
    }
    const PositionEntry entry = changes.entry(static_cast<uint32_t>(order[i]));
    const uint64_t number = order[i] >> 32;
    Pair& pair = pairs_[number];
    ONRECORD_RETURN_IF_ERROR(Load(pair, state));
    ONRECORD_RETURN_IF_ERROR(entry.known_until == 0 ? Add(pair, entry, state)
                                                    : End(pair, entry, state));
    if (i + 1 == order.size() || order[i + 1] >> 32 != number) Close(pair);
  }
  return absl::OkStatus();
}

absl::Status PositionPairs::ForEachPresent(
    const PositionPair& key,
    absl::FunctionRef<void(const PositionEntry&)> visit,
    const ProjectionState& state) {
  Pair& pair = pairs_[NumberOf(key)];
  ONRECORD_RETURN_IF_ERROR(Load(pair, state));
  for (size_t i = 0; i < pair.slots.size(); ++i) {
    ONRECORD_RETURN_IF_ERROR(Open(pair, i, state));
    for (const PositionEntry& entry : pair.slots[i].block->entries()) {
      if (entry.known_until == 0) visit(entry);
    }
  }
  Close(pair);
  return absl::OkStatus();
}

void PositionPairs::WritePair(Pair& pair, ProjectionState& state) {
  const PositionPair& key = pair.key;
  if (pair.is_new) state.Put(PairKey(key), "");
  for (Slot& slot : pair.slots) {
    if (slot.begun) {
      // It was known from its first entry on.
      state.Put(BeginningKey(key, slot.start.known_from),
                EncodePlace(slot.start));
    }
    if (slot.changed) {
      state.Put(BlockKey(key, slot.start), slot.packed);
    }
    slot.begun = false;
    slot.changed = false;
  }
  pair.is_new = false;
  pair.changed = false;
}

void PositionPairs::Write(ProjectionState& state) {
  std::sort(
      changed_pairs_.begin(), changed_pairs_.end(),
      [this](uint32_t a, uint32_t b) { return pairs_[a].key < pairs_[b].key; });
  for (const uint32_t number : changed_pairs_) {
    WritePair(pairs_[number], state);
  }
  changed_pairs_.clear();
  changed_bytes_ = 0;
  if (loaded_bytes_ > kMaxLoadedBytes) Drop();
}

void PositionPairs::Drop() {
  stored_pairs_.reset();
  complete_ = false;
  pairs_.clear();
  numbers_.clear();
  changed_pairs_.clear();
  first_open_ = kNoneOpen;
  changed_bytes_ = 0;
  loaded_bytes_ = 0;
}

}  // namespace onrecord
