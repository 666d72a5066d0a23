#include "engine/extract/speakers/spelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NameWordsTest, FoldsCaseAccentsAndMarks) {
  EXPECT_THAT(NameWords("Ignacia Valdés"), ElementsAre("ignacia", "valdes"));
  EXPECT_THAT(NameWords("Oh Mi-kyung"), ElementsAre("oh", "mi", "kyung"));
  EXPECT_THAT(NameWords("U.S. Steel"), ElementsAre("us", "steel"));
  EXPECT_THAT(NameWords("O’Neill"), ElementsAre("oneill"));
  EXPECT_THAT(NameWords("ŁÓDŹ"), ElementsAre("lodz"));
  EXPECT_THAT(NameWords("—"), IsEmpty());
}

TEST(NameWordsTest, EveryLetterOfThePlainTableFoldsToOneWord) {
  for (int value = 0xC0; value <= 0x17F; ++value) {
    const std::string letter = {static_cast<char>(0xC0 | (value >> 6)),
                                static_cast<char>(0x80 | (value & 0x3F))};
    if (value == 0xD7 || value == 0xF7) continue;  // the signs × and ÷
    EXPECT_EQ(NameWords("a" + letter + "b").size(), 1u) << std::hex << value;
  }
}

TEST(SpellingSimilarityTest, CountsEdits) {
  EXPECT_DOUBLE_EQ(SpellingSimilarity("kato", "kato"), 1);
  EXPECT_DOUBLE_EQ(SpellingSimilarity("kato", "katoh"), 0.8);
  EXPECT_DOUBLE_EQ(SpellingSimilarity("kato", "kaot"), 0.75);
  EXPECT_DOUBLE_EQ(SpellingSimilarity("", ""), 1);
  EXPECT_DOUBLE_EQ(SpellingSimilarity("a", ""), 0);
  EXPECT_EQ(SpellingSimilarity("kato", "ito"),
            SpellingSimilarity("ito", "kato"));
}

TEST(AcronymTest, SmallWordsMayBeLeftOut) {
  EXPECT_TRUE(IsAcronymOf("asp", {"association", "of", "salmon", "producers"}));
  EXPECT_TRUE(
      IsAcronymOf("aosp", {"association", "of", "salmon", "producers"}));
  EXPECT_FALSE(
      IsAcronymOf("aps", {"association", "of", "salmon", "producers"}));
  EXPECT_FALSE(IsAcronymOf("a", {"association"}));
}

TEST(SpellingTest, InitialsAreThreeCapitalsOrMore) {
  for (const char* name : {"APS", "UNICEF"}) EXPECT_TRUE(IsInitials(name));
  for (const char* name : {"", "US", "Aps", "APS2", "A P S"}) {
    EXPECT_FALSE(IsInitials(name)) << name;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
