#include "engine/extract/models/softmax.h"

#include <algorithm>

#include "engine/extract/models/fixed_exp.h"

namespace onrecord {
namespace extract {

std::vector<uint64_t> Softmax(const std::vector<int32_t>& scores) {
  std::vector<uint64_t> probabilities;
  if (scores.empty()) return probabilities;
  const int64_t most = *std::max_element(scores.begin(), scores.end());
  uint64_t sum = 0;
  for (const int32_t score : scores) {
    probabilities.push_back(FixedExp(most - score));
    sum += probabilities.back();
  }
  for (uint64_t& probability : probabilities) {
    probability = probability * kProbabilityUnit / sum;
  }
  return probabilities;
}

}  // namespace extract
}  // namespace onrecord
