#include "engine/edtf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

struct GoodCase {
  std::string name;
  std::string text;
  absl::CivilDay first;
  absl::CivilDay last;
};

class EdtfGoodTest : public ::testing::TestWithParam<GoodCase> {};

TEST_P(EdtfGoodTest, ParsesToItsFirstAndLastDayAndBack) {
  ASSERT_OK_AND_ASSIGN(const EdtfTime time, EdtfTime::Parse(GetParam().text));
  EXPECT_EQ(time.first_day(), GetParam().first);
  EXPECT_EQ(time.last_day(), GetParam().last);
  EXPECT_EQ(time.is_day(), GetParam().first == GetParam().last);
  EXPECT_EQ(time.ToString(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, EdtfGoodTest,
    ::testing::ValuesIn(std::vector<GoodCase>{
        {"Day", "2025-04-16", absl::CivilDay(2025, 4, 16),
         absl::CivilDay(2025, 4, 16)},
        {"LeapDay", "2024-02-29", absl::CivilDay(2024, 2, 29),
         absl::CivilDay(2024, 2, 29)},
        {"FirstDay", "0001-01-01", absl::CivilDay(1, 1, 1),
         absl::CivilDay(1, 1, 1)},
        {"LastDay", "9999-12-31", absl::CivilDay(9999, 12, 31),
         absl::CivilDay(9999, 12, 31)},
        {"Month", "2025-04", absl::CivilDay(2025, 4, 1),
         absl::CivilDay(2025, 4, 30)},
        {"LeapMonth", "2024-02", absl::CivilDay(2024, 2, 1),
         absl::CivilDay(2024, 2, 29)},
        {"December", "2024-12", absl::CivilDay(2024, 12, 1),
         absl::CivilDay(2024, 12, 31)},
        {"Year", "2024", absl::CivilDay(2024, 1, 1),
         absl::CivilDay(2024, 12, 31)},
        {"Days", "2025-04-14/2025-04-20", absl::CivilDay(2025, 4, 14),
         absl::CivilDay(2025, 4, 20)},
        {"Months", "2024-09/2024-11", absl::CivilDay(2024, 9, 1),
         absl::CivilDay(2024, 11, 30)},
        {"Mixed", "2023/2024-02-29", absl::CivilDay(2023, 1, 1),
         absl::CivilDay(2024, 2, 29)},
        {"OneDayTwice", "2025-04-14/2025-04-14", absl::CivilDay(2025, 4, 14),
         absl::CivilDay(2025, 4, 14)},
    }),
    [](const auto& info) { return info.param.name; });

struct BadCase {
  std::string name;
  std::string text;
  std::string message;
};

class EdtfBadTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(EdtfBadTest, IsRefusedWithItsReason) {
  EXPECT_THAT(EdtfTime::Parse(GetParam().text),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr(GetParam().message)));
}

INSTANTIATE_TEST_SUITE_P(Forms, EdtfBadTest,
                         ::testing::ValuesIn(std::vector<BadCase>{
                             {"Empty", "", "want YYYY-MM-DD"},
                             {"Word", "yesterday", "`yesterday` is no date"},
                             {"ShortYear", "25-04-16", "want"},
                             {"ShortMonth", "2025-4", "want"},
                             {"ShortDay", "2025-04-6", "want"},
                             {"NoDashes", "20250416", "want"},
                             {"Trailing", "2025-04-16x", "want"},
                             {"TrailingSpace", "2025-04-16 ", "want"},
                             {"YearZero", "0000", "no year 0000"},
                             {"MonthZero", "2025-00", "no month 0"},
                             {"MonthThirteen", "2025-13-01", "no month 13"},
                             {"DayZero", "2025-04-00", "no day 0"},
                             {"DayThirtyOne", "2025-04-31", "no day 31"},
                             {"NoLeapDay", "2023-02-29", "no day 29"},
                             {"CenturyNoLeapDay", "1900-02-29", "no day 29"},
                             {"OpenEnd", "2025-04-14/..", "want"},
                             {"OpenStart", "/2025-04-14", "want"},
                             {"Backwards", "2025-04-20/2025-04-14",
                              "ends before"},
                             {"ThreeParts", "2025/2026/2027", "want"},
                             {"Approximate", "2025-04~", "want"},
                             {"Long", std::string(1000, '7'), "…`"},
                         }),
                         [](const auto& info) { return info.param.name; });

TEST(EdtfTimeTest, EveryDayOfFourCenturiesRoundTrips) {
  for (absl::CivilDay day(1900, 1, 1); day < absl::CivilDay(2300, 1, 1);
       ++day) {
    const EdtfTime time = EdtfTime::OfDay(day);
    ASSERT_THAT(EdtfTime::Parse(time.ToString()), IsOkAndHolds(time));
    ASSERT_THAT(ParseDay(time.ToString()), IsOkAndHolds(day));
  }
}

TEST(EdtfTimeTest, BetweenWritesTheShortestForm) {
  const EdtfTime march = EdtfTime::OfMonth(absl::CivilMonth(2024, 3));
  const EdtfTime may = EdtfTime::OfMonth(absl::CivilMonth(2024, 5));
  EXPECT_EQ(EdtfTime::Between(march, march).ToString(), "2024-03");
  EXPECT_EQ(EdtfTime::Between(march, may).ToString(), "2024-03-01/2024-05-31");
  const absl::CivilDay day(2024, 3, 1);
  EXPECT_EQ(EdtfTime::Between(day, day).ToString(), "2024-03-01");
  EXPECT_EQ(EdtfTime::OfYear(absl::CivilYear(2024)).ToString(), "2024");
}

TEST(EdtfTimeTest, OverlapsIfADayIsShared) {
  const auto overlap = [](const std::string& a, const std::string& b) {
    return EdtfTime::Parse(a)->Overlaps(*EdtfTime::Parse(b)) &&
           EdtfTime::Parse(b)->Overlaps(*EdtfTime::Parse(a));
  };
  EXPECT_TRUE(overlap("2024-03-31", "2024-03"));
  EXPECT_TRUE(overlap("2024", "2023-12-31/2024-01-01"));
  EXPECT_FALSE(overlap("2024-04-01", "2024-03"));
}

TEST(EdtfTimeTest, ComparesByFirstDayThenLast) {
  const std::vector<std::string> in_order = {"2023", "2024-01-01", "2024-01",
                                             "2024", "2024-01-02"};
  for (size_t i = 0; i < in_order.size(); ++i) {
    for (size_t j = 0; j < in_order.size(); ++j) {
      EXPECT_EQ(*EdtfTime::Parse(in_order[i]) < *EdtfTime::Parse(in_order[j]),
                i < j)
          << in_order[i] << " " << in_order[j];
    }
  }
}

struct DayCase {
  std::string text;
  bool good;
};

TEST(ParseDayTest, TakesDaysAndRfc3339) {
  const std::string day = "2025-04-26";
  const std::vector<DayCase> cases = {
      {"", true},
      {"T10:15:00Z", true},
      {"t10:15:00z", true},
      {" 10:15:00Z", true},
      {"T23:59:60Z", true},
      {"T10:15:00.123456Z", true},
      {"T23:30:00-05:00", true},
      {"T00:30:00+14:00", true},
      {"T10:15Z", false},
      {"T10:15:00", false},
      {"T24:00:00Z", false},
      {"T10:60:00Z", false},
      {"T10:15:61Z", false},
      {"T10:15:00.Z", false},
      {"T10:15:00+1:00", false},
      {"T10:15:00+24:00", false},
      {"T10:15:00Zx", false},
      {"x", false},
      {"/2025-04-27", false},
  };
  for (const DayCase& test : cases) {
    const std::string text = absl::StrCat(day, test.text);
    if (test.good) {
      EXPECT_THAT(ParseDay(text), IsOkAndHolds(absl::CivilDay(2025, 4, 26)))
          << text;
    } else {
      EXPECT_THAT(ParseDay(text),
                  StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(text)))
          << text;
    }
  }
}

TEST(ParseDayTest, RefusesWhatIsNoDay) {
  for (const std::string text :
       {"", "2025", "2025-04", "2025-02-30", "26 April 2025", "2025-04/2025"}) {
    EXPECT_THAT(ParseDay(text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(text)));
  }
}

}  // namespace
}  // namespace onrecord
