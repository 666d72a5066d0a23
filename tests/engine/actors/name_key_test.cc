#include "engine/actors/name_key.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

struct NameKeyCase {
  const char* name;
  const char* key;
};

class NameKeyTest : public ::testing::TestWithParam<NameKeyCase> {};

TEST_P(NameKeyTest, FoldsWhatSpellingsDifferIn) {
  EXPECT_EQ(NameKey(GetParam().name), GetParam().key);
}

INSTANTIATE_TEST_SUITE_P(
    Names, NameKeyTest,
    ::testing::Values(NameKeyCase{"Dániel Bárány", "daniel barany"},
                      NameKeyCase{"The U.S.", "us"},
                      NameKeyCase{"the United States", "united states"},
                      NameKeyCase{"Do-yun  Han", "do-yun han"},
                      NameKeyCase{"O’Neil", "oneil"},
                      NameKeyCase{"Korea Seafood Importers' Association",
                                  "korea seafood importers association"},
                      NameKeyCase{"Peña", "pena"}, NameKeyCase{"ＮＨＫ", "nhk"},
                      NameKeyCase{"東京", "東京"}, NameKeyCase{"...", ""},
                      NameKeyCase{"", ""}));

TEST(NameKeyTest, OrderOfWordsDoesNotCountInTheUnorderedKey) {
  EXPECT_EQ(UnorderedNameKey(NameKey("Ito Hana")),
            UnorderedNameKey(NameKey("Hana Ito")));
  EXPECT_NE(UnorderedNameKey("hana ito"), UnorderedNameKey("hana ita"));
}

TEST(NameKeyTest, LastWordIsTheFamilyName) {
  EXPECT_EQ(LastWord("pieter van aalst"), "aalst");
  EXPECT_EQ(LastWord("aalst"), "aalst");
  EXPECT_EQ(LastWord(""), "");
}

TEST(NameKeyTest, SlugServesInIds) {
  EXPECT_EQ(Slug("The Liberal Democratic Party"), "liberal-democratic-party");
}

}  // namespace
}  // namespace onrecord
