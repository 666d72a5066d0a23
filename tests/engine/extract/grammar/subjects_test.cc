#include "engine/extract/grammar/subjects.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/engine/extract/read_text.h"

namespace onrecord {
namespace extract {
namespace {

struct SubjectCase {
  const char* name;
  const char* text;
  const char* verb;      // in the text
  const char* expected;  // the whole phrase; empty for none
};

std::ostream& operator<<(std::ostream& out, const SubjectCase& c) {
  return out << c.name;
}

class SubjectTest : public ::testing::TestWithParam<SubjectCase> {};

TEST_P(SubjectTest, FindsTheWholePhrase) {
  const ReadText text(GetParam().text);
  const TokenRange verb = text.Find(GetParam().verb);
  ASSERT_FALSE(verb.empty());
  const VerbGroup* group = text.grammar().VerbGroupAt(verb.first);
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(text.Words(FindSubject(text.grammar(), *group).range),
            GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Verbs, SubjectTest,
    ::testing::Values(
        SubjectCase{"Name", "Ana Ruiz said it rained.", "said", "Ana Ruiz"},
        SubjectCase{"Adverb", "Ana Ruiz then said it rained.", "said",
                    "Ana Ruiz"},
        SubjectCase{"PrepositionalPhrase",
                    "A spokesperson for Kitano Precision declined to comment.",
                    "declined", "A spokesperson for Kitano Precision"},
        SubjectCase{"Apposition",
                    "Ana Ruiz, head of the union, said it rained.", "said",
                    "Ana Ruiz, head of the union"},
        SubjectCase{"DescriptionThenName",
                    "Japan's chief negotiator, Taro Mori, rejected it.",
                    "rejected", "Japan's chief negotiator, Taro Mori"},
        SubjectCase{"RelativeClause",
                    "An official, who asked for silence, said it rained.",
                    "said", "An official, who asked for silence"},
        SubjectCase{"Relative", "The official who rejected the plan left.",
                    "rejected", "The official who"},
        SubjectCase{"SecondVerb", "Ana Ruiz rejected it and demanded a vote.",
                    "demanded", "Ana Ruiz"},
        SubjectCase{"BackToTheMainClause",
                    "He said that Spain was weighing it, but declined to say "
                    "more.",
                    "declined", "He"},
        SubjectCase{"BackFromWhatWasOverBefore",
                    "Ana Ruiz said the bank had sold its shares and demanded "
                    "a vote.",
                    "demanded", "Ana Ruiz"},
        SubjectCase{"GoesOnInTheSameTense",
                    "Ana Ruiz said the bank sold its shares and bought gold.",
                    "bought", "the bank"},
        SubjectCase{"Bracket", "The Trade Council (TC) criticised it.",
                    "criticised", "The Trade Council"},
        SubjectCase{"Inverted", "“It rains,” said Ana Ruiz.", "said", ""}),
    [](const ::testing::TestParamInfo<SubjectCase>& info) {
      return std::string(info.param.name);
    });

}  // namespace
}  // namespace extract
}  // namespace onrecord
