#include "engine/projections/diff.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/engine/projections/story_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiffTest : public StoryTest {
 protected:
  // "actor: stance > stance" of each change.
  std::vector<std::string> Lines(const PositionQuery& before,
                                 const PositionQuery& after) {
    const auto changes = DiffPositions(positions_, before, after);
    EXPECT_OK(changes);
    std::vector<std::string> lines;
    for (const PositionChange& change : *changes) {
      const auto stance = [](const std::optional<Position>& position) {
        if (!position.has_value()) return std::string("none");
        return absl::StrCat(position->stance,
                            position->softened.has_value() ? " softened" : "");
      };
      lines.push_back(absl::StrCat(
          (change.before ? change.before : change.after)->actor_id, ": ",
          stance(change.before), " > ", stance(change.after)));
    }
    return lines;
  }
};

TEST_F(DiffTest, ShowsWhatChangedBetweenTwoDays) {
  Say("1", "a", "2025-01-01", 1);
  Say("2", "a", "2025-02-01", -1);
  Say("3", "b", "2025-02-01", 1);
  Say("4", "c", "2025-01-01", 1);
  Say("5", "c", "2025-02-01", 1);
  Say("6", "d", "2025-01-01", 1);
  Say("7", "d", "2025-02-01", -1, "conditional: true");
  PositionQuery before;
  before.as_of = absl::CivilDay(2025, 1, 15);
  EXPECT_THAT(Lines(before, {}),
              ElementsAre("a: 1 > -1", "b: none > 1", "d: 1 > 1 softened"));
  EXPECT_THAT(Lines(before, before), IsEmpty());
}

TEST_F(DiffTest, ShowsWhatACorrectionChanged) {
  PositionQuery before;
  before.known_at = Say("1", "a", "2025-01-01", 1);
  Record("statement_retracted { statement_id: '1' }");
  EXPECT_THAT(Lines(before, {}), ElementsAre("a: 1 > none"));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
