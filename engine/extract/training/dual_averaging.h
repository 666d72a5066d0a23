// Weights that are learned step by step and stay sparse: AdaGrad with
// regularised dual averaging and an L1 penalty.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_DUAL_AVERAGING_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_DUAL_AVERAGING_H_

#include <cmath>
#include <cstddef>
#include <vector>

namespace onrecord {
namespace extract {

// Thread-compatible.
class DualAveraging {
 public:
  // `penalty` is what one step takes off the size of a sum of gradients.
  DualAveraging(size_t weights, double rate, double penalty)
      : rate_(rate), penalty_(penalty), sums_(weights), squares_(weights) {}

  // Counts an example.
  void Step() { threshold_ += penalty_; }

  double Weight(size_t i) const {
    const double sum = sums_[i];
    const double size = std::abs(sum) - threshold_;
    if (size <= 0) return 0;
    const double weight = rate_ * size / (0.01 + std::sqrt(squares_[i]));
    return sum < 0 ? -weight : weight;
  }

  // Moves a weight up its gradient.
  void Move(size_t i, double gradient) {
    sums_[i] += static_cast<float>(gradient);
    squares_[i] += static_cast<float>(gradient * gradient);
  }

  size_t size() const { return sums_.size(); }

 private:
  const double rate_;
  const double penalty_;
  double threshold_ = 0;
  std::vector<float> sums_;
  std::vector<float> squares_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_DUAL_AVERAGING_H_
