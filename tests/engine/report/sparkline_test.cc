#include "engine/report/sparkline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "tests/testing/proto_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::ParseText;
using ::testing::HasSubstr;

std::vector<PositionRow> Turned() {
  return {ParseText<PositionRow>(R"pb(
            actor_id: "a"
            actor_name: "Ann"
            topic: "t"
            topic_name: "Tea"
            from: "2024-01-11"
            to: "2024-01-21"
            stance: -1
            label: "against"
          )pb"),
          ParseText<PositionRow>(R"pb(
            actor_id: "a"
            actor_name: "Ann"
            topic: "t"
            topic_name: "Tea"
            from: "2024-01-21"
            to: "2024-01-31"
            stance: 0
            label: "neutral"
          )pb"),
          ParseText<PositionRow>(R"pb(
            actor_id: "a"
            actor_name: "Ann"
            topic: "t"
            topic_name: "Tea"
            from: "2024-01-31"
            stance: 1
            label: "for"
          )pb")};
}

DayNumber Day(const char* day) { return ParseDayRange(day).first; }

TEST(SparklineTest, EachCellIsThePositionAtItsEnd) {
  EXPECT_EQ(Sparkline(Turned(), Day("2024-01-01"), Day("2024-02-10"), 4),
            "▁▄██");
  EXPECT_EQ(Sparkline(Turned(), Day("2024-01-01"), Day("2024-02-10"), 8),
            "·▁▁▄▄███");
}

TEST(SparklineTest, WithoutPositionsThereAreDots) {
  EXPECT_EQ(Sparkline({}, Day("2024-01-01"), Day("2024-02-01"), 3), "···");
  EXPECT_EQ(Sparkline(Turned(), Day("2023-01-01"), Day("2023-02-01"), 2), "··");
}

TEST(SparklineTest, OneDayIsEnough) {
  EXPECT_EQ(Sparkline(Turned(), Day("2024-03-01"), Day("2024-03-01"), 2), "██");
}

TEST(WriteSparklinesTest, HasOneRowForAnActorAndTopic) {
  std::ostringstream out;
  WriteSparklines(Turned(), {}, out);
  const std::string table = out.str();
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2);
  EXPECT_THAT(table, HasSubstr("2024-01-11–2024-01-31"));
  EXPECT_THAT(table, HasSubstr("Ann"));
  EXPECT_THAT(table, HasSubstr("█  for"));
}

}  // namespace
}  // namespace onrecord
