#include "engine/extract/attribution/attribution_model.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/extract/text/document.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string TextOf(const Document& document, TokenRange range) {
  if (range.empty()) return "";
  const uint32_t begin = document.tokens()[range.first].begin;
  const uint32_t end = document.tokens()[range.last - 1].end;
  return std::string(document.text().substr(begin, end - begin));
}

// "source | cue | content … content" for each attribution.
std::vector<std::string> Found(const std::string& text) {
  const Document document = Document::Analyze(text);
  std::vector<std::string> found;
  for (const Attribution& attribution : FindAttributions(document)) {
    std::vector<std::string> content;
    for (const TokenRange& range : attribution.content) {
      content.push_back(TextOf(document, range));
    }
    found.push_back(absl::StrCat(TextOf(document, attribution.source), " | ",
                                 TextOf(document, attribution.cue), " | ",
                                 absl::StrJoin(content, " … ")));
  }
  return found;
}

TEST(AttributionModelTest, FindsReportedSpeech) {
  EXPECT_THAT(
      Found("The foreign minister said that the talks would go on."),
      ElementsAre("The foreign minister | said | that the talks would go on"));
}

TEST(AttributionModelTest, FindsQuotedSpeech) {
  EXPECT_THAT(Found("“We will not give up our claim,” said Qwarzin Velthoven, "
                    "the head of the union."),
              ElementsAre(::testing::AllOf(
                  ::testing::StartsWith("Qwarzin Velthoven"),
                  ::testing::EndsWith("said | We will not give up our "
                                      "claim"))));
}

TEST(AttributionModelTest, FindsSpeechInTwoPieces) {
  EXPECT_THAT(
      Found("“The plan is dead,” Velthoven said, “and everybody knows it.”"),
      ElementsAre("Velthoven | said | The plan is dead … and everybody knows "
                  "it"));
}

TEST(AttributionModelTest, FindsWhatIsAccordingToSomebody) {
  EXPECT_THAT(
      Found("The economy will shrink next year, according to the bank."),
      ElementsAre("the bank | according to | The economy will shrink next "
                  "year"));
}

TEST(AttributionModelTest, FindsWhoSignedAQuotation) {
  const char kWant[] =
      "Qwarzin Velthoven | ― | We are tired of waiting for the harbour";
  EXPECT_THAT(
      Found("“We are tired of waiting for the harbour.” ― Qwarzin Velthoven"),
      ElementsAre(kWant));
  EXPECT_THAT(
      Found("“We are tired of waiting for the harbour.”\n― Qwarzin Velthoven"),
      ElementsAre(kWant));
}

TEST(AttributionModelTest, TakesAnOpenQuotationOverToTheNextParagraph) {
  const Document document = Document::Analyze(
      "“We will not give up our claim to the harbour,” Velthoven said. “It is "
      "an old claim, and a good one.\n“We have the papers to prove it, and we "
      "will show them.”");
  const std::vector<Attribution> found = FindAttributions(document);
  ASSERT_FALSE(found.empty());
  const Attribution& last = found.back();
  EXPECT_TRUE(last.carried);
  EXPECT_EQ(TextOf(document, last.source), "Velthoven");
  EXPECT_EQ(TextOf(document, last.content.back()),
            "We have the papers to prove it, and we will show them");
}

TEST(AttributionModelTest, LeavesNarrationAlone) {
  EXPECT_THAT(Found("The sun rose over the harbour. Two boats left at noon."),
              IsEmpty());
  EXPECT_THAT(Found(""), IsEmpty());
}

// Whatever the text: ranges are inside it, contents do not overlap each other
// or any cue's main word, and the same text gives the same answer.
TEST(AttributionModelTest, KeepsItsPromisesOnAnyText) {
  const uint32_t seed = ::testing::UnitTest::GetInstance()->random_seed();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> parts = {
      "said",  "that", "the",  "minister",  "plan", "“",     "”",    "\"",
      "He",    "told", ",",    ".",         "\n",   ":",     "—",    "We",
      "Bonn",  "to",   "is",   "rejected",  "not",  "added", "\xFF", "'",
      "asked", "and",  "will", "according", "(",    ")",     "?",    "1"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = random() % 120; i > 0; --i) {
      absl::StrAppend(&text, parts[random() % parts.size()],
                      random() % 5 == 0 ? "" : " ");
    }
    const Document document = Document::Analyze(text);
    const std::vector<Attribution> found = FindAttributions(document);
    std::vector<bool> used(document.tokens().size(), false);
    for (const Attribution& attribution : found) {
      ASSERT_FALSE(attribution.content.empty());
      for (const TokenRange& range : attribution.content) {
        ASSERT_LT(range.first, range.last);
        ASSERT_LE(range.last, document.tokens().size());
        for (uint32_t i = range.first; i < range.last; ++i) {
          ASSERT_FALSE(used[i]) << text;
          used[i] = true;
        }
      }
      ASSERT_TRUE(attribution.cue.Contains(attribution.head));
      ASSERT_LE(attribution.source.last, document.tokens().size());
      ASSERT_LE(attribution.confidence, 1000u);
      ASSERT_LE(attribution.source_confidence, 1000u);
    }
    for (const Attribution& attribution : found) {
      ASSERT_FALSE(used[attribution.head]) << text;
    }
    EXPECT_EQ(Found(text), Found(text));
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
