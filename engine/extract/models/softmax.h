// Probabilities from scores, in whole numbers.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_SOFTMAX_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_SOFTMAX_H_

#include <cstdint>
#include <vector>

namespace onrecord {
namespace extract {

// Returns the probabilities, in units of 1 / kProbabilityUnit, that scores in
// units of 1 / kScoreUnit stand for; empty if there are none.
std::vector<uint64_t> Softmax(const std::vector<int32_t>& scores);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_SOFTMAX_H_
