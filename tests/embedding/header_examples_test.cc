// The examples in the comments of the public headers, as they stand there.

#include <gmock/gmock.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/capi/onrecord.h"
#include "engine/timeline.h"
#include "storage/status_macros.h"
#include "storage/subscription.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::TempDirectory;

// Runs `example` in a directory of its own.
template <typename Example>
auto InScratch(Example example) {
  const TempDirectory dir;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(dir.Path());
  auto result = example();
  std::filesystem::current_path(before);
  return result;
}

absl::Status OpenIngestAndAsk() {
#include "tests/embedding/timeline_example.inc"
  if (!report.ok()) return report.status();
  return positions.status();
}

TEST(HeaderExamplesTest, OpensIngestsAndAsks) {
  EXPECT_OK(InScratch(OpenIngestAndAsk));
}

absl::Status MergeTwo(Timeline* timeline) {
#include "tests/embedding/decide_example.inc"
  return decided.status();
}

TEST(HeaderExamplesTest, MergesActorsThatAreOne) {
  ASSERT_OK_AND_ASSIGN(const auto timeline, Timeline::OpenInMemory({}));
  Codebook codebook;
  for (const char* name : {"K. Mori", "Kenji Mori"}) {
    Actor* const actor = codebook.add_actors();
    actor->set_id(name);
    actor->set_name(name);
  }
  ASSERT_OK(timeline->AddCodebook(codebook));
  ASSERT_OK(MergeTwo(timeline.get()));
  ASSERT_OK_AND_ASSIGN(const auto actors, timeline->Actors());
  EXPECT_EQ(actors.size(), 1u);
}

absl::Status AppendMine(Timeline* timeline) {
  google::protobuf::StringValue mine;
  mine.set_value("mine");
#include "tests/embedding/append_example.inc"
  return result.status();
}

TEST(HeaderExamplesTest, AppendsAnEventOfItsOwn) {
  ASSERT_OK_AND_ASSIGN(const auto timeline, Timeline::OpenInMemory({}));
  EXPECT_OK(AppendMine(timeline.get()));
  EXPECT_EQ(timeline->log()->last_log_position(), 1u);
}

#include "tests/embedding/projection_example.inc"

TEST(HeaderExamplesTest, AProjectionCountsStatements) {
  TimelineOptions options;
  options.projections.push_back(
      [] { return std::make_unique<StatementsPerActor>(); });
  ASSERT_OK_AND_ASSIGN(const auto timeline, Timeline::OpenInMemory(options));
  NewEvent event;
  event.mutable_statement_recorded()
      ->mutable_statement()
      ->mutable_speaker()
      ->set_actor_id("person/ana");
  ASSERT_OK(timeline->Append("a", ExpectedRevision::Any(), {event, event}));
  ASSERT_OK_AND_ASSIGN(const auto state,
                       timeline->State(StatementsPerActor().name()));
  EXPECT_THAT(state->GetNumber("person/ana"),
              ::onrecord::testing::IsOkAndHolds(2));
}

absl::Status Follow(EventLog* log, uint64_t checkpoint) {
  bool running = true;
#include "tests/embedding/subscription_example.inc"
  return absl::OkStatus();
}

TEST(HeaderExamplesTest, ASubscriptionFollows) {
  ASSERT_OK_AND_ASSIGN(const auto timeline, Timeline::OpenInMemory({}));
  ASSERT_OK(AppendMine(timeline.get()));
  EXPECT_OK(Follow(timeline->log(), 0));
}

int FromC() {
#include "tests/embedding/c_example.inc"
  return 0;
}

TEST(HeaderExamplesTest, TheCApiOpensAndAsks) {
  EXPECT_EQ(InScratch(FromC), 0);
}

}  // namespace
}  // namespace onrecord
