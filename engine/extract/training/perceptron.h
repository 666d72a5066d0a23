// An averaged perceptron over hashed features.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_PERCEPTRON_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_PERCEPTRON_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/training/table_writer.h"

namespace onrecord {
namespace extract {

// Thread-compatible. Weights are whole numbers, so that the same examples in
// the same order give the same model.
class Perceptron {
 public:
  explicit Perceptron(size_t labels) : labels_(labels) {}

  // Returns the score of each label.
  std::vector<int32_t> Score(const FeatureList& features) const;

  // Counts an example; where the guess was wrong, moves weights towards
  // `right`.
  void Update(const FeatureList& features, size_t right, size_t guess);

  // Adds the averaged weights of features that were moved at least
  // `min_updates` times, times `scale`, if they are at least `min_weight`.
  void Write(int min_updates, double min_weight, double scale,
             TableWriter& writer);

 private:
  struct Cell {
    uint16_t label;
    int32_t weight;
    int64_t total;
    uint64_t step;  // when `total` was last brought up to date
  };
  struct Row {
    int updates = 0;
    std::vector<Cell> cells;
  };
  void Move(Row& row, size_t label, int32_t by);

  const size_t labels_;
  uint64_t step_ = 0;
  absl::flat_hash_map<uint64_t, Row> rows_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_PERCEPTRON_H_
