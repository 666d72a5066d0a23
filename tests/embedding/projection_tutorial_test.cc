// The blocks of engine/projections/README.md, as they stand there.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "engine/timeline.h"
#include "proto/event.pb.h"
#include "storage/projection_store.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;

#include "tests/embedding/tutorial_projection.inc"

TEST(ProjectionTutorialTest, IsTestedInMemory) {
#include "tests/embedding/tutorial_test.inc"
  EXPECT_OK(status);
  EXPECT_THAT(misread, IsOkAndHolds(1));
}

TEST(ProjectionTutorialTest, IsUsedInATimeline) {
#include "tests/embedding/tutorial_use.inc"
  EXPECT_THAT(recorded, IsOkAndHolds(0));
  NewEvent event;
  event.mutable_statement_recorded();
  ASSERT_OK((*timeline)->Append("a", ExpectedRevision::Any(), {event, event}));
  ASSERT_OK_AND_ASSIGN(const auto later, (*timeline)->State("misread"));
  EXPECT_THAT(later->GetNumber("recorded"), IsOkAndHolds(2));
  EXPECT_THAT((*now)->GetNumber("recorded"), IsOkAndHolds(0)) << "as it was";
}

}  // namespace
}  // namespace onrecord
