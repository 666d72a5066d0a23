#include "engine/extract/topics/found_topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/extract/stance/stance.h"
#include "engine/extract/topics/topics.h"
#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kArticle[] =
    "<1 She> [said] {the import ban would stay}.| <2 He> [wants] {the import "
    "ban lifted}.| <3 They> [called for] {a ban on whaling}.| <4 Ola> [said] "
    "{the officials had seen a bridge}.";

std::vector<std::string> IdsOf(const std::vector<Topic>& topics) {
  std::vector<std::string> ids;
  for (const Topic& topic : topics) ids.push_back(topic.id());
  return ids;
}

TEST(FoundTopicsTest, PhrasesAreMergedByTheirHead) {
  MarkedText text(kArticle);
  const std::vector<Topic> topics = FindTopics(text.document(), text.sayings());
  ASSERT_THAT(topics, SizeIs(1));
  EXPECT_EQ(topics[0].id(), "topic/import-ban");
  EXPECT_EQ(topics[0].name(), "Import ban");
  EXPECT_THAT(topics[0].phrases(), Contains("ban"));
  EXPECT_THAT(topics[0].phrases(), Contains("import ban"));
}

TEST(FoundTopicsTest, StatementsFindTheirTopicAndSide) {
  MarkedText text(kArticle);
  const TopicIndex index(FindTopics(text.document(), text.sayings()));
  const std::vector<TopicChoice> choices =
      ChooseTopics(text.document(), index, text.sayings());
  std::vector<int> topics;
  for (const TopicChoice& choice : choices) topics.push_back(choice.topic);
  EXPECT_EQ(topics[0], 0);
  EXPECT_EQ(topics[1], 0);
  const std::vector<StanceChoice> stances =
      JudgeStances(text.document(), index, text.sayings(), topics);
  EXPECT_EQ(stances[0].stance, 1.0);
  EXPECT_EQ(stances[1].stance, -1.0);
}

TEST(FoundTopicsTest, SameTopicHasTheSameIdInAnotherArticle) {
  MarkedText one(kArticle);
  MarkedText two(
      "<1 Bo> [fears] {an import ban}.| <2 Al> [said] {import bans hurt}.");
  EXPECT_EQ(IdsOf(FindTopics(one.document(), one.sayings())),
            IdsOf(FindTopics(two.document(), two.sayings())));
}

TEST(FoundTopicsTest, OrderIsByHowManySayThen) {
  MarkedText text(
      "<1 She> [said] {a tunnel or a ferry could do}.| <2 He> [said] {the "
      "ferry was old}.| <3 Bo> [said] {the ferry and the tunnel could wait}.");
  EXPECT_EQ(IdsOf(FindTopics(text.document(), text.sayings())),
            (std::vector<std::string>{"topic/ferry", "topic/tunnel"}));
}

TEST(FoundTopicsTest, WhatOneSayingMentionsIsNone) {
  MarkedText text("<1 She> [said] {the import ban would stay a ban}.");
  EXPECT_THAT(FindTopics(text.document(), text.sayings()), IsEmpty());
  EXPECT_THAT(FindTopics(text.document(), {}), IsEmpty());
}

TEST(FoundTopicsTest, PeopleTimesAndTalkAreNone) {
  MarkedText text(
      "<1 She> [said] {the minister had a question this week}.| <2 He> [said] "
      "{the minister had a question last week}.");
  EXPECT_THAT(FindTopics(text.document(), text.sayings()), IsEmpty());
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
