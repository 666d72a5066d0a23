// The exponential function in whole numbers: the same on every machine.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_FIXED_EXP_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_FIXED_EXP_H_

#include <cstdint>

namespace onrecord {
namespace extract {

// The models' scores are in units of 1 / kScoreUnit, probabilities in units of
// 1 / kProbabilityUnit.
inline constexpr int32_t kScoreUnit = 256;
inline constexpr uint64_t kProbabilityUnit = uint64_t{1} << 30;

// Returns exp(-below / kScoreUnit) in units of 1 / kProbabilityUnit, 0 if it is
// less. REQUIRES: below >= 0.
uint64_t FixedExp(int64_t below);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_FIXED_EXP_H_
