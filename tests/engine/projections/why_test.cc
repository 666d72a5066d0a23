#include "engine/projections/why.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/engine/projections/story_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WhyTest : public StoryTest {
 protected:
  static std::vector<std::string> Ids(const std::vector<Ground>& grounds) {
    std::vector<std::string> ids;
    for (const Ground& ground : grounds) {
      ids.push_back(ground.statement.statement().id());
    }
    return ids;
  }
};

TEST_F(WhyTest, OneStatementIsEnoughForAFirmPosition) {
  Say("1", "a", "2025-01-01", 1);
  const uint64_t turned = Say("2", "a", "2025-02-01", -1);
  Say("3", "a", "2025-02-02", -1);
  ASSERT_OK_AND_ASSIGN(const Explanation why,
                       Explain(positions_, statements_, Query("a", "t")));
  EXPECT_THAT(Ids(why.needed), ElementsAre("2"));
  EXPECT_THAT(Ids(why.further), ElementsAre("3"));
  EXPECT_THAT(why.needed[0].log_positions, ElementsAre(turned));
}

TEST_F(WhyTest, ASofteningNeedsWhatItSoftens) {
  Say("1", "a", "2025-01-01", 1);
  Say("2", "a", "2025-01-02", 1);
  Say("3", "a", "2025-02-01", -1, "conditional: true");
  Say("4", "a", "2025-02-01", 1);
  ASSERT_OK_AND_ASSIGN(const Explanation why,
                       Explain(positions_, statements_, Query("a", "t")));
  EXPECT_THAT(Ids(why.needed), ElementsAre("2", "3"));
  EXPECT_THAT(Ids(why.further), ElementsAre("4"));
}

TEST_F(WhyTest, ACorrectedStatementNamesBothEvents) {
  const uint64_t said = Say("1", "a", "2025-01-01", 1);
  const uint64_t corrected = Record(
      "statement_corrected { statement_id: '1' by: 'me' corrected { "
      "topic_id: 't' stance: -1 said_at: '2025-01-01' "
      "speaker { actor_id: 'a' } } }");
  ASSERT_OK_AND_ASSIGN(const Explanation now,
                       Explain(positions_, statements_, Query("a", "t")));
  EXPECT_EQ(now.position.stance, -1);
  EXPECT_THAT(now.needed[0].log_positions, ElementsAre(said, corrected));
  PositionQuery then = Query("a", "t");
  then.known_at = said;
  ASSERT_OK_AND_ASSIGN(const Explanation before,
                       Explain(positions_, statements_, then));
  EXPECT_EQ(before.position.stance, 1);
  EXPECT_THAT(before.needed[0].log_positions, ElementsAre(said));
}

TEST_F(WhyTest, NothingIsExplainedByNothing) {
  EXPECT_THAT(Explain(positions_, statements_, Query("a", "t")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Explain(positions_, statements_, Query("a")),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
