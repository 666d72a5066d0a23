#include "engine/extract/grammar/clauses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/extract/statement/saying.h"

namespace onrecord {
namespace extract {
namespace {

struct ClauseCase {
  std::string name;
  std::string text;
  std::string clauses;  // each as "kind: words |"
};

std::string NameOf(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::kMain:
      return "main";
    case ClauseKind::kCondition:
      return "condition";
    case ClauseKind::kReason:
      return "reason";
    case ClauseKind::kTime:
      return "time";
    case ClauseKind::kRelative:
      return "relative";
  }
  return "";
}

class ClausesTest : public ::testing::TestWithParam<ClauseCase> {};

TEST_P(ClausesTest, AreCutWithoutGaps) {
  const Document document = Document::Analyze(GetParam().text);
  const TokenRange all{0, static_cast<uint32_t>(document.tokens().size())};
  std::string got;
  uint32_t end = 0;
  for (const Clause& clause : SplitClauses(document, all)) {
    EXPECT_EQ(clause.range.first, end);
    end = clause.range.last;
    const Span span = SpanOf(document, clause.range);
    absl::StrAppend(
        &got, NameOf(clause.kind), ": ",
        GetParam().text.substr(span.begin(), span.end() - span.begin()), "|");
  }
  EXPECT_EQ(end, all.last);
  EXPECT_EQ(got, GetParam().clauses);
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, ClausesTest,
    ::testing::ValuesIn(std::vector<ClauseCase>{
        {"One", "the ban will stay", "main: the ban will stay|"},
        {"TwoMain", "the ban will stay and the levy will go",
         "main: the ban will stay|main: and the levy will go|"},
        {"NounsJoined", "the ban and the levy will go",
         "main: the ban and the levy will go|"},
        {"ConditionLast", "the ban will go if they agree",
         "main: the ban will go|condition: if they agree|"},
        {"ConditionFirst", "if they could agree, the ban will go",
         "condition: if they could agree|main: , the ban will go|"},
        {"AsLongAs", "the ban will go as long as they pay",
         "main: the ban will go|condition: as long as they pay|"},
        {"Unless", "the ban will stay unless they pay",
         "main: the ban will stay|condition: unless they pay|"},
        {"Reason", "it will go because they had lost",
         "main: it will go|reason: because they had lost|"},
        {"Relative", "the ban, which is old, will go",
         "main: the ban,|relative: which is old|main: , will go|"},
        {"TwoSentences", "It is late. It will go.",
         "main: It is late|main: . It will go.|"},
        {"EvenIf", "it will go even if they lose",
         "main: it will go even if they lose|"},
    }),
    [](const auto& info) { return info.param.name; });

TEST(ClausesTest, EmptyRangeHasNone) {
  const Document document = Document::Analyze("It is late.");
  EXPECT_THAT(SplitClauses(document, {1, 1}), ::testing::IsEmpty());
}

// Whether the first "talks" of `text` stands in a phrase that says when.
bool SaysWhen(const std::string& text) {
  const Document document = Document::Analyze(text);
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    if (document.TextOf(document.tokens()[i]) == "talks") {
      return StandsInTimePhrase(document, 0, i);
    }
  }
  ADD_FAILURE() << text;
  return false;
}

TEST(ClausesTest, TimePhraseIsReadBackToItsPreposition) {
  EXPECT_TRUE(SaysWhen("They offered terms before the second round of talks."));
  EXPECT_TRUE(SaysWhen("They will be silent until the talks."));
  EXPECT_FALSE(SaysWhen("They wanted talks before the summer."));
  EXPECT_FALSE(SaysWhen("They said that until then the talks would go on."));
  EXPECT_FALSE(SaysWhen("Before leaving, the minister praised the talks."));
}

TEST(ClausesTest, NegationIsByGrammarOnly) {
  const std::string text = "not no never nobody neither refused denied";
  const Document document = Document::Analyze(text);
  for (uint32_t i = 0; i < document.tokens().size(); ++i) {
    const std::string word(document.TextOf(document.tokens()[i]));
    EXPECT_EQ(IsNegation(document, i), word != "refused" && word != "denied")
        << word;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
