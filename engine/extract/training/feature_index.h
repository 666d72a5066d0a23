// Numbers features, and keeps lists of them small.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_FEATURE_INDEX_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_FEATURE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {

// Rows of features. Thread-compatible.
class FeatureRows {
 public:
  // Appends a row.
  void Add(const FeatureList& features);

  // Drops the features that fewer than `min_count` rows have. Call it once,
  // after the last row.
  void Prune(uint32_t min_count);

  size_t rows() const { return ends_.size(); }
  size_t features() const { return hashes_.size(); }
  uint64_t hash(uint32_t feature) const { return hashes_[feature]; }
  absl::Span<const uint32_t> operator[](size_t row) const {
    const size_t begin = row == 0 ? 0 : ends_[row - 1];
    return absl::MakeConstSpan(ids_).subspan(begin, ends_[row] - begin);
  }

 private:
  absl::flat_hash_map<uint64_t, uint32_t> numbers_;
  std::vector<uint64_t> hashes_;  // by number
  std::vector<uint32_t> counts_;  // by number
  std::vector<uint32_t> ids_;
  std::vector<size_t> ends_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_FEATURE_INDEX_H_
