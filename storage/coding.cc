#include "storage/coding.h"

namespace onrecord {

void PutFixed64(uint64_t value, std::string* out) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
  out->append(bytes, sizeof(bytes));
}

void PutBigEndian64(uint64_t value, std::string* out) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(value >> (56 - 8 * i));
  }
  out->append(bytes, sizeof(bytes));
}

uint64_t GetBigEndian64(const char* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) {
    value = value << 8 | static_cast<uint8_t>(bytes[i]);
  }
  return value;
}

void PutVarint(uint64_t value, std::string* out) {
  char bytes[kMaxVarintBytes];
  out->append(bytes, WriteVarint(value, bytes) - bytes);
}

size_t VarintLength(uint64_t value) {
  size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

void PutString(absl::string_view bytes, std::string* out) {
  PutVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

uint8_t Decoder::Byte() {
  const absl::string_view bytes = Bytes(1);
  return bytes.empty() ? 0 : static_cast<uint8_t>(bytes[0]);
}

uint64_t Decoder::BigEndian64() {
  const absl::string_view bytes = Bytes(8);
  return bytes.empty() ? 0 : GetBigEndian64(bytes.data());
}

uint64_t Decoder::LongVarint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && next_ < end_; shift += 7) {
    const uint64_t byte = static_cast<uint8_t>(*next_++);
    // The tenth byte has room for one bit.
    if (shift == 63 && byte > 1) break;
    value |= (byte & 0x7f) << shift;
    // A last byte of zero would be a second way to write the same number.
    if ((byte & 0x80) == 0) {
      if (byte == 0 && shift > 0) break;
      return value;
    }
  }
  Fail();
  return 0;
}

void Decoder::Fail() {
  ok_ = false;
  next_ = end_;
}

}  // namespace onrecord
