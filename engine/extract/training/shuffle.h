// A random order that is the same in every run.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_SHUFFLE_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_SHUFFLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {

// Returns 0 .. size - 1 in an order that `seed` decides.
inline std::vector<size_t> Shuffled(size_t size, uint64_t seed) {
  std::vector<size_t> order(size);
  for (size_t i = 0; i < size; ++i) order[i] = i;
  for (size_t i = size; i > 1; --i) {
    seed = MixHash(seed, i);
    std::swap(order[i - 1], order[seed % i]);
  }
  return order;
}

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_SHUFFLE_H_
