#include "engine/extract/topics/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/engine/extract/example_topics.h"
#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

struct TopicCase {
  std::string name;
  std::string marked;  // see MarkedText
  std::string topic;   // of the last saying, "" for none
};

class TopicsTest : public ::testing::TestWithParam<TopicCase> {};

TEST_P(TopicsTest, IsChosen) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(GetParam().marked);
  const std::vector<TopicChoice> choices =
      ChooseTopics(text.document(), index, text.sayings());
  ASSERT_EQ(choices.size(), text.sayings().size());
  const TopicChoice& choice = choices.back();
  EXPECT_EQ(choice.topic < 0 ? "" : index.topics()[choice.topic].id(),
            GetParam().topic);
  EXPECT_EQ(choice.unknown.empty(), choice.topic >= 0);
  for (size_t i = 1; i < choice.scores.size(); ++i) {
    EXPECT_GE(choice.scores[i - 1].score, choice.scores[i].score);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sayings, TopicsTest,
    ::testing::ValuesIn(std::vector<TopicCase>{
        {"PhraseInContent", "<1 She> [said] {the import ban would stay}.",
         "ban"},
        {"PhraseFromTheCueOn", "<1 She> [will build a bridge] {crossing}.",
         "bridge"},
        {"TimePhraseIsByTheWay",
         "<1 She> [offered] {to compensate the sawmills after the opening of "
         "the bridge}.",
         "aid"},
        {"WordInContent", "<1 She> [said] {the sawmills would close}.", "aid"},
        {"HeadOfAPhrase", "<1 She> [welcomed] {the ban}.", "ban"},
        {"ContentBeforeSentence",
         "Asked about the import ban, <1 she> [said] {that state aid was a "
         "must}.",
         "aid"},
        {"Sentence",
         "Asked about the bridge, <1 she> [said] {that it was late}.",
         "bridge"},
        {"SentenceBefore",
         "The bridge is late. <1 She> [said] {it was a shame}.", "bridge"},
        {"SpeakerGoesOn",
         "<1 She> [said] {state aid was a must}.| {We are broke}, <1 she> "
         "[added].",
         "aid"},
        {"ConditionIsByTheWay",
         "<1 She> [said] {a bridge could come if there was state aid}.",
         "bridge"},
        {"OnlyTheConditionNamesIt",
         "The import ban. It was raining in the valley. <1 She> [said] {that "
         "if the sawmill fund comes, she is happy}.",
         "aid"},
        {"FrontedPhrase",
         "<1 She> [said] {state aid was a must}.| On the bridge, <1 she> "
         "[claimed] {to have no opinion}.",
         "bridge"},
        {"PointsBackToAnother",
         "<1 She> [wants] {a bridge}. The sawmills are shut.| {The idea} [was "
         "dismissed by] <2 him>.",
         "bridge"},
        {"None", "<1 She> [said] {it was raining}.", ""},
    }),
    [](const auto& info) { return info.param.name; });

TEST(TopicsTest, TwoTopicsInOneUtteranceBothScore) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 She> [welcomed] {the import ban and the bridge}.");
  const TopicChoice choice =
      ChooseTopics(text.document(), index, text.sayings())[0];
  ASSERT_GE(choice.scores.size(), 2u);
  EXPECT_GT(choice.scores[1].score, 0.5 * choice.scores[0].score);
}

// The topics of the last saying, the second empty for none.
std::pair<std::string, std::string> TopicsOfLast(const std::string& marked) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(marked);
  const TopicChoice choice =
      ChooseTopics(text.document(), index, text.sayings()).back();
  const auto id = [&index](int topic) {
    return topic < 0 ? "" : index.topics()[topic].id();
  };
  return {id(choice.topic), id(choice.other)};
}

TEST(TopicsTest, WhatIsSaidOfTwoThingsIsAboutBoth) {
  EXPECT_THAT(
      TopicsOfLast("<1 She> [urged] {them to drop both the import ban and the "
                   "bridge}."),
      ::testing::AnyOf(::testing::Pair("ban", "bridge"),
                       ::testing::Pair("bridge", "ban")));
  EXPECT_EQ(
      TopicsOfLast("<1 She> [wants] {the bridge and the crossing}.").second,
      "");
}

TEST(TopicsTest, BothPointsBackToTheLastTwo) {
  const auto both = ::testing::AnyOf(::testing::Pair("ban", "bridge"),
                                     ::testing::Pair("bridge", "ban"));
  EXPECT_THAT(
      TopicsOfLast("State aid is not enough. Norland would keep the import ban "
                   "unless the bridge came. <1 She> [opposes] {both}."),
      both);
  EXPECT_THAT(TopicsOfLast("<1 He> [said] {the bridge would be built}.| <1 He> "
                           "[said] {the import ban would end}.| <2 She> "
                           "[welcomed] {both moves}."),
              both);
  EXPECT_EQ(TopicsOfLast("The bridge is late. <1 She> [opposes] {both}."),
            std::make_pair(std::string("bridge"), std::string()));
}

// "… but" sets off: what stands behind it says nothing of what stands before.
TEST(TopicsTest, WhatTheSameCueGovernsNextHasItsOwnTopic) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(
      "State aid is late. <1 She> [said] {that she respected it},| but {the "
      "bridge would be a bridge too far}.");
  text.sayings()[1].cue = text.sayings()[0].cue;
  const std::vector<TopicChoice> choices =
      ChooseTopics(text.document(), index, text.sayings());
  EXPECT_EQ(index.topics()[choices[0].topic].id(), "aid");
  EXPECT_EQ(index.topics()[choices[1].topic].id(), "bridge");
}

// "Sawmills" is what the whole article is about, so it told nothing of what one
// sentence is about.
TEST(TopicsTest, WordsOfEverySentenceCountLess) {
  const std::string filler =
      "Sawmills are old. Sawmills are few. Sawmills are loud. ";
  EXPECT_EQ(TopicsOfLast(filler + filler + filler +
                         "<1 She> [said] {sawmills hope for the sound}.")
                .first,
            "bridge");
  EXPECT_EQ(TopicsOfLast("<1 She> [said] {sawmills hope for the sound}.").first,
            "aid");
}

TEST(TopicsTest, WordsOfTheCueNameNoTopic) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 She> [voiced state aid for] {the bridge}.");
  Saying& saying = text.sayings()[0];
  saying.content[0].first = saying.cue.first + 1;  // "state aid for the bridge"
  const TopicChoice choice =
      ChooseTopics(text.document(), index, text.sayings())[0];
  EXPECT_EQ(index.topics()[choice.topic].id(), "bridge");
}

TEST(TopicsTest, GroundsAreTheWords) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 She> [said] {the import ban would stay}.");
  const TopicChoice choice =
      ChooseTopics(text.document(), index, text.sayings())[0];
  ASSERT_THAT(choice.grounds, ::testing::Not(::testing::IsEmpty()));
  EXPECT_EQ(text.TextOf(choice.grounds[0]), "import ban");
}

TEST(TopicsTest, NestedSayingIsAboutWhatTheOuterOneIs) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(
      "<1 She> [said] {the bridge was late and he hated it}.| <2 He> [hated] "
      "{rain}.");
  text.sayings()[1].parent = 0;
  EXPECT_EQ(ChooseTopics(text.document(), index, text.sayings())[1].topic, 2);
}

TEST(TopicsTest, WithoutACodebookThereIsNoneAndAReason) {
  const TopicIndex index({});
  MarkedText text("<1 She> [said] {the import ban would stay}.");
  const TopicChoice choice =
      ChooseTopics(text.document(), index, text.sayings())[0];
  EXPECT_EQ(choice.topic, -1);
  EXPECT_EQ(choice.unknown, "no topics are listed");
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
