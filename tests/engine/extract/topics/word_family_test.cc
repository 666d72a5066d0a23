#include "engine/extract/topics/word_family.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onrecord {
namespace extract {
namespace {

TEST(WordFamilyTest, WordsOfOneFamilyShareAKey) {
  const std::vector<std::vector<std::string>> families = {
      {"compensate", "compensation", "compensated", "Compensating"},
      {"inspect", "inspection", "inspections", "inspector", "inspectors"},
      {"restrict", "restriction", "restricting", "restrictive"},
      {"suspend", "suspension", "suspended"},
      {"extend", "extension", "extends"},
      {"reduce", "reduction", "reducing"},
      {"remove", "removal", "removed"},
      {"oppose", "opposition", "opposed"},
      {"subsidy", "subsidies", "subsidise"},
      {"licence", "license", "licensing"},
      {"stop", "stopped", "stopping", "stops"},
      {"agree", "agreement", "agreed"},
      {"tariff", "tariffs"},
  };
  for (const std::vector<std::string>& family : families) {
    for (const std::string& word : family) {
      EXPECT_EQ(WordFamily(word), WordFamily(family[0])) << word;
    }
  }
}

TEST(WordFamilyTest, DifferentWordsDoNot) {
  const std::vector<std::string> words = {
      "ban",  "bank",   "tax",  "tariff", "cut",  "import", "export",
      "fund", "reform", "rate", "repair", "rule", "test",   "treaty"};
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      EXPECT_EQ(WordFamily(a) == WordFamily(b), a == b) << a << " " << b;
    }
  }
}

TEST(WordFamilyTest, ShortWordsStay) {
  EXPECT_EQ(WordFamily(""), "");
  EXPECT_EQ(WordFamily("a"), "a");
  EXPECT_EQ(WordFamily("is"), "is");
  EXPECT_EQ(WordFamily("WTO"), "wto");
}

TEST(IsStopWordTest, IsThoseThatTellNoTopic) {
  for (const std::string word : {"the", "of", "should", "not", "say", "'s"}) {
    EXPECT_TRUE(IsStopWord(word)) << word;
  }
  for (const std::string word : {"ban", "import", "The", ""}) {
    EXPECT_FALSE(IsStopWord(word)) << word;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
