#include "engine/report/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace onrecord {
namespace {

using ::testing::ElementsAre;

struct PrintableCase {
  const char* test_name;
  std::string text;
  std::string shown;
};

class PrintableTest : public ::testing::TestWithParam<PrintableCase> {};

TEST_P(PrintableTest, LeavesNothingThatATerminalActsOn) {
  EXPECT_EQ(Printable(GetParam().text), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, PrintableTest,
    ::testing::Values(
        PrintableCase{"Plain", "Kono said “no”", "Kono said “no”"},
        PrintableCase{"Breaks", "a\n\tb \u00A0 c\u2028d", "a b c d"},
        PrintableCase{"Escape", "\x1b[31mred\x1b[0m", "\uFFFD[31mred\uFFFD[0m"},
        PrintableCase{"Bell",
                      "a\x07"
                      "b",
                      "a\uFFFD"
                      "b"},
        PrintableCase{"Nul", std::string("a\0b", 3),
                      "a\uFFFD"
                      "b"},
        PrintableCase{"DirectionOverride",
                      "a\u202E"
                      "b",
                      "a\uFFFD"
                      "b"},
        PrintableCase{"NoUtf8",
                      "a\xFF"
                      "b",
                      "a\uFFFD"
                      "b"},
        PrintableCase{"Edges", "  a  ", "a"}, PrintableCase{"Empty", "", ""}),
    [](const ::testing::TestParamInfo<PrintableCase>& info) {
      return info.param.test_name;
    });

TEST(DisplayWidthTest, CountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("東京"), 4);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1) << "a combining accent takes none";
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(WrapTextTest, BreaksBetweenWords) {
  EXPECT_THAT(WrapText("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(WrapText("one two", 80), ElementsAre("one two"));
  EXPECT_THAT(WrapText("", 5), ElementsAre(""));
}

TEST(WrapTextTest, BreaksAWordThatIsWiderThanALine) {
  EXPECT_THAT(WrapText("a abcdefg b", 3),
              ElementsAre("a", "abc", "def", "g b"));
  EXPECT_THAT(WrapText("東京都", 4), ElementsAre("東京", "都"));
}

}  // namespace
}  // namespace onrecord
