#include "engine/report/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/testing/moving_clock.h"

namespace onrecord {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(ProgressLineTest, SaysHowFarHowFastAndHowLong) {
  EXPECT_EQ(ProgressLine("reading", 0, 250, 1000, absl::Seconds(2), 50),
            "reading [####------------]   25 %  125/s  6 s left");
  EXPECT_EQ(ProgressLine("reading", 0, 0, 1000, absl::Seconds(0), 32),
            "reading [---------------]    0 %");
  EXPECT_THAT(ProgressLine("x", 0, 1000000, 9000000, absl::Seconds(100), 80),
              HasSubstr("10,000/s  13 min 20 s left"));
  EXPECT_THAT(ProgressLine("x", 0, 1, 8000, absl::Seconds(1), 80),
              HasSubstr("2 h 13 min left"));
}

TEST(ProgressLineTest, CountsTheRateFromWhereItBegan) {
  EXPECT_THAT(ProgressLine("x", 900, 950, 1000, absl::Seconds(5), 80),
              HasSubstr("10/s  5 s left"));
}

TEST(ProgressLineTest, FitsTheWidth) {
  for (size_t width = 30; width < 100; ++width) {
    EXPECT_LE(
        ProgressLine("reading", 0, 250, 1000, absl::Seconds(2), width).size(),
        width)
        << width;
  }
}

TEST(ProgressBarTest, AShortTaskShowsNothing) {
  testing::MovingClock clock;
  std::ostringstream out;
  {
    ProgressBar bar("reading", 60, out, &clock);
    bar.Update(0, 10);
    clock.Set(absl::UnixEpoch() + absl::Milliseconds(400));
    bar.Update(10, 10);
  }
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressBarTest, ALongOneIsDrawnNowAndThenAndWipedAway) {
  testing::MovingClock clock;
  std::ostringstream out;
  {
    ProgressBar bar("reading", 60, out, &clock);
    for (int i = 0; i <= 1000; ++i) {
      clock.Set(absl::UnixEpoch() + absl::Milliseconds(i));
      bar.Update(static_cast<uint64_t>(i), 1000);
    }
  }
  const std::string drawn = out.str();
  EXPECT_EQ(std::count(drawn.begin(), drawn.end(), '\r'), 6 + 1);
  EXPECT_THAT(drawn, EndsWith("\r\x1B[K"));
}

}  // namespace
}  // namespace onrecord
