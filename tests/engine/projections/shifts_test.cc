#include "engine/projections/shifts.h"

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

class ShiftsTest : public StoryTest {
 protected:
  // "day kind: evidence before > evidence after" of each shift.
  std::vector<std::string> Lines(const PositionQuery& query) {
    std::vector<std::string> lines;
    EXPECT_OK(ForEachShift(positions_, query, [&](const Shift& shift) {
      const char* const kinds[] = {"reversal", "softening", "hardening"};
      lines.push_back(absl::StrCat(
          FormatDayRange(shift.day), " ", kinds[static_cast<int>(shift.kind)],
          shift.other_speaker ? " (other)" : "", ": ",
          shift.before.evidence.back().statement_id, " > ",
          shift.after.evidence.front().statement_id));
      return absl::OkStatus();
    }));
    return lines;
  }
};

TEST_F(ShiftsTest, TellWhatKindOfChangeItIs) {
  Say("1", "a", "2025-01-01", 1);
  Say("2", "a", "2025-01-02", -1);
  Say("3", "a", "2025-01-03", 0);
  Say("4", "a", "2025-01-04", 1);
  Say("5", "a", "2025-01-05", -1, "conditional: true");
  Say("6", "a", "2025-01-06", 1);
  EXPECT_THAT(
      Lines(Query()),
      ElementsAre("2025-01-02 reversal: 1 > 2", "2025-01-03 softening: 2 > 3",
                  "2025-01-04 hardening: 3 > 4", "2025-01-05 softening: 4 > 5",
                  "2025-01-06 hardening: 5 > 6"));
}

TEST_F(ShiftsTest, ConditionsDroppedOrExchangedAreNone) {
  Say("1", "a", "2025-01-01", 1, "conditional: true");
  Say("2", "a", "2025-01-02", -1, "conditional: true");
  Say("3", "a", "2025-01-03", -1);
  EXPECT_THAT(Lines(Query()), IsEmpty());
}

TEST_F(ShiftsTest, ContradictedHearsayIsNone) {
  Say("1", "a", "2025-01-01", 1);
  Say("said", "b", "2025-01-02", 0, "topic_id: 'other'");
  Say("2", "a", "2025-01-02", -1, "parent_id: 'said'");
  EXPECT_THAT(Lines(Query()), ElementsAre("2025-01-02 reversal: 1 > 2"));
  Say("3", "a", "2025-01-03", 1);
  EXPECT_THAT(Lines(Query()), IsEmpty());
  Say("4", "a", "2025-01-04", -1);
  EXPECT_THAT(Lines(Query()), ElementsAre("2025-01-04 reversal: 3 > 4"));
}

TEST_F(ShiftsTest, TheDayIsTheMostExactThatIsKnown) {
  Say("1", "a", "2025-01-01", 1);
  Say("2", "a", "2025-04", -1);
  EXPECT_THAT(Lines(Query()), ElementsAre("2025-04 reversal: 1 > 2"));
  Say("3", "a", "2025-05-02", -1);
  EXPECT_THAT(Lines(Query()), ElementsAre("2025-04 reversal: 1 > 2"));
  Say("4", "a", "2025-04-17", -1);
  EXPECT_THAT(Lines(Query()), ElementsAre("2025-04-17 reversal: 1 > 2"));
}

TEST_F(ShiftsTest, ANewHolderOfAnOfficeIsMarked) {
  Record("role_held { actor_id: 'a' role { of: 'c' to: '2025-01-31' } }");
  Record("role_held { actor_id: 'b' role { of: 'c' from: '2025-02-01' } }");
  Say("1", "a", "2025-01-01", 1);
  Say("2", "b", "2025-02-02", -1);
  EXPECT_THAT(Lines(Query()), IsEmpty());
  PositionQuery rolled_up = Query("c");
  rolled_up.rollup = true;
  EXPECT_THAT(Lines(rolled_up),
              ElementsAre("2025-02-02 reversal (other): 1 > 2"));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
