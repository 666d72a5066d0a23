#include "engine/extract/speakers/name_order.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace extract {
namespace {

TEST(NameOrderTest, JapaneseNamesAreTurnedRound) {
  EXPECT_EQ(GivenNameFirst("Tanaka Kenji"), "Kenji Tanaka");
  EXPECT_EQ(GivenNameFirst("Watanabe Ryotta"), "Ryotta Watanabe");
  EXPECT_EQ(GivenNameFirst("Mori Shun"), "Shun Mori");
  EXPECT_EQ(GivenNameFirst("TANAKA Kenji"), "Kenji TANAKA");
}

TEST(NameOrderTest, OtherNamesStay) {
  for (const char* name :
       {"Kenji Tanaka", "Tanaka", "Tanaka Kenji Maru", "Mori Smith",
        "Mori Bell", "Tanaka Saito", "Ana Ruiz", "Han Do-yun", "Li Mei",
        "Mori Romeros", "Tanaka  Kenji", ""}) {
    EXPECT_EQ(GivenNameFirst(name), name);
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
