#include "engine/report/passage.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace {

// The passage around `words` in `text`.
std::string Around(absl::string_view text, absl::string_view words) {
  const std::unique_ptr<PassageFinder> finder = *PassageFinder::Create();
  const size_t begin = text.find(words);
  EXPECT_NE(begin, absl::string_view::npos) << words;
  const Passage passage = finder->Around(text, begin, begin + words.size());
  EXPECT_LE(passage.begin, begin);
  EXPECT_GE(passage.end, begin + words.size());
  return std::string(text.substr(passage.begin, passage.end - passage.begin));
}

TEST(PassageTest, IsTheSentence) {
  EXPECT_EQ(Around("It rained. He said no. It stopped.", "said"),
            "He said no.");
}

TEST(PassageTest, AnAbbreviationEndsNone) {
  EXPECT_EQ(Around("It rained. Mr. Mori said no. It stopped.", "said"),
            "Mr. Mori said no.");
}

TEST(PassageTest, WordsOverSentencesGetAllOfThem) {
  EXPECT_EQ(Around("One. He said no. And why not? Two.", "no. And"),
            "He said no. And why not?");
}

TEST(PassageTest, AParagraphEndsIt) {
  EXPECT_EQ(Around("A headline\n\nHe said no\n\nAn end", "said"), "He said no");
}

TEST(PassageTest, TheWholeTextAndNothingOfIt) {
  EXPECT_EQ(Around("No.", "No."), "No.");
  const std::unique_ptr<PassageFinder> finder = *PassageFinder::Create();
  EXPECT_EQ(finder->Around("", 0, 0).end, 0u);
  EXPECT_LE(finder->Around("One. Two.", 9, 9).end, 9u);
}

TEST(PassageTest, ALongSentenceIsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "é";
  text += " said ";
  for (int i = 0; i < 3000; ++i) text += "é";
  const std::string passage = Around(text, "said");
  EXPECT_LT(passage.size(), 4100u);
  EXPECT_EQ(passage.substr(0, 2), "é");
  EXPECT_EQ(passage.substr(passage.size() - 2), "é");
}

TEST(Utf16LengthTest, CountsAsABrowserDoes) {
  EXPECT_EQ(Utf16Length(""), 0u);
  EXPECT_EQ(Utf16Length("abc"), 3u);
  EXPECT_EQ(Utf16Length("é – ま"), 5u);
  EXPECT_EQ(Utf16Length("😀"), 2u);
}

}  // namespace
}  // namespace onrecord
