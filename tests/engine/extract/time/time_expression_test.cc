#include "engine/extract/time/time_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/extract/statement/saying.h"

namespace onrecord {
namespace extract {
namespace {

// A Wednesday.
constexpr absl::CivilDay kPublished(2025, 7, 16);

struct ExpressionCase {
  std::string name;
  std::string text;
  std::string words;  // of the one expression, "" for none
  std::string time;   // "" for none, "before" for a vague one
};

class TimeExpressionTest : public ::testing::TestWithParam<ExpressionCase> {};

TEST_P(TimeExpressionTest, IsFoundAndResolved) {
  const Document document = Document::Analyze(GetParam().text);
  const std::vector<TimeExpression> found =
      FindTimeExpressions(document, kPublished);
  if (GetParam().words.empty()) {
    EXPECT_THAT(found, ::testing::IsEmpty());
    return;
  }
  ASSERT_THAT(found, ::testing::SizeIs(1));
  const Span span = SpanOf(document, found[0].range);
  EXPECT_EQ(GetParam().text.substr(span.begin(), span.end() - span.begin()),
            GetParam().words);
  EXPECT_EQ(found[0].vague  ? "before"
            : found[0].time ? found[0].time->ToString()
                            : "",
            GetParam().time);
}

INSTANTIATE_TEST_SUITE_P(
    Words, TimeExpressionTest,
    ::testing::ValuesIn(std::vector<ExpressionCase>{
        {"Weekday", "He said on Tuesday it rained.", "on Tuesday",
         "2025-07-15"},
        {"WeekdayOfPublication", "He said on Wednesday it rained.",
         "on Wednesday", "2025-07-16"},
        {"WeekdayAfterPublication", "He said on Thursday it rained.",
         "on Thursday", "2025-07-10"},
        {"LastWeekday", "He left last Friday.", "last Friday", "2025-07-11"},
        {"LastSameWeekday", "He left last Wednesday.", "last Wednesday",
         "2025-07-09"},
        {"BareWeekday", "He resigned Monday.", "Monday", "2025-07-14"},
        {"PartOfWeekday", "He resigned on Monday evening.", "on Monday evening",
         "2025-07-14"},
        {"LateOnWeekday", "He resigned late on Monday.", "late on Monday",
         "2025-07-14"},
        {"WeekdayBeforeNoun", "It was told at the Thursday meeting.", "", ""},
        {"WeekdayGenitive", "It was in Thursday's paper.", "", ""},
        {"NextWeekday", "He leaves next Friday.", "", ""},
        {"ByWeekday", "He leaves by Friday.", "", ""},
        {"Yesterday", "He left yesterday.", "yesterday", "2025-07-15"},
        {"LastNight", "He left last night.", "last night", "2025-07-15"},
        {"Today", "He left earlier today.", "earlier today", "2025-07-16"},
        {"ThisMorning", "This morning he left.", "This morning", "2025-07-16"},
        {"LastWeek", "He left last week.", "last week",
         "2025-07-07/2025-07-13"},
        {"ThisWeek", "He left this week.", "this week",
         "2025-07-14/2025-07-16"},
        {"Weekend", "He left at the weekend.", "at the weekend",
         "2025-07-12/2025-07-13"},
        {"ThisMonth", "He left earlier this month.", "earlier this month",
         "2025-07"},
        {"LastMonth", "He left last month.", "last month", "2025-06"},
        {"LastYear", "He left last year.", "last year", "2024"},
        {"ThisYear", "He left this year.", "this year",
         "2025-01-01/2025-07-16"},
        {"Month", "He left in February.", "in February", "2025-02"},
        {"MonthOfLastYear", "He left in October.", "in October", "2024-10"},
        {"MonthNow", "He left in July.", "in July", "2025-07"},
        {"MonthAndYear", "He left in March 2023.", "in March 2023", "2023-03"},
        {"LateMonth", "He left in late February.", "in late February",
         "2025-02"},
        {"MonthAbbreviated", "He left in Feb. and came back.", "in Feb.",
         "2025-02"},
        {"ModalMay", "He may leave.", "", ""},
        {"VerbMarch", "They march on.", "", ""},
        {"MonthAhead", "He leaves before September.", "", ""},
        {"DayMonth", "He left on 12 March.", "on 12 March", "2025-03-12"},
        {"MonthDay", "He left on March 12.", "on March 12", "2025-03-12"},
        {"DayMonthYear", "He left on 1 February 2021.", "on 1 February 2021",
         "2021-02-01"},
        {"MonthDayYear", "He left on March 12, 2024.", "on March 12, 2024",
         "2024-03-12"},
        {"MonthDayOfLastYear", "He left on Dec 24.", "on Dec 24", "2024-12-24"},
        {"LeapDay", "He left on 29 February.", "on 29 February", "2024-02-29"},
        {"WeekdayAndDate", "It was Wednesday 9 July.", "Wednesday 9 July",
         "2025-07-09"},
        {"Ordinal", "He left on the 11th.", "on the 11th", "2025-07-11"},
        {"OrdinalOfLastMonth", "He left on the 27th of last month.",
         "on the 27th of last month", "2025-06-27"},
        {"OrdinalAhead", "He left on the 27th.", "on the 27th", "2025-06-27"},
        {"Autumn", "He left last autumn.", "last autumn",
         "2024-09-01/2024-11-30"},
        {"InTheSummer", "He left in the summer.", "in the summer",
         "2025-06-01/2025-08-31"},
        {"FallOfPrices", "It was the fall of the price.", "", ""},
        {"DaysAgo", "He left two days ago.", "two days ago", "2025-07-14"},
        {"WeeksAgo", "He left 2 weeks ago.", "2 weeks ago",
         "2025-06-30/2025-07-06"},
        {"AMonthAgo", "He left a month ago.", "a month ago", "2025-06"},
        {"Year", "He left in 2022.", "in 2022", "2022"},
        {"YearAhead", "He leaves in 2027.", "", ""},
        {"Since", "He has said so since March.", "since March",
         "2025-03-01/2025-07-16"},
        {"Until", "He said so until spring.", "until spring",
         "2025-01-01/2025-05-31"},
        {"Once", "He once called it a trick.", "once", "before"},
        {"Previously", "He previously called it a trick.", "previously",
         "before"},
        {"InThePast", "They disliked it in the past.", "in the past", "before"},
        {"None", "He called it a trick.", "", ""},
    }),
    [](const auto& info) { return info.param.name; });

TEST(TimeExpressionTest, WithoutPublicationOnlyFullDatesAreResolved) {
  const Document document = Document::Analyze(
      "On 12 March 2024 he spoke. On Wednesday he wrote. In June he slept.");
  const std::vector<TimeExpression> found =
      FindTimeExpressions(document, std::nullopt);
  ASSERT_THAT(found, ::testing::SizeIs(3));
  ASSERT_TRUE(found[0].time.has_value());
  EXPECT_EQ(found[0].time->ToString(), "2024-03-12");
  EXPECT_FALSE(found[1].time.has_value());
  EXPECT_FALSE(found[2].time.has_value());
}

TEST(TimeExpressionTest, ExpressionsStandInOrderWithoutOverlap) {
  const Document document = Document::Analyze(
      "On Monday and on Tuesday, in March 2023, last week, 12 May 2020.");
  uint32_t end = 0;
  const std::vector<TimeExpression> found =
      FindTimeExpressions(document, kPublished);
  EXPECT_THAT(found, ::testing::SizeIs(5));
  for (const TimeExpression& expression : found) {
    EXPECT_GE(expression.range.first, end);
    EXPECT_FALSE(expression.range.empty());
    end = expression.range.last;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
