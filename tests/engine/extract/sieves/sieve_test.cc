#include "engine/extract/sieves/sieve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "tests/engine/extract/read_text.h"

namespace onrecord {
namespace extract {
namespace {

// One sieve alone on one text.
struct SieveCase {
  const char* name;
  void (*sieve)(const char*, SieveState&);
  const char* text;
  const char* expected;  // findings, one a line
};

std::ostream& operator<<(std::ostream& out, const SieveCase& c) {
  return out << c.name;
}

class SieveTest : public ::testing::TestWithParam<SieveCase> {};

TEST_P(SieveTest, Finds) {
  const ReadText text(GetParam().text);
  SieveState state(text.cues());
  GetParam().sieve("sieve", state);
  std::vector<std::string> lines;
  for (const Finding& finding : state.found) {
    lines.push_back(text.Render(finding));
    EXPECT_GT(finding.confidence, 0);
    EXPECT_LE(finding.confidence, 1);
    EXPECT_EQ(finding.sieve, "sieve");
  }
  EXPECT_EQ(absl::StrJoin(lines, "\n"), GetParam().expected);
}

const SieveCase kCases[] = {
    {"ReducedClause", SiftReducedClause,
     "Norland raised the fee on Monday, a step Spain called unfair.",
     "Spain | called | a step / unfair"},
    {"ReducedClauseWithAs", SiftReducedClause,
     "Norland raised the fee, a move Ana Ruiz condemned as theft.",
     "Ana Ruiz | condemned | a move / as theft"},
    {"NoReducedClause", SiftReducedClause,
     "Norland raised the fee, and Spain called it unfair.", ""},
    {"QuotedAsSaying", SiftQuotedAs,
     "The Herald quoted Ana Ruiz as saying that the plan was dead.",
     "Ana Ruiz | saying | that the plan was dead"},
    {"QuotedOtherwise", SiftQuotedAs,
     "The Herald quoted Ana Ruiz before saying that the plan was dead.", ""},
    {"OutOfTheQuestion", SiftOutOfQuestion,
     "A levy is out of the question for Ana Ruiz, head of the union.",
     "Ana Ruiz, head of the union | is out of the question for | A levy"},
    {"OutOfTheQuestionForNow", SiftOutOfQuestion,
     "A levy is out of the question for now. A levy is good for Ana Ruiz.", ""},
    {"QuotationBeforeSubject", SiftBeforeCue,
     "“We will not sign the deal,” Ana Ruiz said on Monday.",
     "Ana Ruiz | said | “We will not sign the deal,”"},
    {"QuotationBeforeInvertedSubject", SiftBeforeCue,
     "“We will not sign the deal,” said Ana Ruiz, a senator.",
     "Ana Ruiz, a senator | said | “We will not sign the deal,”"},
    {"QuotationOnBothSides", SiftBeforeCue,
     "“We will not sign,” Ana Ruiz said. “We never promised that.”",
     "Ana Ruiz | said | “We will not sign,” / “We never promised that.”"},
    {"SubjectWithApposition", SiftBeforeCue,
     "“We will not sign the deal,” Ana Ruiz, a senator, said.",
     "Ana Ruiz, a senator | said | “We will not sign the deal,”"},
    {"ClauseBeforeCue", SiftBeforeCue, "The plan is dead, Ana Ruiz said.",
     "Ana Ruiz | said | The plan is dead"},
    {"ClauseAroundCue", SiftBeforeCue,
     "Talks could resume, Ana Ruiz said, if both parties agreed.",
     "Ana Ruiz | said | Talks could resume / if both parties agreed"},
    {"SubordinateClauseIsNoContent", SiftBeforeCue,
     "When reporters asked, the ministry said nothing.", ""},
    {"PlaceIsNoContent", SiftBeforeCue, "In Madrid, Ana Ruiz said.", ""},
    {"CommaAndQuotation", SiftQuotationAfterCue,
     "Ana Ruiz said, “We will not sign the deal.”",
     "Ana Ruiz | said | “We will not sign the deal.”"},
    {"ColonBehindOccasion", SiftQuotationAfterCue,
     "Ana Ruiz said in an interview with Radio Uno on Friday: “We will not "
     "sign the deal.”",
     "Ana Ruiz | said | “We will not sign the deal.”"},
    {"QuotationOfTwoSentences", SiftQuotationAfterCue,
     "Ana Ruiz said: “We will not sign. We never promised that.”",
     "Ana Ruiz | said | “We will not sign. We never promised that.”"},
    {"AccordingToFirst", SiftAccordingTo,
     "According to Ana Ruiz, the plan is dead.",
     "Ana Ruiz | According to | the plan is dead"},
    {"AccordingToLast", SiftAccordingTo,
     "The plan is dead, according to two officials.",
     "two officials | according to | The plan is dead"},
    {"That", SiftThatClause, "Ana Ruiz said that the plan was dead.",
     "Ana Ruiz | said | that the plan was dead"},
    {"TimeBeforeThat", SiftThatClause,
     "Ana Ruiz said earlier this month that the plan was dead.",
     "Ana Ruiz | said | that the plan was dead"},
    {"ThatWithAddressee", SiftThatClause,
     "Ana Ruiz told reporters in Madrid that the plan was dead.",
     "Ana Ruiz | told | that the plan was dead"},
    {"TwoReportsInOneSentence", SiftThatClause,
     "The Herald reported that the plan is dead; the Gazette said that it is "
     "alive.",
     "The Herald | reported | that the plan is dead\n"
     "the Gazette | said | that it is alive"},
    {"ThatBehindAPronounAndTime", SiftThatClause,
     "Ana Ruiz had assured her by phone on Friday that the plan was dead.",
     "Ana Ruiz | had assured | that the plan was dead"},
    {"WritersCommentIsNoContent", SiftThatClause,
     "Ana Ruiz said that the plan was dead, a marked shift that angered Spain.",
     "Ana Ruiz | said | that the plan was dead"},
    {"AppositionIsContent", SiftThatClause,
     "Ana Ruiz said that Norland, a friend of Spain, was glad.",
     "Ana Ruiz | said | that Norland, a friend of Spain, was glad"},
    {"ThatBehindSince", SiftThatClause,
     "Ana Ruiz has argued since May that the plan was dead.",
     "Ana Ruiz | has argued | that the plan was dead"},
    {"MoreIsASubject", SiftClause, "Ana Ruiz said more would follow.",
     "Ana Ruiz | said | more would follow"},
    {"BareClause", SiftClause, "Ana Ruiz said the plan was dead.",
     "Ana Ruiz | said | the plan was dead"},
    {"RelativeClauseBeforeCue", SiftClause,
     "An official, who asked not to be named, said the plan was dead.",
     "An official, who asked not to be named | said | the plan was dead"},
    {"Whether", SiftClause, "Ana Ruiz asked whether the plan was dead.",
     "Ana Ruiz | asked | whether the plan was dead"},
    {"PassiveWithAgent", SiftPassive,
     "The idea was dismissed by Ana Ruiz, head of the union.",
     "Ana Ruiz, head of the union | was dismissed by | The idea"},
    {"ItIsReported", SiftPassive, "It is reported that the plan is dead.",
     "- | is reported | that the plan is dead"},
    {"Infinitive", SiftVerbPhrase, "Spain intends to resist the plan.",
     "Spain | intends | to resist the plan"},
    {"Gerund", SiftVerbPhrase, "Spain is considering buying more corn.",
     "Spain | is considering | buying more corn"},
    {"SecondVerbOfTheSubject", SiftVerbPhrase,
     "Spain rejected the plan and vowed to resist it.",
     "Spain | vowed | to resist it"},
    {"Object", SiftObject, "Ana Ruiz rejected the plan on Friday.",
     "Ana Ruiz | rejected | the plan"},
    {"CueOfSeveralWords", SiftObject,
     "The company voiced strong concern over the plan.",
     "The company | voiced strong concern over | the plan"},
    {"ObjectEndsAtNextVerb", SiftObject,
     "Ana Ruiz criticised the plan and demanded a vote.",
     "Ana Ruiz | criticised | the plan\nAna Ruiz | demanded | a vote"},
    {"OnlyLooksPassive", SiftObject, "Norland is opposed to the fee.",
     "Norland | is opposed to | the fee"},
    {"PassiveAgainst", SiftObject, "The drug is used against fleas.", ""},
    {"AgainstDoing", SiftVerbPhrase, "Norland is against raising the fee.",
     "Norland | is against | raising the fee"},
    {"RelativeClauseEndsBeforeTheVerb", SiftObject,
     "Ana Ruiz, who rejected the plan in April, is known to wait.",
     "Ana Ruiz, who | rejected | the plan in April"},
    {"HoldsNoView", SiftObject, "Norland has no view on the fee.",
     "Norland | has no view on | the fee"},
    {"LeftAsItWas", SiftObject,
     "The bank left its key rate at 5% on Tuesday. Ana Ruiz left the room.",
     "The bank | left | its key rate at 5%"},
    {"HeldUnchanged", SiftObject, "Norland held the fee unchanged.",
     "Norland | held | the fee unchanged"},
    {"DidNotComment", SiftNoComment,
     "The ministry did not immediately comment.",
     "The ministry | did not immediately comment | "},
    {"Unwilling", SiftNoComment, "Norland is unwilling: nothing has changed.",
     "Norland | is unwilling | "},
    {"DeclinedToComment", SiftNoComment, "Ana Ruiz declined to comment.",
     "Ana Ruiz | declined to comment | "},
    {"ConsiderTo", SiftVerbPhrase,
     "Spain is considering to postpone the rules.",
     "Spain | is considering | to postpone the rules"},
    {"Modal", SiftModal, "Spain would push the bank to lower rates.",
     "Spain | would push | the bank to lower rates"},
    {"OtherVerbWithColon", SiftAnyVerb,
     "Ana Ruiz bristled: “I do not have to answer that.”",
     "Ana Ruiz | bristled | “I do not have to answer that.”"},
    {"Transcript", SiftAnyVerb, "Ana Ruiz: “I do not have to answer that.”",
     "Ana Ruiz | : | “I do not have to answer that.”"},
    {"QuotedTermIsNoSpeech", SiftAnyVerb,
     "The plan, called “Fair Trade”, is dead.", ""},
};

INSTANTIATE_TEST_SUITE_P(Sieves, SieveTest, ::testing::ValuesIn(kCases),
                         [](const ::testing::TestParamInfo<SieveCase>& info) {
                           return std::string(info.param.name);
                         });

// What all sieves find outside quotation marks, without what counts only within
// reported words.
std::vector<Finding> FindAll(const ReadText& text) {
  std::vector<Finding> all;
  for (Finding& finding : RunSieves(text.cues())) {
    const bool quoted =
        !finding.cue.empty() &&
        text.document().tokens()[finding.cue.first].quotation >= 0;
    if (!finding.only_nested && !quoted) all.push_back(std::move(finding));
  }
  return all;
}

std::vector<std::string> RenderAll(const ReadText& text) {
  std::vector<std::string> lines;
  for (const Finding& finding : FindAll(text)) {
    lines.push_back(text.Render(finding));
  }
  return lines;
}

TEST(SievesTest, ParticipleSharesTheSpeakerOfItsSentence) {
  const ReadText text(
      "Ana Ruiz told reporters that the plan was dead, adding that she was "
      "glad.");
  EXPECT_THAT(RenderAll(text),
              ::testing::Contains("Ana Ruiz | adding | that she was glad"));
}

// "Members" was once taken for an inverted subject, as in "said members".
TEST(SievesTest, ClauseBehindTheCueHasItsOwnSubject) {
  const ReadText text(
      "Ana Ruiz, who chairs the union, said members were divided.");
  EXPECT_THAT(RenderAll(text), ::testing::Not(::testing::Contains(
                                   ::testing::StartsWith("members | said"))));
}

TEST(SievesTest, AnswersOfAnInterviewAreOfWhoIsAsked) {
  const ReadText text(
      "Ana Ruiz, head of the bank, spoke to the paper on Tuesday.\n\nQ: Will "
      "there be a cut?\n\nA: I did not say that. Spring is far.\n\nQ: And the "
      "levy?\n\nA: That is for parliament.");
  std::vector<Finding> answers;
  for (const Finding& finding : FindAll(text)) {
    if (finding.inferred) answers.push_back(finding);
  }
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(text.Render(answers[0]),
            "Ana Ruiz, head of the bank | : | I did not say that. Spring is "
            "far.");
  EXPECT_EQ(answers[1].carried_from, 0);
}

TEST(SievesTest, LetterAndColonAloneMakeNoInterview) {
  const ReadText text("Ana Ruiz spoke.\n\nPlan A: nothing.\n\nA: no.");
  for (const Finding& finding : FindAll(text)) {
    EXPECT_FALSE(finding.inferred) << text.Render(finding);
  }
}

TEST(SievesTest, LooseQuotationGoesToTheSpeakerBefore) {
  const ReadText text(
      "“We will not sign this deal,” Ana Ruiz said.\n\n“Nobody has shown me "
      "how it would help us.”");
  const std::vector<Finding> found = FindAll(text);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].carried_from, 0);
  EXPECT_LT(found[1].confidence, found[0].confidence);
}

TEST(SievesTest, CrossheadInQuotationMarksIsNobodysSpeech) {
  const ReadText text(
      "“We will not sign this deal,” Ana Ruiz said.\n\n“Best thing in a bad "
      "year”\n\nThe plan is dead.");
  EXPECT_EQ(FindAll(text).size(), 1u);
}

TEST(SievesTest, UnmarkedFirstPersonGoesOnWithTheQuotationBefore) {
  const ReadText text(
      "Ana Ruiz said, “My task is to ask for a review of the plan.”\n\nOthers "
      "may go further. But that is beyond my responsibilities.");
  const std::vector<Finding> found = FindAll(text);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[1].inferred);
  EXPECT_EQ(found[1].carried_from, 0);
}

TEST(SievesTest, UnmarkedFirstPersonOfTheWriterIsNobodysSpeech) {
  const ReadText text(
      "The plan is dead.\n\nOthers may go further. But that is beyond my "
      "responsibilities.");
  EXPECT_THAT(FindAll(text), ::testing::IsEmpty());
}

TEST(SievesTest, NoCueIsUsedTwice) {
  const ReadText text(
      "“We will not sign,” said Ana Ruiz, who rejected the plan and vowed to "
      "fight it. According to Juan Gil, she told reporters that it was dead.");
  std::set<uint32_t> cues;
  for (const Finding& finding : FindAll(text)) {
    EXPECT_TRUE(cues.insert(finding.cue.first).second) << text.Render(finding);
  }
}

TEST(SievesTest, SurvivesOddText) {
  for (const char* odd : {"",
                          "said",
                          "“",
                          "”",
                          ", said",
                          "“ said ”",
                          "said that",
                          "according to",
                          ": “",
                          "by",
                          "and said",
                          "(said",
                          "who said",
                          "said: “",
                          "— said —",
                          "“a b c d e f g",
                          "he said. \"",
                          "\n\n\n",
                          "said said said said",
                          ", , , said , , ,"}) {
    const ReadText text(odd);
    RunSieves(text.cues());
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
