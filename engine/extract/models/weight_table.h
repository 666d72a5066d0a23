// The weights of a learned model: from a feature's hash to its classes'
// weights.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_WEIGHT_TABLE_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_WEIGHT_TABLE_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {

// A view of a model's bytes, which must outlive it; nothing is copied or
// allocated. Thread-safe.
//
// The bytes, all numbers little-endian: a header of 16 numbers of 4 bytes (the
// magic number, the number of slots, of weights, 13 parameters of the model's
// own); the slots; the weights, each a 2-byte weight and a 2-byte class. A slot
// is a 4-byte key (the low half of the feature's hash with its last bit
// cleared, 2 if that is 0; 0 for an empty slot) and a 4-byte row: where the
// feature's weights begin, times 256, plus how many they are; or, if the key's
// last bit is set, its only weight. A feature's slot is the first with its key
// at or after slot (high half of the hash * slots / 2^32).
class WeightTable {
 public:
  static constexpr uint32_t kMagic = 0x31574E4F;  // "ONW1"
  static constexpr size_t kHeaderBytes = 64;
  static constexpr size_t kParameters = 13;
  static constexpr size_t kMaxRow = 255;

  struct Slot {
    uint32_t key;
    uint32_t row;
  };
  struct Weight {
    int16_t weight;
    uint16_t label;
  };

  // A table without weights.
  WeightTable() = default;

  // REQUIRES: `bytes` is a model made by the trainer, aligned to 8 bytes.
  explicit WeightTable(absl::string_view bytes);

  // The weights of a feature, by class; empty if it has none.
  absl::Span<const Weight> Find(uint64_t feature) const {
    const uint32_t key = KeyOf(feature);
    for (size_t i = Start(feature);; i = i + 1 == slots_ ? 0 : i + 1) {
      const Slot& slot = slot_[i];
      if ((slot.key & ~1u) == key) {
        if ((slot.key & 1u) != 0) {
          return absl::MakeConstSpan(reinterpret_cast<const Weight*>(&slot.row),
                                     1);
        }
        return absl::MakeConstSpan(weight_ + (slot.row >> 8), slot.row & 0xFF);
      }
      if (slot.key == 0) return {};
    }
  }

  static uint32_t KeyOf(uint64_t feature) {
    const uint32_t key = static_cast<uint32_t>(feature) & ~1u;
    return key == 0 ? 2 : key;
  }

  // Adds the weights of `features` to `scores`, which has a place for every
  // class.
  void AddScores(const FeatureList& features, int32_t* scores) const {
    // Most of the time goes into waiting for memory: everything is asked for
    // before it is used.
    for (const uint64_t feature : features) {
      __builtin_prefetch(slot_ + Start(feature));
    }
    struct Row {
      const Weight* weights;
      size_t size;
    };
    Row rows[FeatureList::kCapacity];  // not initialised: this is the hot loop
    size_t found = 0;
    for (const uint64_t feature : features) {
      const absl::Span<const Weight> row = Find(feature);
      if (row.empty()) continue;
      __builtin_prefetch(row.data());
      rows[found++] = {row.data(), row.size()};
    }
    for (size_t i = 0; i < found; ++i) {
      for (size_t j = 0; j < rows[i].size; ++j) {
        scores[rows[i].weights[j].label] += rows[i].weights[j].weight;
      }
    }
  }

  // A parameter of the model, such as a threshold or the scale of its weights.
  int32_t parameter(size_t i) const { return parameter_[i]; }

 private:
  size_t Start(uint64_t feature) const {
    return ((feature >> 32) * slots_) >> 32;
  }

  static constexpr int32_t kNoParameters[kParameters] = {};
  static constexpr Slot kNoSlot = {0, 0};

  uint64_t slots_ = 1;
  const int32_t* parameter_ = kNoParameters;
  const Slot* slot_ = &kNoSlot;
  const Weight* weight_ = nullptr;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_WEIGHT_TABLE_H_
