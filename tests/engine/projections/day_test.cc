#include "engine/projections/day.h"

#include "gtest/gtest.h"

namespace onrecord {
namespace {

DayNumber Day(int year, int month, int day) {
  return ToDayNumber(absl::CivilDay(year, month, day));
}

TEST(DayTest, RangesAreWrittenAsTheyWereRead) {
  for (const char* const edtf :
       {"", "2025-04-16", "2025-04", "2024-02", "2025", "1969-12-31",
        "2025-04-14/2025-04-20", "2024-12-31/2025-01-01"}) {
    EXPECT_EQ(FormatDayRange(ParseDayRange(edtf)), edtf);
  }
}

TEST(DayTest, WhatIsNoDateIsUndated) {
  for (const char* const text : {"", "soon", "2025-13", "2025-02-30"}) {
    EXPECT_EQ(ParseDayRange(text).first, kUndated) << text;
    EXPECT_EQ(ParseDayRange(text).last, kUndated) << text;
  }
  EXPECT_EQ(FormatDay(kUndated), "");
}

TEST(DayTest, BothEndsOfAnOfficeAreInOffice) {
  EXPECT_TRUE(HeldOn("2024-01-05", "2024-06-10", Day(2024, 1, 5)));
  EXPECT_TRUE(HeldOn("2024-01-05", "2024-06-10", Day(2024, 6, 10)));
  EXPECT_FALSE(HeldOn("2024-01-05", "2024-06-10", Day(2024, 1, 4)));
  EXPECT_FALSE(HeldOn("2024-01-05", "2024-06-10", Day(2024, 6, 11)));
  EXPECT_TRUE(HeldOn("2024", "2024", Day(2024, 12, 31)));
  EXPECT_TRUE(HeldOn("", "", Day(1900, 1, 1)));
}

TEST(DayTest, OnAnUnknownDayAnOfficeIsHeldIfItHasNotEnded) {
  EXPECT_TRUE(HeldOn("2024-01-05", "", kUndated));
  EXPECT_FALSE(HeldOn("", "2024-06-10", kUndated));
}

}  // namespace
}  // namespace onrecord
