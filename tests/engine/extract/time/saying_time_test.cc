#include "engine/extract/time/saying_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

// A Thursday.
constexpr absl::CivilDay kPublished(2024, 3, 14);

struct TimeCase {
  std::string name;
  std::string marked;  // see MarkedText
  std::string time;    // of the last saying
  std::string words;   // that say so
};

class SayingTimeTest : public ::testing::TestWithParam<TimeCase> {};

TEST_P(SayingTimeTest, IsThatOfTheSaying) {
  MarkedText text(GetParam().marked);
  const std::vector<SayingTime> times =
      ResolveSayingTimes(text.document(), kPublished, text.sayings());
  ASSERT_EQ(times.size(), text.sayings().size());
  ASSERT_TRUE(times.back().time.has_value()) << times.back().unknown;
  EXPECT_EQ(times.back().time->ToString(), GetParam().time);
  EXPECT_EQ(text.TextOf(times.back().span), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Sayings, SayingTimeTest,
    ::testing::ValuesIn(std::vector<TimeCase>{
        {"AfterCue", "<1 Ines Roth> [said] on Wednesday {that it was over}.",
         "2024-03-13", "on Wednesday"},
        {"AfterAddressee",
         "<1 Ines Roth> [told] reporters in Bern on Tuesday {that it was "
         "over}.",
         "2024-03-12", "on Tuesday"},
        {"AfterContent", "{It was over}, <1 Ines Roth> [said] last week.",
         "2024-03-04/2024-03-10", "last week"},
        {"AfterObject",
         "<1 Ines Roth> [described] {it as a gift} in an interview last week.",
         "2024-03-04/2024-03-10", "last week"},
        {"HeadOfSentence", "In February <1 she> [had said] {it was over}.",
         "2024-02", "In February"},
        {"HeadOfSentenceInPhrase",
         "In a radio interview on Monday <1 Ines Roth>, now a backbencher, "
         "[said] {it was over}.",
         "2024-03-11", "on Monday"},
        {"BetweenSourceAndCue",
         "<1 Ines Roth>, who chairs the bank, on Tuesday [said] {it was "
         "over}.",
         "2024-03-12", "on Tuesday"},
        {"SharedByTwoVerbs",
         "<1 Ines Roth> appeared on the radio in January and [said] {that it "
         "was over}.",
         "2024-01", "in January"},
        {"OfTheSourceDocument",
         "<1 A report of 7 March> [said] {that it was over}.", "2024-03-07",
         "of 7 March"},
        {"InTheContentIsNot",
         "<1 Ines Roth> [said] {the fund would be set up in January}.",
         "2024-03-14", ""},
        {"BehindTheObject", "<1 Ines Roth> [rejected] {the plan on Tuesday}.",
         "2024-03-12", "on Tuesday"},
        {"MonthBehindTheObjectIsNot",
         "<1 Ines Roth> [favoured] {steps in January}.", "2024-03-14", ""},
        {"BeforeAFragment",
         "{It could go on}, <1 she> [said] {last Friday, if they paid}.",
         "2024-03-08", "last Friday"},
        {"OfAnInfinitiveIsNot",
         "<1 Ines Roth> [wants] {to have met on Tuesday}.", "2024-03-14", ""},
        {"OfAnotherClauseIsNot",
         "<1 Ines Roth>, who was elected in January, [said] {it was over}.",
         "2024-03-14", ""},
        {"OfAnotherVerbIsNot",
         "<1 Ines Roth> [said] {it was over}, after the shares had lost on "
         "Monday.",
         "2024-03-14", ""},
        {"PastPerfect", "<1 Ines Roth> [had praised] {the plan}.",
         "2024-01-01/2024-03-13", ""},
        {"Once", "<1 Ines Roth> [once called] {it a trick}.",
         "2024-01-01/2024-03-13", "once"},
        {"HadAsAVerb", "<1 Ines Roth> [had no comment].", "2024-03-14", ""},
        {"GoesOn",
         "<1 Ines Roth> [said] on Monday {that it was over}.| {It is late}, "
         "<1 she> [added].",
         "2024-03-11", "on Monday"},
        {"GoesOnInTheSameSentence",
         "<1 Ines Roth> [ruled out] {any payout} on Tuesday,| [telling] the "
         "radio {that it was over}.",
         "2024-03-12", "on Tuesday"},
        {"AnotherSpeakerDoesNotGoOn",
         "<1 Ines Roth> [said] on Monday {that it was over}.| <2 Ole Berg> "
         "[said] {it was not}.",
         "2024-03-14", ""},
        {"MonthsAreNoOccasion",
         "In January <1 Ines Roth> [said] {that it was over}.| <1 She> [said] "
         "{that she was right}.",
         "2024-03-14", ""},
        {"WhatIsToldByTheWayIsNone",
         "<1 Ines Roth>, who on Monday [called] {it a trick},| <1 Ines Roth> "
         "[said] {it was over}.",
         "2024-03-14", ""},
        {"AtTheSameHearing",
         "<1 Ines Roth> [said] on Monday {that it was over}.| At the same "
         "hearing <2 Ole Berg> [said] {it was not}.",
         "2024-03-11", "on Monday"},
        {"RemarkDatedAfterwards",
         "<1 Ines Roth> [said] {that it was over}.| She made the remark on "
         "Tuesday.",
         "2024-03-12", "on Tuesday"},
        {"Transcript",
         "Ines Roth spoke to our radio on Tuesday.\n\n<1 A>[:] {It is over.}",
         "2024-03-12", "on Tuesday"},
        {"Correction",
         "Correction: An article on March 7 wrongly attributed the words. "
         "<1 Ines Roth> [said] {the opposite}.",
         "2024-03-07", "on March 7"},
    }),
    [](const auto& info) { return info.param.name; });

TEST(SayingTimeTest, NestedSayingHasItsOwnTimeOrTheOuterOne) {
  MarkedText text(
      "<1 Ines Roth> [said] on Tuesday {Chile conveyed last week its wish}.");
  std::vector<Saying>& sayings = text.sayings();
  // "Chile conveyed … its wish" inside the first content.
  Saying inner;
  const TokenRange content = sayings[0].content[0];
  inner.source = {content.first, content.first + 1};
  inner.cue = {content.first + 1, content.first + 2};
  inner.content = {{content.last - 2, content.last}};
  inner.parent = 0;
  sayings.push_back(inner);
  std::vector<SayingTime> times =
      ResolveSayingTimes(text.document(), kPublished, sayings);
  EXPECT_EQ(times[0].time->ToString(), "2024-03-12");
  EXPECT_EQ(times[1].time->ToString(), "2024-03-04/2024-03-10");

  MarkedText plain("<1 Ines Roth> [said] on Tuesday {Chile conveyed a wish}.");
  inner.cue = {plain.sayings()[0].content[0].first + 1,
               plain.sayings()[0].content[0].first + 2};
  inner.source = {inner.cue.first - 1, inner.cue.first};
  inner.content = {{inner.cue.last, inner.cue.last + 2}};
  plain.sayings().push_back(inner);
  times = ResolveSayingTimes(plain.document(), kPublished, plain.sayings());
  EXPECT_EQ(times[1].time->ToString(), "2024-03-12");
}

TEST(SayingTimeTest, WithoutPublicationTheReasonIsGiven) {
  MarkedText text(
      "<1 Ines Roth> [said] on Wednesday {it was over}.| <2 Ole Berg> [said] "
      "{no}.| <3 Jon Ek> [said] on 3 May 2021 {yes}.");
  const std::vector<SayingTime> times =
      ResolveSayingTimes(text.document(), std::nullopt, text.sayings());
  EXPECT_FALSE(times[0].time.has_value());
  EXPECT_THAT(times[0].unknown, ::testing::HasSubstr("on Wednesday"));
  EXPECT_EQ(text.TextOf(times[0].span), "on Wednesday");
  EXPECT_FALSE(times[1].time.has_value());
  EXPECT_THAT(times[1].unknown, ::testing::HasSubstr("no words of time"));
  ASSERT_TRUE(times[2].time.has_value());
  EXPECT_EQ(times[2].time->ToString(), "2021-05-03");
}

TEST(SayingTimeTest, NoSayingsGiveNoTimes) {
  const Document document = Document::Analyze("");
  EXPECT_THAT(ResolveSayingTimes(document, kPublished, {}),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
