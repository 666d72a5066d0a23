#include "engine/projections/network.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "tests/engine/projections/story_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NetworkTest : public StoryTest {
 protected:
  // "a-b +topics -topics" of each edge.
  std::vector<std::string> Lines(
      const PositionQuery& query,
      std::optional<absl::CivilDay> since = std::nullopt) {
    const auto edges = NetworkOf(positions_, query, since);
    EXPECT_OK(edges);
    std::vector<std::string> lines;
    for (const NetworkEdge& edge : *edges) {
      lines.push_back(absl::StrCat(edge.actor_a, "-", edge.actor_b, " +",
                                   absl::StrJoin(edge.congruent, ","), " -",
                                   absl::StrJoin(edge.conflicting, ",")));
    }
    return lines;
  }
};

TEST_F(NetworkTest, CountsTopicsOfAgreementAndConflict) {
  Say("1", "a", "2025-01-01", 1, "topic_id: 's'");
  Say("2", "b", "2025-01-01", 0.5, "topic_id: 's'");
  Say("3", "a", "2025-01-01", 1);
  Say("4", "b", "2025-01-02", -1);
  Say("5", "c", "2025-01-02", 0);
  Say("6", "d", "2025-01-02", -1);
  EXPECT_THAT(Lines(Query()), ElementsAre("a-b +s -t", "a-d + -t", "b-d +t -"));
  EXPECT_THAT(Lines(Query("", "s")), ElementsAre("a-b +s -"));
}

TEST_F(NetworkTest, TakesTheLastPositionsOfThePeriod) {
  Say("1", "a", "2025-01-01", 1);
  Say("2", "a", "2025-03-01", -1);
  Say("3", "b", "2025-02-01", 1);
  PositionQuery until = Query();
  until.as_of = absl::CivilDay(2025, 2, 15);
  EXPECT_THAT(Lines(until), ElementsAre("a-b +t -"));
  EXPECT_THAT(Lines(Query()), ElementsAre("a-b + -t"));
  until.as_of = absl::CivilDay(2025, 1, 15);
  EXPECT_THAT(Lines(until), IsEmpty());
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
