// A log, and projections of it in memory.

#ifndef ONRECORD_TESTS_ENGINE_PROJECTIONS_PROJECTION_FIXTURE_H_
#define ONRECORD_TESTS_ENGINE_PROJECTIONS_PROJECTION_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/projections/replayer.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/testing/proto_matchers.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {

// A test of one kind of projection.
template <typename P>
class ProjectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<std::unique_ptr<Projection>> projections;
    projections.push_back(std::make_unique<P>());
    auto replayer = Replayer::Create(log_.get(), store_.get(),
                                     std::move(projections), ReplayOptions());
    ASSERT_OK(replayer);
    replayer_ = *std::move(replayer);
  }

  // Records the event, given in protobuf's text format, and folds it in.
  // Returns its log position.
  uint64_t Record(const std::string& event) {
    const uint64_t position = log_.Add(ParseText<NewEvent>(event));
    EXPECT_OK(replayer_->CatchUp());
    return position;
  }

  ScratchLog log_;
  std::unique_ptr<ProjectionStore> store_ = *OpenInMemoryProjectionStore();
  std::unique_ptr<Replayer> replayer_;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_PROJECTIONS_PROJECTION_FIXTURE_H_
