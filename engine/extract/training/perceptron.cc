#include "engine/extract/training/perceptron.h"

#include <cmath>

namespace onrecord {
namespace extract {

std::vector<int32_t> Perceptron::Score(const FeatureList& features) const {
  std::vector<int32_t> scores(labels_, 0);
  for (const uint64_t feature : features) {
    const auto row = rows_.find(feature);
    if (row == rows_.end()) continue;
    for (const Cell& cell : row->second.cells) {
      scores[cell.label] += cell.weight;
    }
  }
  return scores;
}

void Perceptron::Move(Row& row, size_t label, int32_t by) {
  for (Cell& cell : row.cells) {
    if (cell.label != label) continue;
    cell.total += static_cast<int64_t>(cell.weight) *
                  static_cast<int64_t>(step_ - cell.step);
    cell.step = step_;
    cell.weight += by;
    return;
  }
  row.cells.push_back({static_cast<uint16_t>(label), by, 0, step_});
}

void Perceptron::Update(const FeatureList& features, size_t right,
                        size_t guess) {
  ++step_;
  if (right == guess) return;
  for (const uint64_t feature : features) {
    Row& row = rows_[feature];
    ++row.updates;
    Move(row, right, 1);
    Move(row, guess, -1);
  }
}

void Perceptron::Write(int min_updates, double min_weight, double scale,
                       TableWriter& writer) {
  for (auto& [feature, row] : rows_) {
    if (row.updates < min_updates) continue;
    for (Cell& cell : row.cells) {
      Move(row, cell.label, 0);  // brings the total up to date
      const double average =
          static_cast<double>(cell.total) / static_cast<double>(step_);
      if (std::abs(average) < min_weight) continue;
      writer.Add(feature, cell.label, average, scale);
    }
  }
}

}  // namespace extract
}  // namespace onrecord
