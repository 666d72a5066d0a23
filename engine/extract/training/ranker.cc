#include "engine/extract/training/ranker.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>

#include "engine/extract/models/fixed_exp.h"
#include "engine/extract/training/dual_averaging.h"
#include "engine/extract/training/shuffle.h"
#include "engine/extract/training/table_writer.h"

namespace onrecord {
namespace extract {

void Ranker::AddCandidate(const FeatureList& features, double good) {
  rows_.Add(features);
  good_.push_back(good);
}

void Ranker::EndGroup() {
  const size_t begin = ends_.empty() ? 0 : ends_.back();
  double sum = 0;
  for (size_t i = begin; i < good_.size(); ++i) sum += good_[i];
  if (sum > 0) {
    for (size_t i = begin; i < good_.size(); ++i) good_[i] /= sum;
  }
  ends_.push_back(good_.size());
}

std::string Ranker::Train(int epochs, double rate, double penalty,
                          uint32_t min_count) {
  rows_.Prune(min_count);
  DualAveraging weights(rows_.features(), rate,
                        penalty / static_cast<double>(ends_.size()));
  std::vector<double> p;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    double likelihood = 0;
    for (const size_t group : Shuffled(ends_.size(), epoch)) {
      const size_t begin = group == 0 ? 0 : ends_[group - 1];
      const size_t size = ends_[group] - begin;
      weights.Step();
      p.assign(size, 0);
      for (size_t i = 0; i < size; ++i) {
        for (const uint32_t feature : rows_[begin + i]) {
          p[i] += weights.Weight(feature);
        }
      }
      const double most = *std::max_element(p.begin(), p.end());
      double sum = 0;
      for (double& value : p) sum += value = std::exp(value - most);
      for (size_t i = 0; i < size; ++i) {
        p[i] /= sum;
        const double gradient = good_[begin + i] - p[i];
        likelihood += good_[begin + i] * std::log(p[i] + 1e-12);
        if (std::abs(gradient) < 1e-4) continue;
        for (const uint32_t feature : rows_[begin + i]) {
          weights.Move(feature, gradient);
        }
      }
    }
    std::cerr << name_ << ": epoch " << epoch << " log likelihood "
              << likelihood << "\n";
  }
  TableWriter writer;
  for (uint32_t feature = 0; feature < rows_.features(); ++feature) {
    writer.Add(rows_.hash(feature), 0, weights.Weight(feature), kScoreUnit);
  }
  std::cerr << name_ << ": " << ends_.size() << " groups, " << rows_.rows()
            << " candidates, " << rows_.features() << " features, "
            << writer.size() << " weights\n";
  return writer.Write();
}

}  // namespace extract
}  // namespace onrecord
