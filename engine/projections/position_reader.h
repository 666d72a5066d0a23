// Where the statements that make positions stand in the state of the positions
// projection, and how they are read.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_READER_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/projections/key.h"
#include "engine/projections/position_block.h"
#include "storage/projection_store.h"

namespace onrecord {

// Whose position on what: an actor's own, or, rolled up, a body's.
struct PositionPair {
  bool rollup = false;
  uint32_t actor = 0;
  uint32_t topic = 0;

  friend bool operator==(const PositionPair& a, const PositionPair& b) {
    return a.rollup == b.rollup && a.actor == b.actor && a.topic == b.topic;
  }
  friend bool operator<(const PositionPair& a, const PositionPair& b) {
    return std::tie(a.rollup, a.actor, a.topic) <
           std::tie(b.rollup, b.actor, b.topic);
  }
  template <typename H>
  friend H AbslHashValue(H h, const PositionPair& pair) {
    return H::combine(std::move(h), pair.rollup, pair.actor, pair.topic);
  }
};

// Keys of the table. A pair's blocks begin with BlocksOf; the block that starts
// at `place` is BlockKey.
Key BlocksOf(const PositionPair& pair);
Key BlockKey(const PositionPair& pair, const EntryPlace& place);

// Under what the first place of a block is noted that was begun, from a log
// position on, behind all entries that its pair had; and how it is written.
Key BeginningKey(const PositionPair& pair, uint64_t known_from);
std::string EncodePlace(const EntryPlace& place);

// DATA_LOSS: what is stored of a block does not decode.
absl::Status UndecodableBlock();

// Under what a pair is noted for its topic.
Key PairKey(const PositionPair& pair);

// The first places of all blocks of `pair`, in order.
absl::StatusOr<std::vector<EntryPlace>> BlockPlaces(
    const ProjectionReader& reader, const PositionPair& pair);

// Every pair, in order of topics.
absl::StatusOr<std::vector<PositionPair>> AllPairs(
    const ProjectionReader& reader);

// Every pair of a topic, in order.
absl::StatusOr<std::vector<PositionPair>> PairsOfTopic(
    const ProjectionReader& reader, uint32_t topic);

// Every pair of an actor, in order. The table must have been flushed.
absl::StatusOr<std::vector<PositionPair>> PairsOfActor(
    const ProjectionReader& reader, bool rollup, uint32_t actor);

// The block of `pair` that answers for `day` as known at `known_at`. Nothing if
// the pair has none.
absl::StatusOr<std::optional<PositionBlock>> FindBlock(
    const ProjectionReader& reader, const PositionPair& pair, DayNumber day,
    uint64_t known_at);

// Calls `visit` for all blocks of `pair`, in order.
absl::Status ForEachBlock(const ProjectionReader& reader,
                          const PositionPair& pair,
                          absl::FunctionRef<void(const PositionBlock&)> visit);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_READER_H_
