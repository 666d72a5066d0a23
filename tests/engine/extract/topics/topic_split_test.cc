#include "engine/extract/topics/topic_split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/extract/example_topics.h"
#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

struct SplitCase {
  std::string name;
  std::string marked;                 // see MarkedText
  std::vector<std::string> contents;  // of the findings, in their order
};

class TopicSplitTest : public ::testing::TestWithParam<SplitCase> {};

TEST_P(TopicSplitTest, GivesEachTopicItsWords) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(GetParam().marked);
  std::vector<Finding> findings;
  for (const Saying& saying : text.sayings()) {
    Finding finding;
    finding.source = saying.source;
    finding.cue = saying.cue;
    finding.content = saying.content;
    findings.push_back(finding);
  }
  std::vector<std::string> contents;
  for (const Finding& finding :
       SplitByTopic(text.document(), index, {-1}, findings)) {
    EXPECT_EQ(text.TextOf(finding.cue), "said");
    contents.push_back(text.TextOf(finding.content.front()));
  }
  EXPECT_EQ(contents, GetParam().contents);
}

INSTANTIATE_TEST_SUITE_P(
    Contents, TopicSplitTest,
    ::testing::ValuesIn(std::vector<SplitCase>{
        {"TwoClauses",
         "<1 She> [said] {that the bridge was late, and that state aid was a "
         "must}.",
         {"that the bridge was late", "that state aid was a must"}},
        {"TwoPredicates",
         "<1 She> [said] {Norland would build the bridge and lift the import "
         "ban}.",
         {"Norland would build the bridge", "lift the import ban"}},
        {"QuotationBehind",
         "<1 She> [said] {Norland would build the bridge, “and then we lift "
         "the import ban”}.",
         {"Norland would build the bridge",
          "“and then we lift the import ban”"}},
        {"Concession",
         "<1 She> [said] {that the bridge was late, though state aid was a "
         "must}.",
         {"that the bridge was late", "state aid was a must"}},
        {"OneTopic",
         "<1 She> [said] {the bridge was late and the crossing was closed}.",
         {"the bridge was late and the crossing was closed"}},
        {"NounsJoined",
         "<1 She> [said] {the bridge and the import ban were mistakes}.",
         {"the bridge and the import ban were mistakes"}},
        {"NoTopicBehind",
         "<1 She> [said] {the bridge was late and the weather was bad}.",
         {"the bridge was late and the weather was bad"}},
        {"PointsBackBeforeBut",
         "<1 She> [said] {that she respected the decision, but the bridge was "
         "a must}.",
         {"that she respected the decision", "the bridge was a must"}},
        {"NothingBeforeBut",
         "<1 She> [said] {that it was raining, but the bridge was a must}.",
         {"that it was raining, but the bridge was a must"}},
        {"WithinACondition",
         "<1 She> [said] {it would help if the bridge came and the import ban "
         "went}.",
         {"it would help if the bridge came and the import ban went"}},
    }),
    [](const auto& info) { return info.param.name; });

TEST(TopicSplitTest, WithoutTopicsNothingIsSplit) {
  const TopicIndex index(std::vector<Topic>{});
  MarkedText text("<1 She> [said] {the bridge was late and aid was a must}.");
  Finding finding;
  finding.content = text.sayings()[0].content;
  EXPECT_EQ(SplitByTopic(text.document(), index, {-1}, {finding}).size(), 1u);
}

TEST(TopicSplitTest, WhatStandsWithinEndsWithIt) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(
      "<1 She> [said] {Norland would build the bridge, “and then we lift the "
      "import ban”}.");
  std::vector<Finding> findings(2);
  findings[0].content = text.sayings()[0].content;
  const TokenRange all = findings[0].content.front();
  findings[1].content = {{all.first + 3, all.last}};  // "the bridge, …"
  const std::vector<Finding> split =
      SplitByTopic(text.document(), index, {-1, 0}, findings);
  std::vector<std::string> contents;
  for (const Finding& finding : split) {
    contents.push_back(text.TextOf(finding.content.front()));
  }
  EXPECT_THAT(contents, ::testing::ElementsAre(
                            "Norland would build the bridge", "the bridge",
                            "“and then we lift the import ban”"));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
