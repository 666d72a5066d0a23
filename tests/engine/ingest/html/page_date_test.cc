#include "engine/ingest/html/page_date.h"

#include <gtest/gtest.h>

#include <string>

namespace onrecord {
namespace {

std::string Parsed(absl::string_view text) {
  const auto day = ParsePageDate(text);
  return day.has_value() ? absl::FormatCivilTime(*day) : "";
}

TEST(PageDateTest, WaysToWriteADay) {
  for (const char* text :
       {"2025-04-26", "2025-04-26T23:30:00-05:00", "2025-04-26T23:30:00+0900",
        " 2025-04-26 10:00:00", "20250426", "20250426T101500Z", "2025/04/26",
        "Sat, 26 Apr 2025 10:00:00 GMT", "April 26, 2025", "Apr. 26, 2025",
        "26 April 2025", "Saturday, April 26th, 2025 at 10:00",
        "26-Apr-2025"}) {
    EXPECT_EQ(Parsed(text), "2025-04-26") << text;
  }
  EXPECT_EQ(Parsed("5 Sept 2024"), "2024-09-05");
}

TEST(PageDateTest, WhatIsNotCertainIsNotGuessed) {
  for (const char* text :
       {"", "04/05/2025", "26.04.2025", "yesterday", "2025", "April 2025",
        "2025-02-30", "2025-4-6", "1745625600", "April 31, 2025",
        "May we 26 2025", "0000-01-01", "2025-04-266"}) {
    EXPECT_EQ(Parsed(text), "") << text;
  }
}

}  // namespace
}  // namespace onrecord
