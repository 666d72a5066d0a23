#include "engine/report/known_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "storage/leveldb_event_log.h"
#include "tests/testing/moving_clock.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOk;
using ::testing::ElementsAre;

class KnownPointsTest : public ::testing::Test {
 protected:
  KnownPointsTest() {
    LogOptions options;
    options.clock = &clock_;
    log_ = *OpenInMemoryEventLog(options);
  }

  // Records one event at each of `seconds`.
  void Record(const std::vector<int64_t>& seconds) {
    for (const int64_t second : seconds) {
      clock_.Set(absl::FromUnixSeconds(second));
      NewEvent event;
      event.mutable_actor_introduced()->set_actor_id("a");
      ASSERT_THAT(log_->Append("a", ExpectedRevision::Any(), {event}, {}),
                  IsOk());
    }
  }

  std::vector<uint64_t> Find(uint64_t last, size_t max_points) {
    const auto points = FindKnownPoints(*log_, last, max_points);
    EXPECT_THAT(points, IsOk());
    std::vector<uint64_t> positions;
    for (const KnownPoint& point : *points) {
      positions.push_back(point.log_position);
    }
    return positions;
  }

  testing::MovingClock clock_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(KnownPointsTest, AnEmptyLogHasOne) {
  EXPECT_THAT(Find(0, 5), ElementsAre(0));
}

TEST_F(KnownPointsTest, WhatCameAtOneTimeIsOne) {
  Record({10, 10, 20, 30, 30});
  EXPECT_THAT(Find(5, 5), ElementsAre(2, 3, 5));
  EXPECT_THAT(Find(3, 5), ElementsAre(2, 3));
}

TEST_F(KnownPointsTest, TooManyAreTheLastOfEachMinute) {
  Record({10, 20, 50, 70, 80, 200});
  EXPECT_THAT(Find(6, 3), ElementsAre(3, 5, 6));
}

TEST_F(KnownPointsTest, FarTooManyAreThinnedAndEndWithTheLast) {
  std::vector<int64_t> years;
  for (int64_t i = 0; i < 20; ++i) years.push_back(i * 365 * 86400);
  Record(years);
  EXPECT_THAT(Find(20, 4), ElementsAre(5, 10, 15, 20));
}

}  // namespace
}  // namespace onrecord
