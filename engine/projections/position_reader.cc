#include "engine/projections/position_reader.h"

#include <algorithm>
#include <utility>

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

Key TableOf(char table, const PositionPair& pair) {
  Key key(table);
  key.Signed(static_cast<int32_t>(pair.actor));
  key.Signed(static_cast<int32_t>(pair.topic));
  return key;
}

// Later places sort first: so the block that holds a place is the first one
// that is not less, which is one seek. The last one that is not greater would
// be two.
void AppendPlace(const EntryPlace& place, Key* key) {
  key->Signed(~place.day).Number(~place.log_position).Number(~place.known_from);
}

EntryPlace ParsePlace(KeyParser& parser) {
  EntryPlace place;
  place.day = ~parser.Signed();
  place.log_position = ~parser.Number();
  place.known_from = ~parser.Number();
  return place;
}

Key BeginningsOf(const PositionPair& pair) {
  return TableOf(pair.rollup ? kRolledUpBeginnings : kOwnBeginnings, pair);
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

absl::StatusOr<PositionBlock> DecodeBlock(absl::string_view bytes,
                                          const PositionPair& pair) {
  PositionBlock block;
  if (!block.Decode(bytes, pair.actor, pair.topic)) return UndecodableBlock();
  return block;
}

}  // namespace

absl::Status UndecodableBlock() {
  return absl::DataLossError("a block of positions does not decode");
}

Key BlocksOf(const PositionPair& pair) {
  return TableOf(pair.rollup ? kRolledUpBlocks : kOwnBlocks, pair);
}

Key BlockKey(const PositionPair& pair, const EntryPlace& place) {
  Key key = BlocksOf(pair);
  AppendPlace(place, &key);
  return key;
}

Key BeginningKey(const PositionPair& pair, uint64_t known_from) {
  return BeginningsOf(pair).Number(known_from);
}

std::string EncodePlace(const EntryPlace& place) {
  Key key('s');
  AppendPlace(place, &key);
  return key.bytes();
}

Key PairKey(const PositionPair& pair) {
  return Key(kPairsOfTopic)
      .Signed(static_cast<int32_t>(pair.topic))
      .Signed(pair.rollup ? 1 : 0)
      .Signed(static_cast<int32_t>(pair.actor));
}

absl::StatusOr<std::vector<EntryPlace>> BlockPlaces(
    const ProjectionReader& reader, const PositionPair& pair) {
  std::vector<EntryPlace> places;
  const auto scan = reader.Scan(BlocksOf(pair));
  for (; scan->Valid(); scan->Next()) {
    KeyParser parser(scan->key());
    parser.Signed();
    parser.Signed();
    places.push_back(ParsePlace(parser));
    if (!parser.ok()) return UndecodableBlock();
  }
  ONRECORD_RETURN_IF_ERROR(scan->status());
  std::reverse(places.begin(), places.end());
  return places;
}

absl::StatusOr<std::vector<PositionPair>> AllPairs(
    const ProjectionReader& reader) {
  return ReadPairs(reader, Key(kPairsOfTopic));
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

absl::StatusOr<std::optional<PositionBlock>> FindBlock(
    const ProjectionReader& reader, const PositionPair& pair, DayNumber day,
    uint64_t known_at) {
  EntryPlace place{day, kLatest, kLatest};
  if (known_at != kLatest) {
    // Whatever was known then lies before the next block that was begun behind
    // everything.
    const auto later =
        reader.Scan(BeginningsOf(pair), BeginningKey(pair, known_at + 1));
    ONRECORD_RETURN_IF_ERROR(later->status());
    if (later->Valid()) {
      KeyParser parser(later->value());
      EntryPlace start = ParsePlace(parser);
      if (!parser.ok()) return UndecodableBlock();
      // known_from of an entry is never 0: this is before the block.
      --start.known_from;
      if (start < place) place = start;
    }
  }
  const auto found = reader.Scan(BlocksOf(pair), BlockKey(pair, place));
  ONRECORD_RETURN_IF_ERROR(found->status());
  if (!found->Valid()) return std::nullopt;
  ONRECORD_ASSIGN_OR_RETURN(PositionBlock block,
                            DecodeBlock(found->value(), pair));
  return block;
}

absl::Status ForEachBlock(const ProjectionReader& reader,
                          const PositionPair& pair,
                          absl::FunctionRef<void(const PositionBlock&)> visit) {
  std::vector<std::string> blocks;  // the latest first
  const auto scan = reader.Scan(BlocksOf(pair));
  for (; scan->Valid(); scan->Next()) blocks.emplace_back(scan->value());
  ONRECORD_RETURN_IF_ERROR(scan->status());
  for (auto bytes = blocks.rbegin(); bytes != blocks.rend(); ++bytes) {
    ONRECORD_ASSIGN_OR_RETURN(const PositionBlock block,
                              DecodeBlock(*bytes, pair));
    visit(block);
  }
  return absl::OkStatus();
}

}  // namespace onrecord
