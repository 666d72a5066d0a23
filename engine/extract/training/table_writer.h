// Makes the bytes of a WeightTable.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_TABLE_WRITER_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_TABLE_WRITER_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/extract/models/weight_table.h"

namespace onrecord {
namespace extract {

// Collects features' weights. Thread-compatible.
class TableWriter {
 public:
  // Weights of 0 are left out; others are rounded to 1 / `scale` and clipped.
  void Add(uint64_t feature, uint16_t label, double weight, double scale);

  void SetParameter(size_t i, int32_t value) { parameters_[i] = value; }

  size_t size() const { return cells_.size(); }

  // Returns the same bytes for the same weights, in whatever order they came.
  std::string Write();

 private:
  struct Cell {
    uint64_t feature;
    WeightTable::Weight weight;
  };
  std::vector<Cell> cells_;
  std::array<int32_t, WeightTable::kParameters> parameters_ = {};
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_TABLE_WRITER_H_
