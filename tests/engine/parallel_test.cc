#include "engine/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;

class ParallelTest : public ::testing::TestWithParam<int> {};

TEST_P(ParallelTest, EachPieceIsDoneOnce) {
  for (const size_t count : {0, 1, 2, 1000}) {
    std::vector<int> done(count, 0);
    EXPECT_OK(ForEachInParallel(count, GetParam(), [&done](size_t i) {
      ++done[i];
      return absl::OkStatus();
    }));
    EXPECT_EQ(done, std::vector<int>(count, 1));
  }
}

TEST_P(ParallelTest, TheFirstErrorInOrderIsReturned) {
  for (int round = 0; round < 20; ++round) {
    EXPECT_THAT(ForEachInParallel(200, GetParam(),
                                  [](size_t i) {
                                    return i % 50 == 49 ? absl::InternalError(
                                                              std::to_string(i))
                                                        : absl::OkStatus();
                                  }),
                StatusIs(absl::StatusCode::kInternal, "49"));
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelTest, ::testing::Values(0, 1, 2, 7));

}  // namespace
}  // namespace onrecord
