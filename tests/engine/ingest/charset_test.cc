#include "engine/ingest/charset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

TEST(CharsetTest, DeclaredEncodings) {
  EXPECT_THAT(ToUtf8("caf\xC3\xA9", ""), IsOkAndHolds("café"));
  EXPECT_THAT(ToUtf8("caf\xC3\xA9", "UTF-8"), IsOkAndHolds("café"));
  EXPECT_THAT(ToUtf8("caf\xE9", "windows-1252"), IsOkAndHolds("café"));
  EXPECT_THAT(ToUtf8("\x93no\x94", "ISO-8859-1"), IsOkAndHolds("“no”"));
  EXPECT_THAT(ToUtf8("\x93\x8C\x8B\x9E", "Shift_JIS"), IsOkAndHolds("東京"));
  EXPECT_THAT(ToUtf8(std::string(20000, '\xE9'), "latin1").value().size(),
              40000);
}

TEST(CharsetTest, AMarkWinsOverTheDeclaration) {
  EXPECT_THAT(ToUtf8("\xEF\xBB\xBF\xC3\xA9", "windows-1252"),
              IsOkAndHolds("é"));
  EXPECT_THAT(ToUtf8(std::string("\xFE\xFF\0n\0o", 6), "UTF-8"),
              IsOkAndHolds("no"));
}

TEST(CharsetTest, WrongBytesAreRefusedWithTheirPlace) {
  EXPECT_THAT(ToUtf8("ab\xC3(", "utf-8"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("not valid UTF-8 at byte 2")));
  EXPECT_THAT(ToUtf8("ab\x81\xFF", "Shift_JIS"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("not valid Shift_JIS at byte")));
  EXPECT_THAT(ToUtf8("\xFF\xFE\x41", ""),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("not valid UTF-16LE at byte")))
      << "half a character";
  EXPECT_THAT(ToUtf8("ab", "no such"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"no such\" is no known encoding")));
}

TEST(CharsetTest, PagesDeclareTheirs) {
  EXPECT_EQ(CharsetOfPage("<html><meta charset=utf-8>"), "utf-8");
  EXPECT_EQ(CharsetOfPage("<META CHARSET = 'Big5' />"), "Big5");
  EXPECT_EQ(CharsetOfPage("<meta http-equiv=\"Content-Type\" "
                          "content=\"text/html; charset=iso-8859-1\">"),
            "iso-8859-1");
  EXPECT_EQ(CharsetOfPage("<p>charset=utf-8</p>"), "");
  EXPECT_EQ(CharsetOfPage("<meta charset="), "");
  EXPECT_EQ(CharsetOfPage(std::string(5000, ' ') + "<meta charset=utf-8>"), "");
}

}  // namespace
}  // namespace onrecord
