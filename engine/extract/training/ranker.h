// Learns to choose one of several candidates.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_RANKER_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_RANKER_H_

#include <string>
#include <vector>

#include "engine/extract/models/feature_hash.h"
#include "engine/extract/training/feature_index.h"

namespace onrecord {
namespace extract {

// A log-linear model over groups of candidates. Thread-compatible.
class Ranker {
 public:
  explicit Ranker(std::string name) : name_(std::move(name)) {}

  // Adds a candidate to the group at hand; `good` says how good an answer it
  // is, from 0.
  void AddCandidate(const FeatureList& features, double good);

  // Ends the group. One without a good answer teaches nothing.
  void EndGroup();

  // Returns a WeightTable's bytes.
  std::string Train(int epochs, double rate, double penalty,
                    uint32_t min_count);

 private:
  const std::string name_;
  FeatureRows rows_;
  std::vector<double> good_;
  std::vector<size_t> ends_;  // of the groups
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_RANKER_H_
