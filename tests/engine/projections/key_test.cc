#include "engine/projections/key.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace onrecord {
namespace {

TEST(KeyTest, TextsSortAsTheirBytesWhateverFollows) {
  const std::vector<std::string> texts = {"",
                                          std::string("\0", 1),
                                          std::string("\0a", 2),
                                          std::string("\1", 1),
                                          "a",
                                          std::string("a\0", 2),
                                          std::string("a\0\xff", 3),
                                          "a\1",
                                          "ab",
                                          "b",
                                          "\xff",
                                          "\xff\xff"};
  for (size_t i = 1; i < texts.size(); ++i) {
    EXPECT_LT(Key('t').Text(texts[i - 1]).Text("zz").bytes(),
              Key('t').Text(texts[i]).Text("").bytes())
        << i;
  }
}

TEST(KeyTest, NumbersSortAsNumbers) {
  const std::vector<uint64_t> numbers = {
      0, 1, 255, 256, uint64_t{1} << 32, std::numeric_limits<uint64_t>::max()};
  for (size_t i = 1; i < numbers.size(); ++i) {
    EXPECT_LT(Key('t').Number(numbers[i - 1]).bytes(),
              Key('t').Number(numbers[i]).bytes());
  }
  const std::vector<int32_t> days = {
      std::numeric_limits<int32_t>::min(), -256, -1, 0, 1,
      std::numeric_limits<int32_t>::max()};
  for (size_t i = 1; i < days.size(); ++i) {
    EXPECT_LT(Key('t').Signed(days[i - 1]).bytes(),
              Key('t').Signed(days[i]).bytes());
  }
}

TEST(KeyTest, IsTakenApartAsItWasBuilt) {
  const std::string odd("a\0\xff\1", 4);
  const Key key = Key('t').Text(odd).Signed(-3).Number(7).Text("");
  KeyParser parser(key);
  EXPECT_EQ(parser.Text(), odd);
  EXPECT_EQ(parser.Signed(), -3);
  EXPECT_EQ(parser.Number(), 7u);
  EXPECT_EQ(parser.Text(), "");
  EXPECT_TRUE(parser.ok());
  parser.Number();
  EXPECT_FALSE(parser.ok());
}

TEST(KeyTest, WhatDoesNotDecodeIsNotOk) {
  for (const std::string& bytes :
       {std::string(), std::string("t"), std::string("tab"),
        std::string("ta\0", 3), std::string("ta\0\2", 4)}) {
    KeyParser parser(bytes);
    EXPECT_EQ(parser.Text(), "");
    EXPECT_FALSE(parser.ok());
  }
}

}  // namespace
}  // namespace onrecord
