#include "engine/report/json_value.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace onrecord {
namespace {

TEST(JsonStringTest, EscapesWhatActs) {
  EXPECT_EQ(JsonString("a\"b\\c\n\x1B<\x7F"),
            R"("a\"b\\c\u000a\u001b\u003c\u007f")");
  EXPECT_EQ(JsonString("\xC2\x9B\xE2\x80\xAE\xE2\x80\xA8"),
            R"("\u009b\u202e\u2028")");
  EXPECT_EQ(JsonString(std::string("\0é😀", 7)), "\"\\u0000é😀\"");
  EXPECT_EQ(JsonString("\xFFz"), "\"\xEF\xBF\xBDz\"");
}

TEST(JsonStringTest, ReadsBackAsItWas) {
  std::string text;
  for (int c = 0; c < 128; ++c) text += static_cast<char>(c);
  text += "é–😀\xE2\x80\xAE";
  google::protobuf::Value value;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(JsonString(text), &value)
          .ok());
  EXPECT_EQ(value.string_value(), text);
}

TEST(JsonObjectTest, KeepsTheOrderOfItsFields) {
  EXPECT_EQ(JsonObject().ToString(), "{}");
  EXPECT_EQ(JsonObject()
                .Add("b", "x")
                .Add("a", 1.5)
                .AddIfAny("none", "")
                .AddFlag("c", true)
                .Add("d", std::vector<std::string>{"y", "z"})
                .Add("e", std::vector<JsonObject>{JsonObject().Add("f", 1.0)})
                .ToString(),
            R"({"b":"x","a":1.5,"c":true,"d":["y","z"],"e":[{"f":1}]})");
}

TEST(JsonObjectTest, WhatIsNoNumberIsNull) {
  EXPECT_EQ(JsonObject().Add("a", std::nan("")).ToString(), R"({"a":null})");
}

}  // namespace
}  // namespace onrecord
