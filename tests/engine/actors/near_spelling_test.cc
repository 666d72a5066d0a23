#include "engine/actors/near_spelling.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

struct DistanceCase {
  const char* a;
  const char* b;
  size_t distance;
};

class EditDistanceTest : public ::testing::TestWithParam<DistanceCase> {};

TEST_P(EditDistanceTest, IsTheFewestEditsInBothDirections) {
  EXPECT_EQ(EditDistance(GetParam().a, GetParam().b), GetParam().distance);
  EXPECT_EQ(EditDistance(GetParam().b, GetParam().a), GetParam().distance);
}

INSTANTIATE_TEST_SUITE_P(Words, EditDistanceTest,
                         ::testing::Values(DistanceCase{"", "", 0},
                                           DistanceCase{"", "abc", 3},
                                           DistanceCase{"same", "same", 0},
                                           DistanceCase{"form", "from", 1},
                                           DistanceCase{"kitten", "sitting", 3},
                                           DistanceCase{"meier", "meyer", 1}));

TEST(NearSpellingTest, OneEditInThreeLettersIsNear) {
  EXPECT_TRUE(AreNearSpellings("meier", "meyer"));
  EXPECT_TRUE(AreNearSpellings("yanukovych", "yanukovich"));
  EXPECT_TRUE(AreNearSpellings("morikawa", "morizawa"));
}

TEST(NearSpellingTest, OtherNamesAreNotNear) {
  EXPECT_FALSE(AreNearSpellings("meier", "meier")) << "the same is not near";
  EXPECT_FALSE(AreNearSpellings("kato", "sato")) << "another first letter";
  EXPECT_FALSE(AreNearSpellings("li", "lu"));
  EXPECT_FALSE(AreNearSpellings("morikawa", "matsuda"));
  EXPECT_FALSE(AreNearSpellings("", "a"));
}

}  // namespace
}  // namespace onrecord
