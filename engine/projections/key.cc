#include "engine/projections/key.h"

#include <cstddef>

namespace onrecord {
namespace {

// A text's NUL bytes are written as NUL 0xff, its end as NUL 0x01, so that the
// end sorts before every byte that could have followed.
constexpr char kNul = '\0';
constexpr char kNulInside = '\xff';
constexpr char kEnd = '\x01';

void AppendBigEndian(uint64_t number, size_t bytes, std::string* out) {
  for (size_t i = bytes; i-- > 0;) {
    out->push_back(static_cast<char>(number >> (8 * i)));
  }
}

}  // namespace

Key& Key::Text(absl::string_view text) {
  for (char c : text) {
    bytes_.push_back(c);
    if (c == kNul) bytes_.push_back(kNulInside);
  }
  bytes_.push_back(kNul);
  bytes_.push_back(kEnd);
  return *this;
}

Key& Key::Number(uint64_t number) {
  AppendBigEndian(number, 8, &bytes_);
  return *this;
}

Key& Key::Signed(int32_t number) {
  // The sign bit flipped, negative numbers sort first.
  AppendBigEndian(static_cast<uint32_t>(number) ^ 0x80000000u, 4, &bytes_);
  return *this;
}

KeyParser::KeyParser(absl::string_view key) : rest_(key) {
  ok_ = !rest_.empty();
  if (ok_) rest_.remove_prefix(1);
}

std::string KeyParser::Text() {
  std::string text;
  while (ok_) {
    const size_t nul = rest_.find(kNul);
    if (nul == absl::string_view::npos || nul + 1 >= rest_.size()) break;
    text.append(rest_.data(), nul);
    const char mark = rest_[nul + 1];
    rest_.remove_prefix(nul + 2);
    if (mark == kEnd) return text;
    if (mark != kNulInside) break;
    text.push_back(kNul);
  }
  ok_ = false;
  return "";
}

uint64_t KeyParser::Number() { return BigEndian(8); }

int32_t KeyParser::Signed() {
  return static_cast<int32_t>(static_cast<uint32_t>(BigEndian(4)) ^
                              0x80000000u);
}

uint64_t KeyParser::BigEndian(size_t bytes) {
  if (!ok_ || rest_.size() < bytes) {
    ok_ = false;
    return 0;
  }
  uint64_t number = 0;
  for (size_t i = 0; i < bytes; ++i) {
    number = (number << 8) | static_cast<unsigned char>(rest_[i]);
  }
  rest_.remove_prefix(bytes);
  return number;
}

}  // namespace onrecord
