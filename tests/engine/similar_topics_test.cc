#include "engine/similar_topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onrecord {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

TopicRow MakeTopic(const std::string& id, const std::string& name,
                   const std::vector<std::string>& phrases,
                   const std::string& proposition = "") {
  TopicRow row;
  row.set_topic(id);
  row.set_name(name);
  row.set_proposition(proposition);
  for (const std::string& phrase : phrases) row.add_phrases(phrase);
  return row;
}

std::vector<std::string> GroundsOf(const SimilarTopicsRow& row) {
  return {row.grounds().begin(), row.grounds().end()};
}

TEST(SimilarTopicsTest, NearEqualOnesAreProposedWithGrounds) {
  const std::vector<SimilarTopicsRow> pairs = FindSimilarTopics(
      {MakeTopic("bridge", "The bridge over the sound", {"bridge"}),
       MakeTopic("timber-ban", "Timber ban", {"ban on timber"}),
       MakeTopic("timber-bans", "Bans of timber", {"Ban on timber"}),
       MakeTopic("levy", "Levy on banks", {"bank levy"})});
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].topic(), "timber-ban");
  EXPECT_EQ(pairs[0].topic_name(), "Timber ban");
  EXPECT_EQ(pairs[0].other(), "timber-bans");
  EXPECT_EQ(pairs[0].other_name(), "Bans of timber");
  EXPECT_EQ(pairs[0].score(), 1);
  EXPECT_THAT(GroundsOf(pairs[0]),
              ElementsAre("phrase \"ban on timber\"",
                          "words \"ban\" and \"bans\"", "word \"timber\""));
}

TEST(SimilarTopicsTest, TheNearestComeFirst) {
  const std::vector<SimilarTopicsRow> pairs =
      FindSimilarTopics({MakeTopic("a", "Timber import ban", {}),
                         MakeTopic("b", "Timber ban", {}),
                         MakeTopic("c", "Import ban on timber", {}),
                         MakeTopic("d", "Bridge", {})});
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[0].topic() + pairs[0].other(), "ac");
  EXPECT_GT(pairs[0].score(), pairs[1].score());
}

TEST(SimilarTopicsTest, FormsOfOneWordAreSaid) {
  const std::vector<SimilarTopicsRow> pairs = FindSimilarTopics(
      {MakeTopic("a", "Inspection", {}), MakeTopic("b", "Inspectors", {})});
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_THAT(GroundsOf(pairs[0]),
              ElementsAre("words \"inspection\" and \"inspectors\""));
}

// A word that every topic has says nothing of two of them.
TEST(SimilarTopicsTest, CommonWordsTellLittle) {
  std::vector<TopicRow> topics;
  for (const char* name : {"Bridge tax", "Timber tax", "Salmon tax", "Bank tax",
                           "Wage tax", "Road tax"}) {
    topics.push_back(MakeTopic(name, name, {}));
  }
  EXPECT_THAT(FindSimilarTopics(topics), IsEmpty());
}

TEST(SimilarTopicsTest, OppositePropositionsAreSaid) {
  const auto grounds = [](const std::string& other) {
    const std::vector<SimilarTopicsRow> pairs = FindSimilarTopics(
        {MakeTopic("a", "Timber ban", {}, "Norland should keep its ban."),
         MakeTopic("b", "Ban on timber", {}, other)});
    EXPECT_EQ(pairs.size(), 1u);
    return GroundsOf(pairs.at(0));
  };
  const std::string opposite = "but the propositions point opposite ways";
  EXPECT_THAT(grounds("Norland should lift its ban."), Contains(opposite));
  EXPECT_THAT(grounds("The ban should stay."), Not(Contains(opposite)));
  EXPECT_THAT(grounds(""), Not(Contains(opposite)));
}

TEST(SimilarTopicsTest, TopicsWithoutWordsPairWithNone) {
  EXPECT_THAT(FindSimilarTopics({}), IsEmpty());
  EXPECT_THAT(
      FindSimilarTopics({MakeTopic("a", "", {}), MakeTopic("b", "", {""}),
                         MakeTopic("c", "the", {})}),
      IsEmpty());
}

}  // namespace
}  // namespace onrecord
