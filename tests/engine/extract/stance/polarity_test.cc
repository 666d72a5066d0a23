#include "engine/extract/stance/polarity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "engine/extract/statement/saying.h"

namespace onrecord {
namespace extract {
namespace {

struct PolarityCase {
  std::string text;
  std::string words;  // of the only hit, "" for none
  Effect effect;
};

TEST(PolarityTest, FindsWordsAndPhrases) {
  const std::vector<PolarityCase> cases = {
      {"They will lift it.", "lift", Effect::kHinder},
      {"He spoke of its removal.", "removal", Effect::kHinder},
      {"They are extending it.", "extending", Effect::kPromote},
      {"That was out of the question.", "out of the question", Effect::kHinder},
      {"He draws a clear line at it.", "draws a clear line at",
       Effect::kHinder},
      {"They could live with it.", "live with", Effect::kPromote},
      {"It is under review.", "under review", Effect::kNeutral},
      {"They declined to comment.", "declined to comment", Effect::kSilent},
      {"It was a mistake.", "mistake", Effect::kBad},
      {"They will do it.", "", Effect::kPromote},
      {"Mr Banner met Mr Will.", "", Effect::kPromote},
  };
  for (const PolarityCase& test : cases) {
    const Document document = Document::Analyze(test.text);
    const std::vector<PolarityHit> hits = FindPolarity(document);
    if (test.words.empty()) {
      EXPECT_THAT(hits, ::testing::IsEmpty()) << test.text;
      continue;
    }
    ASSERT_THAT(hits, ::testing::SizeIs(1)) << test.text;
    const Span span = SpanOf(document, hits[0].range);
    EXPECT_EQ(test.text.substr(span.begin(), span.end() - span.begin()),
              test.words);
    EXPECT_EQ(hits[0].effect, test.effect) << test.text;
  }
}

TEST(PolarityTest, LexiconListsEveryEntryOnceWithoutStrayBlanks) {
  std::map<std::string, int> seen;
  for (const PolarityList& list : PolarityLexicon()) {
    for (const absl::string_view entry : absl::StrSplit(list.entries, ", ")) {
      EXPECT_FALSE(entry.empty());
      EXPECT_EQ(entry.find(','), absl::string_view::npos) << entry;
      EXPECT_EQ(entry.find("  "), absl::string_view::npos) << entry;
      EXPECT_EQ(++seen[std::string(entry)], 1) << entry;
    }
  }
  EXPECT_GT(seen.size(), 500u);
}

TEST(PolarityTest, SignsMultiply) {
  EXPECT_EQ(SignOf(Effect::kPromote), 1);
  EXPECT_EQ(SignOf(Effect::kHinder), -1);
  EXPECT_EQ(SignOf(Effect::kRestriction), -1);
  EXPECT_EQ(SignOf(Effect::kReopen), 1);
  EXPECT_EQ(SignOf(Effect::kNeutral), 0);
  EXPECT_TRUE(IsJudgement(Effect::kBad));
  EXPECT_FALSE(IsJudgement(Effect::kHinder));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
