// Extraction of text that no editor has seen: it must neither crash nor cut a
// character, and must not grow faster than the text.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/extract/extractor.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace extract {
namespace {

// Pieces that the sieves look for, in no order.
const char* const kPieces[] = {"said",
                               "that",
                               "“",
                               "”",
                               "\"",
                               ",",
                               ".",
                               "according",
                               "to",
                               "he",
                               "She",
                               "and",
                               "who",
                               "Ana Ruiz",
                               "minister",
                               "Tokyo",
                               "the",
                               "not",
                               "would",
                               ":",
                               ";",
                               "(",
                               ")",
                               "—",
                               "it",
                               "is",
                               "\n",
                               "\n\n",
                               "officials",
                               "adding",
                               "by",
                               "of",
                               "rejected",
                               "’s",
                               "I",
                               "both",
                               "sides",
                               "One",
                               "them",
                               "é",
                               "東京",
                               "company",
                               "it is",
                               "reported",
                               "declined to comment",
                               "in an interview with"};

bool IsBoundary(const std::string& text, uint32_t at) {
  return at == text.size() ||
         (at < text.size() &&
          (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

void ExpectSound(const std::string& text, const Extraction& extraction) {
  const auto expect_span = [&](const Span& span) {
    EXPECT_LT(span.begin(), span.end());
    EXPECT_TRUE(IsBoundary(text, span.begin()));
    EXPECT_TRUE(IsBoundary(text, span.end()));
  };
  const auto entities = static_cast<int>(extraction.entities.size());
  for (size_t i = 0; i < extraction.statements.size(); ++i) {
    const ExtractedStatement& extracted = extraction.statements[i];
    const Statement& statement = extracted.statement;
    if (statement.speaker().has_span()) expect_span(statement.speaker().span());
    if (statement.has_cue()) expect_span(statement.cue());
    for (const Span& span : statement.content()) expect_span(span);
    EXPECT_LT(extracted.speaker, entities);
    EXPECT_LT(extracted.parent, static_cast<int>(i)) << "parents come first";
    EXPECT_GE(statement.confidence(), 0);
    EXPECT_LE(statement.confidence(), 1);
    EXPECT_EQ(extracted.speaker < 0, !statement.speaker_unknown().empty());
  }
  for (const Entity& entity : extraction.entities) {
    EXPECT_LT(entity.begin, entity.end);
    EXPECT_LE(entity.end, text.size());
    EXPECT_FALSE(entity.name.empty());
  }
}

TEST(ExtractorRobustnessTest, PiecesInAnyOrder) {
  const uint32_t seed = 20250426;
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 400; ++round) {
    Article article;
    std::string text;
    const int length = 1 + static_cast<int>(random() % 60);
    for (int i = 0; i < length; ++i) {
      absl::StrAppend(&text, kPieces[random() % std::size(kPieces)],
                      random() % 8 == 0 ? "" : " ");
    }
    article.set_text(text);
    SCOPED_TRACE(text);
    ASSERT_OK_AND_ASSIGN(const Extraction extraction,
                         Extract(article, Codebook()));
    ExpectSound(text, extraction);
  }
}

// Looking for a clause after the cue once went beyond the last word.
TEST(ExtractorRobustnessTest, TextMayEndSoonAfterACue) {
  Article article;
  article.set_text(
      "Lawmakers want a new study first\n\nThe assembly will not vote on the "
      "dam before June, Speaker Nora Whitfield said Sat");
  ASSERT_OK_AND_ASSIGN(const Extraction extraction,
                       Extract(article, Codebook()));
  ExpectSound(article.text(), extraction);
}

TEST(ExtractorRobustnessTest, SameTextGivesTheSame) {
  Article article;
  article.set_text(
      "“We will not sign,” said Ana Ruiz. According to her, Tokyo wants more.");
  ASSERT_OK_AND_ASSIGN(const Extraction first, Extract(article, Codebook()));
  ASSERT_OK_AND_ASSIGN(const Extraction second, Extract(article, Codebook()));
  ASSERT_EQ(first.statements.size(), second.statements.size());
  for (size_t i = 0; i < first.statements.size(); ++i) {
    EXPECT_EQ(first.statements[i].statement.ShortDebugString(),
              second.statements[i].statement.ShortDebugString());
  }
}

// A codebook with a topic whose words the pieces of the cost test use.
Codebook PlanCodebook() {
  Codebook codebook;
  Topic* topic = codebook.add_topics();
  topic->set_id("plan");
  topic->set_name("The plan");
  topic->set_proposition("The deal should be signed.");
  topic->add_phrases("plan");
  topic->add_phrases("sign the deal");
  return codebook;
}

// Processor time, which other programs on the machine do not change.
absl::Duration TimeFor(const std::string& piece, int times,
                       const Codebook& codebook) {
  Article article;
  article.set_published("2025-04-26");
  for (int i = 0; i < times; ++i) article.mutable_text()->append(piece);
  const std::clock_t start = std::clock();
  EXPECT_OK(Extract(article, codebook));
  return absl::Seconds(static_cast<double>(std::clock() - start) /
                       CLOCKS_PER_SEC);
}

// Compares the time for `times` pieces and for `factor` as many.
void ExpectLinear(const std::string& piece, int times, int factor,
                  const Codebook& codebook) {
  SCOPED_TRACE(piece);
  TimeFor(piece, 50, codebook);  // models and tables load once
  const absl::Duration one = TimeFor(piece, times, codebook);
  const absl::Duration more = TimeFor(piece, times * factor, codebook);
  // Linear is the factor, which noise may nearly triple; quadratic is its
  // square.
  EXPECT_LT(more, 2.5 * factor * one + absl::Milliseconds(100));
}

TEST(ExtractorRobustnessTest, CostGrowsWithTheLength) {
  for (const char* piece :
       {"“We will not sign,” Ana Ruiz said.\n\n", "said that he said, ",
        "“It is my plan of all plans, you see.”\n\n", "My plan is my own.\n\n",
        "officials ", "(", "“", "and "}) {
    ExpectLinear(piece, 400, 8, Codebook());
  }
}

// Looking for what stands beside a statement once went through all statements,
// however far away, which shows only where there are many.
TEST(ExtractorRobustnessTest, CostWithTopicsGrowsWithTheLength) {
  for (const char* piece :
       {"She said the plan was on paper.\n\n", "Norland had plans, she said. ",
        "On Monday she said it was late. "}) {
    ExpectLinear(piece, 1000, 16, PlanCodebook());
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
