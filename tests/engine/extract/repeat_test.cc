#include "engine/extract/repeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;

TEST(RepeatTest, StatementOnTwoTopicsBecomesTwo) {
  std::vector<Saying> sayings(3);
  std::vector<ExtractedStatement> statements(3);
  std::vector<TopicChoice> choices(3);
  choices[0].topic = 0;
  choices[0].other = 1;
  choices[2].topic = 2;
  sayings[1].parent = statements[1].parent = 0;
  sayings[2].parent = statements[2].parent = 1;
  RepeatForOtherTopics(&sayings, &statements, &choices);
  std::vector<int> topics;
  std::vector<int> parents;
  for (const TopicChoice& choice : choices) topics.push_back(choice.topic);
  for (const Saying& saying : sayings) parents.push_back(saying.parent);
  EXPECT_THAT(topics, ElementsAre(0, 1, -1, 2));
  EXPECT_THAT(parents, ElementsAre(-1, -1, 0, 2));
  ASSERT_EQ(statements.size(), 4u);
  EXPECT_EQ(statements[2].parent, 0);
  EXPECT_EQ(statements[3].parent, 2);
}

TEST(RepeatTest, NothingIsRepeatedWithoutAnotherTopic) {
  std::vector<Saying> sayings(2);
  std::vector<ExtractedStatement> statements(2);
  std::vector<TopicChoice> choices(2);
  RepeatForOtherTopics(&sayings, &statements, &choices);
  EXPECT_EQ(sayings.size(), 2u);
  EXPECT_EQ(statements.size(), 2u);
  EXPECT_EQ(choices.size(), 2u);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
