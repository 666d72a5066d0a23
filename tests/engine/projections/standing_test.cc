#include "engine/projections/standing.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace onrecord {
namespace {

// One statement: the day, the stance, and whether it is conditional.
struct Said {
  DayNumber day;
  double stance;
  bool conditional = false;
};

constexpr bool kIf = true;

struct StandingCase {
  const char* name;
  std::vector<Said> said;
  Effect last;
  Standing standing;
};

Standing Make(DayNumber from, DayNumber since, double stance,
              bool conditional = false) {
  Standing standing;
  standing.held = true;
  standing.from = from;
  standing.since = since;
  standing.stance = stance;
  standing.conditional = conditional;
  return standing;
}

Standing Softened(DayNumber from, DayNumber since, double stance,
                  double concession) {
  Standing standing = Make(from, since, stance);
  standing.softened = true;
  standing.concession = concession;
  return standing;
}

class StandingTest : public ::testing::TestWithParam<StandingCase> {};

TEST_P(StandingTest, FollowsTheRules) {
  Standing standing;
  Effect effect = Effect::kNone;
  for (const Said& said : GetParam().said) {
    effect = TakeStance(said.day, said.stance, said.conditional, &standing);
  }
  EXPECT_EQ(effect, GetParam().last);
  EXPECT_TRUE(standing == GetParam().standing);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, StandingTest,
    ::testing::Values(
        StandingCase{
            "TheFirstStarts", {{1, 1}}, Effect::kStarted, Make(1, 1, 1)},
        StandingCase{"TheSameSignJoins",
                     {{1, 1}, {2, 0.5}},
                     Effect::kJoined,
                     Make(1, 1, 1)},
        StandingCase{"AnotherSignTurns",
                     {{1, 1}, {2, -1}},
                     Effect::kTurned,
                     Make(2, 2, -1)},
        StandingCase{
            "NeutralIsASign", {{1, 1}, {2, 0}}, Effect::kTurned, Make(2, 2, 0)},
        StandingCase{"NearNeutralIsNeutral",
                     {{1, 0}, {2, 0.04}},
                     Effect::kJoined,
                     Make(1, 1, 0)},
        StandingCase{"AConditionalOneStarts",
                     {{1, 1, kIf}},
                     Effect::kStarted,
                     Make(1, 1, 1, true)},
        StandingCase{"AFirmOneDropsTheCondition",
                     {{1, 1, kIf}, {2, 1}},
                     Effect::kHardened,
                     Make(2, 2, 1)},
        StandingCase{"AFirmOneOverturnsAConditionalOne",
                     {{1, 1, kIf}, {2, -1}},
                     Effect::kTurned,
                     Make(2, 2, -1)},
        StandingCase{"AConditionalOneReplacesAConditionalOne",
                     {{1, 1, kIf}, {2, -1, kIf}},
                     Effect::kReconsidered,
                     Make(2, 2, -1, true)},
        StandingCase{"AConditionalOneSoftens",
                     {{1, 1}, {2, -1, kIf}},
                     Effect::kSoftened,
                     Softened(2, 1, 1, -1)},
        StandingCase{"AConditionalOneOfTheSameSignJoins",
                     {{1, 1}, {2, 1, kIf}},
                     Effect::kJoined,
                     Make(1, 1, 1)},
        StandingCase{"NotOnTheDayThatTheStanceBegan",
                     {{1, 1}, {1, -1, kIf}},
                     Effect::kNone,
                     Make(1, 1, 1)},
        StandingCase{"TheSameConcessionJoins",
                     {{1, 1}, {2, -1, kIf}, {3, -1, kIf}},
                     Effect::kJoined,
                     Softened(2, 1, 1, -1)},
        StandingCase{"AnotherConcessionSoftensAgain",
                     {{1, 1}, {2, 0, kIf}, {3, -1, kIf}},
                     Effect::kSoftened,
                     Softened(3, 1, 1, -1)},
        StandingCase{"RestatingOnALaterDayLiftsIt",
                     {{1, 1}, {2, -1, kIf}, {3, 1}},
                     Effect::kRestated,
                     Make(3, 1, 1)},
        StandingCase{"RestatingOnTheSameDayDoesNot",
                     {{1, 1}, {2, -1, kIf}, {2, 1}},
                     Effect::kJoined,
                     Softened(2, 1, 1, -1)},
        StandingCase{"ATurnEndsTheSoftening",
                     {{1, 1}, {2, -1, kIf}, {3, -1}},
                     Effect::kTurned,
                     Make(3, 3, -1)}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace onrecord
