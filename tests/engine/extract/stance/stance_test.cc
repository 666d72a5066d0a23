#include "engine/extract/stance/stance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/engine/extract/example_topics.h"
#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

// Topics of ExampleTopics().
constexpr int kBan = 0;
constexpr int kAid = 1;
constexpr int kBridge = 2;

constexpr int kNone = 9;

struct StanceCase {
  std::string name;
  int topic;
  std::string marked;  // see MarkedText
  int stance;          // of the last saying
};

class StanceTest : public ::testing::TestWithParam<StanceCase> {};

TEST_P(StanceTest, IsProductOfSigns) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(GetParam().marked);
  const std::vector<int> topics(text.sayings().size(), GetParam().topic);
  const std::vector<StanceChoice> choices =
      JudgeStances(text.document(), index, text.sayings(), topics);
  ASSERT_EQ(choices.size(), topics.size());
  const StanceChoice& choice = choices.back();
  EXPECT_EQ(choice.stance ? *choice.stance : kNone, GetParam().stance);
  EXPECT_EQ(choice.unknown.empty(), choice.stance.has_value());
  if (choice.stance) {
    EXPECT_THAT(choice.grounds, ::testing::Not(::testing::IsEmpty()));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sayings, StanceTest,
    ::testing::ValuesIn(std::vector<StanceCase>{
        {"KeepsTheBan", kBan, "<1 She> [said] {the import ban would stay}.", 1},
        {"LiftsTheBan", kBan, "<1 She> [wants] {to lift the import ban}.", -1},
        {"WillNotLift", kBan,
         "<1 She> [said] {the import ban would not be lifted}.", 1},
        {"RejectsLifting", kBan,
         "<1 She> [rejected] {the lifting of the import ban}.", 1},
        {"ResumesTheThing", kBan,
         "<1 She> [said] {timber imports should resume}.", -1},
        {"DidNotWantTheBan", kBan, "<1 She> [did not want] {the import ban}.",
         -1},
        {"OpposesTheBan", kBan, "<1 She> [opposes] {the import ban}.", -1},
        {"DropsOppositionToTheBan", kBan,
         "<1 She> [said] {she would drop her opposition to the import ban}.",
         1},
        {"WelcomesIt", kBan, "<1 She> [welcomed] {it}.", 1},
        {"RejectsTheDecision", kBan, "<1 She> [rejected] {the decision}.", -1},
        {"CallsForAid", kAid, "<1 She> [called for] {state aid}.", 1},
        {"RulesOutAid", kAid, "<1 She> [ruled out] {any state aid}.", -1},
        {"NoMoneyForAid", kAid,
         "<1 She> [said] {there was no room for state aid}.", -1},
        {"WillCompensate", kAid,
         "<1 She> [promised] {to compensate the sawmills}.", 1},
        {"OutOfTheQuestion", kBridge,
         "<1 She> [said] {a bridge was out of the question}.", -1},
        {"Judgement", kBridge, "<1 She> [called] {the bridge a mistake}.", -1},
        {"Undecided", kBridge, "<1 She> [said] {the bridge was under review}.",
         0},
        {"TakesNoPosition", kBridge,
         "<1 She> [would take no position] on {the bridge}.", 0},
        {"UntilThenSaysOnlyWhen", kBan,
         "<1 She> [stressed] {that until then the import ban would be "
         "enforced}.",
         1},
        {"AForecast", kBridge,
         "<1 She> [said] {the bridge is expected to open in June}.", kNone},
        {"AskedSomethingElse", kBridge,
         "<1 She> [urged] {all sides to calm down}.", kNone},
        {"InsistsThatThereIsNone", kAid,
         "<1 She> [insisted] {that there was no money}.", -1},
        {"TwoPredicates", kBridge,
         "<1 She> [said] {the bridge would hurt farms and slow nobody down}.",
         -1},
        {"OverviewOfPlans", kBridge,
         "<1 She> [considered] {releasing an overview of bridge plans}.",
         kNone},
        {"WeighsSomethingElse", kBridge,
         "<1 She> [is weighing] {concessions before the second round of bridge "
         "talks}.",
         kNone},
        {"WeighsIt", kBridge, "<1 She> [is weighing] {the bridge}.", 0},
        {"CareIsNoSide", kBridge,
         "<1 She> [said] {that we need to be very careful about the bridge}.",
         kNone},
        {"BeforeTheTalksOnIt", kBridge,
         "<1 She> [offered] {concessions before the second round of bridge "
         "talks}.",
         kNone},
        {"NoComment", kBridge, "<1 She> [declined to comment] on {the bridge}.",
         kNone},
        {"Figures", kBridge, "<1 She> [said] {it was 40 metres high}.", kNone},
        {"WhenIsNoSide", kBridge,
         "<1 She> [did not say] {when the bridge would be built}.", kNone},
        {"ReasonTakesTheSideBesideIt", kBridge,
         "<1 She> [opposes] {the bridge}.| {Gulls nest there}, <1 she> [said].",
         -1},
        {"AsideTakesTheSideBesideIt", kBridge,
         "<1 She> [rejected] {the bridge},| <1 > [adding] {that gulls nested "
         "there}.",
         -1},
        {"ReasonOfAnotherSpeakerDoesNot", kBridge,
         "<1 She> [opposes] {the bridge}.| {Gulls nest there}, <2 he> [said].",
         kNone},
        {"Forecast", kBridge,
         "<1 She> [does not expect] {the bridge to be built}.", kNone},
        {"WouldLikeItGone", kBan, "<1 She> [would like] {the import ban gone}.",
         -1},
        {"OfTheOneAsked", kBridge,
         "<1 She> [believes] {you want to stop the bridge}.", kNone},
        {"Threat", kBridge,
         "{“Touch the bridge and we will strike,”} <1 she> [said].", 1},
        {"ThreatAgainstIt", kBridge,
         "{“Build the bridge and we will strike,”} <1 she> [said].", -1},
        {"NoThreat", kBridge,
         "{“Build the bridge and trade can grow,”} <1 she> [said].", 1},
        {"DismissedAs", kBridge,
         "<1 She> [dismissed] {as “folklore” suggestions that the bridge would "
         "be scrapped}.",
         kNone},
        {"MoreWouldFollow", kBridge, "<1 She> [said] {more would follow}.", 1},
        {"MustGo", kBridge, "<1 She> [said] {the bridge must go}.", -1},
        {"GoesOn", kBridge, "<1 She> [said] {the bridge must go ahead}.", 1},
        {"ProtestAgainstIsOneRefusal", kBan,
         "<1 She> [protested against] {the lifting of the import ban}.", 1},
        {"NoAlternative", kBridge,
         "<1 She> [sees] {no alternative to the bridge}.", 1},
        {"AgainstTheAbolition", kAid,
         "<1 She> [said] {her party would vote against the abolition of state "
         "aid}.",
         1},
        {"ThreatenedWithACondition", kBridge,
         "<1 She> [threatened] {to resign if the bridge was built}.", -1},
        {"MatterForOthers", kBridge,
         "<1 She> [said] {the bridge was a matter for voters}.", 0},
        {"TooEarlyToDecide", kBridge,
         "<1 She> [said] {it was too early to decide on the bridge}.", 0},
        {"TooNoisy", kBridge, "<1 She> [said] {the bridge was too noisy}.", -1},
        {"RejectsCriticism", kBridge,
         "<1 She> [rejected] {criticism of the bridge}.", 1},
        {"FearsAreExaggerated", kBridge,
         "<1 She> [said] {fears about the bridge were exaggerated}.", 1},
        {"NotInTheWay", kBridge,
         "<1 She> [said] {she would not stand in the way of the bridge}.", 1},
        {"HasWorked", kBan, "<1 She> [said] {the import ban had worked}.", 1},
        {"IsDead", kBridge, "{“The bridge is dead,”} <1 she> [said].", -1},
        {"VerbAroundItsObject", kBridge,
         "<1 She> [refused] {to tear the old bridge down}.", 1},
        {"ScaresAway", kBridge,
         "<1 She> [said] {the bridge would scare visitors away}.", -1},
        {"MakesNoSense", kBridge, "<1 She> [said] {the bridge made no sense}.",
         -1},
        {"NoTopic", -1, "<1 She> [opposes] {the bridge}.", kNone},
    }),
    [](const auto& info) { return info.param.name; });

// What "the decision" was is what somebody else did, for or against.
TEST(StanceTest, DecisionIsWhatWasDecided) {
  const TopicIndex index(ExampleTopics());
  const auto stance = [&index](const std::string& marked) {
    MarkedText text(marked);
    text.sayings()[0].kind = Statement::ACTION;
    const std::vector<int> topics(text.sayings().size(), kBridge);
    return JudgeStances(text.document(), index, text.sayings(), topics)
        .back()
        .stance;
  };
  EXPECT_EQ(stance("<1 Norland> [scrapped] {the bridge}.| <2 She> [called] "
                   "{the decision a mistake}."),
            1.0);
  EXPECT_EQ(stance("<1 Norland> [approved] {the bridge}.| <2 She> [called] "
                   "{the decision a mistake}."),
            -1.0);
  EXPECT_EQ(stance("<1 Norland> [scrapped] {the bridge}.| <2 She> [welcomed] "
                   "{both moves}."),
            -1.0);
  EXPECT_EQ(stance("<1 Norland> [scrapped] {the bridge}.| <2 She> [said] "
                   "{more would follow}."),
            -1.0);
  // Not her own, and no decision that is still to be made.
  EXPECT_EQ(stance("<1 Norland> [scrapped] {the bridge}.| <1 Norland> "
                   "[defended] {the decision}."),
            1.0);
  EXPECT_EQ(stance("<1 Norland> [scrapped] {the bridge}.| <2 She> [wants] {a "
                   "decision}."),
            1.0);
}

// Who leaves a rate as it is is against cutting and against raising it.
TEST(StanceTest, LeavingALevelIsAgainstAnother) {
  struct Case {
    const char* proposition;
    const char* marked;
    int stance;
  };
  const std::vector<Case> cases = {
      {"The bank should cut its rate.",
       "<1 The bank> [left] {its key rate at 5%}.", -1},
      {"The bank should raise its rate.",
       "<1 The bank> [held] {its key rate unchanged}.", -1},
      {"The bank should keep its rate.",
       "<1 The bank> [left] {its key rate at 5%}.", 1},
      {"The bank should raise its rate.",
       "<1 She> [said] {the key rate would stay unchanged}.", -1},
      {"The bank should cut its rate.",
       "<1 She> [said] {the key rate would not stay unchanged}.", 1},
      {"The bank should raise its rate.",
       "<1 She> [said] {the key rate would not be touched}.", -1},
      {"The bank should keep its rate.",
       "<1 She> [said] {the key rate would not be touched}.", 1},
  };
  for (const Case& test : cases) {
    const TopicIndex index(
        {MakeTopic("rate", "Rate", test.proposition, {"key rate"})});
    MarkedText text(test.marked);
    const StanceChoice choice =
        JudgeStances(text.document(), index, text.sayings(), {0})[0];
    EXPECT_EQ(choice.stance.value_or(kNone), test.stance)
        << test.proposition << " " << test.marked;
  }
}

// "He said Norland had demanded a bridge", and within it what Norland did.
std::vector<StanceChoice> JudgeReported(
    const std::function<void(Saying* outer, Saying* inner)>& change) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 He> [said] {Norland had demanded a bridge}.");
  std::vector<Saying> sayings = text.sayings();
  const uint32_t first = sayings[0].content[0].first;
  Saying inner;
  inner.source = {first, first + 1};
  inner.cue = {first + 1, first + 3};
  inner.content = {{first + 3, first + 5}};
  inner.kind = Statement::INDIRECT;
  inner.speaker = 2;
  inner.parent = 0;
  sayings.push_back(inner);
  change(&sayings[0], &sayings[1]);
  return JudgeStances(text.document(), index, sayings, {kBridge, kBridge});
}

TEST(StanceTest, WhoPassesOnTakesNoSide) {
  const std::vector<StanceChoice> choices =
      JudgeReported([](Saying*, Saying*) {});
  EXPECT_FALSE(choices[0].stance.has_value());
  EXPECT_EQ(choices[0].unknown, "passes on what somebody else said");
  EXPECT_EQ(choices[1].stance, 1.0);
}

TEST(StanceTest, WhoSpeaksForTheBodyTakesItsSide) {
  const std::vector<StanceChoice> choices =
      JudgeReported([](Saying*, Saying* inner) { inner->is_of_outer = true; });
  EXPECT_EQ(choices[0].stance, 1.0);
  EXPECT_EQ(choices[1].stance, 1.0);
}

TEST(StanceTest, WhatABodyHoldsIsTakenUpByWhoIsNamed) {
  const auto hold = [](bool is_unnamed) {
    return JudgeReported([is_unnamed](Saying* outer, Saying* inner) {
      outer->is_unnamed = is_unnamed;
      inner->kind = Statement::NARRATION;
    });
  };
  EXPECT_EQ(hold(false)[0].stance, 1.0);
  EXPECT_FALSE(hold(true)[0].stance.has_value());
}

TEST(StanceTest, WhatSeveralHoldIsPassedOn) {
  const std::vector<StanceChoice> choices =
      JudgeReported([](Saying*, Saying* inner) {
        inner->kind = Statement::NARRATION;
        inner->is_joint = true;
      });
  EXPECT_FALSE(choices[0].stance.has_value());
}

TEST(StanceTest, MediaTakeNoSide) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 The Courier> [said] {a bridge would be built}.");
  text.sayings()[0].is_medium = true;
  const StanceChoice choice =
      JudgeStances(text.document(), index, text.sayings(), {kBridge})[0];
  EXPECT_FALSE(choice.stance.has_value());
}

TEST(StanceTest, FlagsAreSet) {
  const TopicIndex index(ExampleTopics());
  MarkedText text(
      "<1 She> [said] {the bridge would not be built if they lost}.");
  const StanceChoice choice =
      JudgeStances(text.document(), index, text.sayings(), {kBridge})[0];
  EXPECT_TRUE(choice.conditional);
  EXPECT_TRUE(choice.negated);
  EXPECT_EQ(choice.stance, -1.0);
}

TEST(StanceTest, GroundsAreTheWordsInOrder) {
  const TopicIndex index(ExampleTopics());
  MarkedText text("<1 She> [rejected] {the lifting of the import ban}.");
  const StanceChoice choice =
      JudgeStances(text.document(), index, text.sayings(), {kBan})[0];
  std::vector<std::string> words;
  for (const TokenRange range : choice.grounds) {
    words.push_back(text.TextOf(range));
  }
  EXPECT_THAT(words,
              ::testing::ElementsAre("rejected", "lifting", "import ban"));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
