// Changes to positions that wait to be made, packed: there are many.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITION_CHANGES_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITION_CHANGES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/projections/position_block.h"
#include "engine/projections/position_reader.h"

namespace onrecord {

// Changes of what pairs have, in the order in which they came: an entry is
// added; or, where it is known until a log position, the entry of its statement
// that stands at its day and log position and has not ended is ended there.
//
// Most add a statement that counts for whom it names, as known from its own log
// position: these take 24 bytes. Thread-compatible.
class PositionChanges {
 public:
  void Add(const PositionPair& pair, const PositionEntry& entry);

  PositionPair pair(size_t i) const {
    const Packed& packed = packed_[i];
    return {packed.rollup, packed.actor, packed.topic};
  }
  PositionEntry entry(size_t i) const;

  // Hints that the change will be asked for soon.
  void Prefetch(size_t i) const { __builtin_prefetch(&packed_[i]); }

  size_t size() const { return packed_.size(); }

  // About how much memory they take.
  size_t bytes() const {
    return packed_.size() * sizeof(Packed) +
           others_.size() * sizeof(PositionEntry);
  }

  // Keeps the memory.
  void Clear();

 private:
  struct Packed {
    uint64_t log_position = 0;  // or, if `other`, the number in others_
    uint32_t actor = 0;
    uint32_t topic = 0;
    DayNumber day = 0;
    int8_t stance = 0;
    bool rollup : 1;
    bool conditional : 1;
    bool second_hand : 1;
    bool other : 1;
  };

  std::vector<Packed> packed_;
  std::vector<PositionEntry> others_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITION_CHANGES_H_
