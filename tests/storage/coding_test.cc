#include "storage/coding.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace {

class VarintTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(VarintTest, ReadsBackAndIsRefusedWhenCutShort) {
  std::string bytes;
  PutVarint(GetParam(), &bytes);
  EXPECT_EQ(bytes.size(), VarintLength(GetParam()));
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.Varint(), GetParam());
  EXPECT_TRUE(decoder.ok());
  EXPECT_TRUE(decoder.empty());
  bytes.pop_back();
  Decoder cut(bytes);
  cut.Varint();
  EXPECT_FALSE(cut.ok());
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, VarintTest,
    ::testing::Values(0, 1, 127, 128, 16383, 16384, uint64_t{1} << 32,
                      (uint64_t{1} << 63) - 1, uint64_t{1} << 63,
                      std::numeric_limits<uint64_t>::max()));

TEST(DecoderTest, RefusesNumbersThatAreTooLongOrHaveAShorterForm) {
  for (const std::string& bytes :
       {std::string("\x80\x00", 2), std::string(10, '\xff'),
        std::string(9, '\xff') + '\x02', std::string(11, '\x80')}) {
    Decoder decoder(bytes);
    EXPECT_EQ(decoder.Varint(), 0u);
    EXPECT_FALSE(decoder.ok());
  }
}

TEST(DecoderTest, StaysFailed) {
  Decoder decoder(absl::string_view("\x05zz\x01", 4));
  EXPECT_EQ(decoder.String(), "");
  EXPECT_FALSE(decoder.ok());
  EXPECT_EQ(decoder.Byte(), 0);
  EXPECT_EQ(decoder.Fixed64(), 0u);
  EXPECT_FALSE(decoder.ok());
}

TEST(DecoderTest, ReadsFixedNumbersOfBothKinds) {
  const uint64_t number = 0x0123456789abcdef;
  std::string bytes;
  PutFixed64(number, &bytes);
  PutBigEndian64(number, &bytes);
  EXPECT_EQ(bytes,
            "\xef\xcd\xab\x89\x67\x45\x23\x01"
            "\x01\x23\x45\x67\x89\xab\xcd\xef");
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.Fixed64(), number);
  EXPECT_EQ(decoder.BigEndian64(), number);
  EXPECT_TRUE(decoder.ok());
}

TEST(DecoderTest, AnEmptyStringIsNoFailure) {
  Decoder decoder(absl::string_view("\0", 1));
  EXPECT_EQ(decoder.String(), "");
  EXPECT_TRUE(decoder.ok());
  EXPECT_TRUE(decoder.empty());
}

}  // namespace
}  // namespace onrecord
