// Positions and statements of a few recorded sentences.

#ifndef ONRECORD_TESTS_ENGINE_PROJECTIONS_STORY_FIXTURE_H_
#define ONRECORD_TESTS_ENGINE_PROJECTIONS_STORY_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/positions.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "engine/projections/statements.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/testing/proto_matchers.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {

class StoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<std::unique_ptr<Projection>> projections;
    projections.push_back(std::make_unique<StatementsProjection>());
    projections.push_back(std::make_unique<PositionsProjection>());
    auto replayer = Replayer::Create(log_.get(), store_.get(),
                                     std::move(projections), ReplayOptions());
    ASSERT_OK(replayer);
    replayer_ = *std::move(replayer);
  }

  // Records the event, given in protobuf's text format. Returns its position.
  uint64_t Record(const std::string& event) {
    const uint64_t position = log_.Add(ParseText<NewEvent>(event));
    EXPECT_OK(replayer_->CatchUp());
    return position;
  }

  // Records that `actor` said something of topic "t"; more fields in `more`.
  uint64_t Say(const std::string& id, const std::string& actor,
               const std::string& day, double stance,
               const std::string& more = "") {
    return Record(absl::StrCat(
        "statement_recorded { statement { id: '", id, "' speaker { actor_id: '",
        actor, "' } said_at: '", day, "' stance: ", stance, " ",
        more.find("topic_id") == std::string::npos ? "topic_id: 't' " : "",
        more, " } }"));
  }

  static PositionQuery Query(const std::string& actor = "",
                             const std::string& topic = "") {
    PositionQuery query;
    query.actor_id = actor;
    query.topic_id = topic;
    return query;
  }

  ScratchLog log_;
  std::unique_ptr<ProjectionStore> store_ = *OpenInMemoryProjectionStore();
  std::unique_ptr<Replayer> replayer_;
  Positions positions_{store_.get()};
  Statements statements_{store_.get()};
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_PROJECTIONS_STORY_FIXTURE_H_
