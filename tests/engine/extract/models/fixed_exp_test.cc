#include "engine/extract/models/fixed_exp.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/extract/models/softmax.h"
#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

TEST(FixedExpTest, IsNearTheExponentialFunction) {
  EXPECT_EQ(FixedExp(0), kProbabilityUnit);
  for (int64_t below = 0; below < 20 * kScoreUnit; ++below) {
    const double exact = std::exp(-static_cast<double>(below) / kScoreUnit) *
                         static_cast<double>(kProbabilityUnit);
    ASSERT_NEAR(static_cast<double>(FixedExp(below)), exact, 1 + exact * 1e-5)
        << below;
  }
  EXPECT_EQ(FixedExp(int64_t{1} << 40), 0u);
}

TEST(SoftmaxTest, GivesProbabilities) {
  const std::vector<uint64_t> p = Softmax({0, kScoreUnit, -1000000});
  ASSERT_EQ(p.size(), 3u);
  const double unit = static_cast<double>(kProbabilityUnit);
  EXPECT_NEAR(p[0] / unit, 1 / (1 + std::exp(1)), 1e-5);
  EXPECT_NEAR(p[1] / unit, std::exp(1) / (1 + std::exp(1)), 1e-5);
  EXPECT_EQ(p[2], 0u);
  EXPECT_TRUE(Softmax({}).empty());
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
