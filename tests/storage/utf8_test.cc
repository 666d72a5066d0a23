#include "storage/utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;

TEST(Utf8Test, TakesWhatIsValid) {
  for (const absl::string_view text :
       {"", "plain", "naïve", "東京", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsValidUtf8(text)) << text;
    EXPECT_OK(CheckUtf8(text));
  }
}

struct BadCase {
  const char* test_name;
  const char* text;
  int bad_byte;
};

class Utf8BadTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(Utf8BadTest, NamesTheFirstWrongByte) {
  // Behind words of every length, as whole words are looked at together.
  for (size_t words = 0; words < 20; ++words) {
    const std::string text = std::string(words, 'x') + GetParam().text;
    EXPECT_FALSE(IsValidUtf8(text));
    EXPECT_THAT(
        CheckUtf8(text),
        StatusIs(
            absl::StatusCode::kInvalidArgument,
            absl::StrCat("not valid UTF-8 at byte ",
                         words + static_cast<size_t>(GetParam().bad_byte))));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Utf8BadTest,
    ::testing::Values(BadCase{"Alone", "\xFF", 0},
                      BadCase{"AfterAscii",
                              "ab\x80"
                              "c",
                              2},
                      BadCase{"AfterLetters", "é\xC3", 2},
                      BadCase{"CutShort", "x\xE6\x9D", 1},
                      BadCase{"Overlong", "\xC0\xAF", 0},
                      BadCase{"Surrogate", "\xED\xA0\x80", 0},
                      BadCase{"BeyondUnicode", "a\xF4\x90\x80\x80", 1}),
    [](const auto& info) { return info.param.test_name; });

}  // namespace
}  // namespace onrecord
