#include "engine/extract/topics/topic_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/extract/statement/saying.h"
#include "tests/engine/extract/example_topics.h"

namespace onrecord {
namespace extract {
namespace {

// The phrases found in `text`, as "topic: words|".
std::string PhrasesIn(const std::string& text) {
  const TopicIndex index(ExampleTopics());
  const Document document = Document::Analyze(text);
  std::string found;
  for (const TopicHit& hit : FindTopicHits(document, index)) {
    if (!hit.is_phrase) continue;
    const Span span = SpanOf(document, hit.range);
    absl::StrAppend(&found, index.topics()[hit.topic].id(), ": ",
                    text.substr(span.begin(), span.end() - span.begin()), "|");
  }
  return found;
}

TEST(TopicIndexTest, FindsPhrasesInAnyInflectionAndCase) {
  EXPECT_EQ(PhrasesIn("The Import Ban stays."), "ban: Import Ban|");
  EXPECT_EQ(PhrasesIn("He spoke of import bans."), "ban: import bans|");
  EXPECT_EQ(PhrasesIn("They were compensated."), "aid: compensated|");
  EXPECT_EQ(PhrasesIn("There is compensation."), "aid: compensation|");
  EXPECT_EQ(PhrasesIn("It is an import-ban again."), "ban: import-ban|");
}

TEST(TopicIndexTest, FindsPhrasesWithAnAdjectiveInside) {
  EXPECT_EQ(PhrasesIn("They want state financial aid."),
            "aid: state financial aid|");
}

TEST(TopicIndexTest, KeepsToWordsAndSentences) {
  EXPECT_EQ(PhrasesIn("The bandage is in the abridged sawmills."), "");
  EXPECT_EQ(PhrasesIn("It is for the import. Ban it."), "");
}

TEST(TopicIndexTest, SingleWordsCountByHowFewTopicsUseThem) {
  const TopicIndex index(ExampleTopics());
  // "Norland" is in two propositions, "sawmill" in one topic only.
  EXPECT_GT(index.WeightOf("sawmil", 1), index.WeightOf("norland", 0));
  EXPECT_EQ(index.WeightOf("sawmil", 0), 0);
  EXPECT_EQ(index.WeightOf("unheard", 0), 0);
}

TEST(TopicIndexTest, WordsThatOneTopicUsesMoreAreItsOwn) {
  std::vector<Topic> topics = ExampleTopics();
  topics[1].set_proposition(
      "The state should compensate sawmills for what the ban costs.");
  topics[2].set_proposition("Norland should build a bridge to end the ban.");
  const TopicIndex index(topics);
  // The head of a phrase of the first, in passing in the other two.
  EXPECT_GT(index.WeightOf("ban", 0), 0.5);
  EXPECT_LT(index.WeightOf("ban", 1), 0.5 * index.WeightOf("ban", 0));
}

TEST(TopicIndexTest, EmptyCodebookFindsNothing) {
  const TopicIndex index({});
  EXPECT_TRUE(index.empty());
  const Document document = Document::Analyze("The import ban stays.");
  EXPECT_THAT(FindTopicHits(document, index), ::testing::IsEmpty());
}

TEST(TopicIndexTest, TopicsWithoutPhrasesAreFoundByTheirName) {
  const std::vector<Topic> topics = {MakeTopic("x", "The harbour tax", "", {}),
                                     MakeTopic("y", "", "", {"", "  "})};
  const TopicIndex index(topics);
  const Document document = Document::Analyze("Harbours pay a tax.");
  EXPECT_THAT(FindTopicHits(document, index), ::testing::SizeIs(2));
}

TEST(TopicIndexTest, VerbThatOnlyLooksLikeATopicsNounIsNoHit) {
  const TopicIndex index({MakeTopic("chips", "Trade in chips", "", {})});
  const auto hits = [&index](const std::string& text) {
    return FindTopicHits(Document::Analyze(text), index).size();
  };
  EXPECT_EQ(hits("She will pay whether or not Spain chips in."), 0u);
  EXPECT_EQ(hits("She will pay for the chips in Spain."), 1u);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
