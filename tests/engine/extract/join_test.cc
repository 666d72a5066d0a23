#include "engine/extract/join.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/extract/read_text.h"

namespace onrecord {
namespace extract {
namespace {

constexpr char kText[] = "Ana Ruiz rejected the plan. Juan Gil likes rain.";

Finding MakeFinding(const ReadText& text, const std::string& source,
                    const std::string& cue, const std::string& content) {
  Finding finding;
  finding.source = text.Find(source);
  finding.core = finding.source;
  finding.cue = text.Find(cue);
  finding.content = {text.Find(content)};
  finding.frame = Frame::kObject;
  finding.confidence = 0.6;
  return finding;
}

Attribution MakeAttribution(const ReadText& text, const std::string& source,
                            const std::string& cue, const std::string& content,
                            uint32_t confidence) {
  Attribution attribution;
  attribution.source = text.Find(source);
  attribution.cue = text.Find(cue);
  attribution.head = attribution.cue.first;
  attribution.content = {text.Find(content)};
  attribution.confidence = confidence;
  return attribution;
}

TEST(JoinTest, FoundTwiceIsSurer) {
  const ReadText text(kText);
  const std::vector<Finding> joined = JoinLearned(
      text.cues(), {MakeFinding(text, "Ana Ruiz", "rejected", "the plan")},
      {MakeAttribution(text, "Ana Ruiz", "rejected", "the plan", 900)});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_DOUBLE_EQ(joined[0].confidence, 0.9);
  EXPECT_EQ(text.Render(joined[0]), "Ana Ruiz | rejected | the plan");
}

TEST(JoinTest, OnlyLearnedIsAdded) {
  const ReadText text(kText);
  const std::vector<Finding> joined = JoinLearned(
      text.cues(), {MakeFinding(text, "Ana Ruiz", "rejected", "the plan")},
      {MakeAttribution(text, "Ana Ruiz", "rejected", "the plan", 900),
       MakeAttribution(text, "Juan Gil", "likes", "rain", 700)});
  ASSERT_EQ(joined.size(), 2u);
  EXPECT_EQ(text.Render(joined[1]), "Juan Gil | likes | rain");
  EXPECT_DOUBLE_EQ(joined[1].confidence, 0.7);
}

TEST(JoinTest, UnlikelyLearnedIsLeftOut) {
  const ReadText text(kText);
  EXPECT_THAT(
      JoinLearned(text.cues(), {},
                  {MakeAttribution(text, "Juan Gil", "likes", "rain", 100)}),
      ::testing::IsEmpty());
}

TEST(JoinTest, ImpreciseAndNotBorneOutIsLessSure) {
  const ReadText text(kText);
  const std::vector<Finding> joined = JoinLearned(
      text.cues(), {MakeFinding(text, "Ana Ruiz", "rejected", "the plan")}, {});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_LT(joined[0].confidence, 0.6);
}

TEST(JoinTest, ImpreciseIsSurerBesideOneBorneOut) {
  const ReadText text(
      "Ana Ruiz rejected the plan and demanded a vote. Juan Gil likes rain.");
  const std::vector<Finding> joined = JoinLearned(
      text.cues(),
      {MakeFinding(text, "Ana Ruiz", "rejected", "the plan"),
       MakeFinding(text, "Ana Ruiz", "demanded", "a vote"),
       MakeFinding(text, "Juan Gil", "likes", "rain")},
      {MakeAttribution(text, "Ana Ruiz", "demanded", "a vote", 900)});
  ASSERT_EQ(joined.size(), 3u);
  EXPECT_GT(joined[0].confidence, joined[2].confidence);
  EXPECT_LT(joined[0].confidence, 0.6);
}

TEST(JoinTest, PreciseFindingNeedsNoSupport) {
  const ReadText text(kText);
  Finding finding = MakeFinding(text, "Ana Ruiz", "rejected", "the plan");
  finding.frame = Frame::kThat;
  const std::vector<Finding> joined = JoinLearned(text.cues(), {finding}, {});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_DOUBLE_EQ(joined[0].confidence, 0.6);
}

TEST(JoinTest, TimeBehindTheCueIsNoContent) {
  const ReadText text("The plan is dead, Ana Ruiz said on Monday, leaving.");
  Finding finding = MakeFinding(text, "Ana Ruiz", "said", "The plan is dead");
  finding.frame = Frame::kParenthetical;
  finding.adjuncts = text.Find("on Monday");
  const std::vector<Finding> joined = JoinLearned(
      text.cues(), {finding},
      {MakeAttribution(text, "Ana Ruiz", "said", "on Monday, leaving", 900)});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(text.Render(joined[0]), "Ana Ruiz | said | The plan is dead");
}

TEST(JoinTest, CarriedWordsGoToTheSpeakerBefore) {
  const ReadText text(kText);
  Attribution carried =
      MakeAttribution(text, "Ana Ruiz", "rejected", "likes rain", 800);
  carried.carried = true;
  const std::vector<Finding> joined = JoinLearned(
      text.cues(), {MakeFinding(text, "Ana Ruiz", "rejected", "the plan")},
      {MakeAttribution(text, "Ana Ruiz", "rejected", "the plan", 900),
       carried});
  ASSERT_EQ(joined.size(), 2u);
  EXPECT_EQ(joined[1].carried_from, 0);
  EXPECT_TRUE(joined[1].source.empty());
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
