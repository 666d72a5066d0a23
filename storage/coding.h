// How numbers and strings are laid out in stored bytes.

#ifndef ONRECORD_STORAGE_CODING_H_
#define ONRECORD_STORAGE_CODING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Little endian.
void PutFixed64(uint64_t value, std::string* out);

// Big endian, so that keys sort as numbers do.
void PutBigEndian64(uint64_t value, std::string* out);
uint64_t GetBigEndian64(const char* bytes);

// Seven bits a byte, the lowest first, as protocol buffers have them.
void PutVarint(uint64_t value, std::string* out);
size_t VarintLength(uint64_t value);

// A varint length, then the bytes.
void PutString(absl::string_view bytes, std::string* out);

// The bytes that a varint takes at most.
inline constexpr size_t kMaxVarintBytes = 10;

// Writes a varint at `out`, which has room for it. Returns where it ends.
inline char* WriteVarint(uint64_t value, char* out) {
  for (; value >= 0x80; value >>= 7) *out++ = static_cast<char>(value | 0x80);
  *out++ = static_cast<char>(value);
  return out;
}

// Takes stored bytes apart from the front. What is cut short or malformed makes
// it fail: every result after that is 0 or empty, and ok() is false.
class Decoder {
 public:
  explicit Decoder(absl::string_view bytes)
      : next_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  uint8_t Byte();
  uint64_t BigEndian64();

  uint64_t Varint() {
    if (next_ < end_ && (*next_ & 0x80) == 0) {
      return static_cast<uint8_t>(*next_++);
    }
    // A second byte of zero is not the shortest form, and one that goes on is
    // not the last.
    if (remaining() > 1 && static_cast<int8_t>(next_[1]) > 0) {
      const uint64_t value = (next_[0] & 0x7f) | next_[1] << 7;
      next_ += 2;
      return value;
    }
    return LongVarint();
  }

  absl::string_view Bytes(uint64_t size) {
    if (size > remaining()) {
      Fail();
      return {};
    }
    const absl::string_view bytes(next_, size);
    next_ += size;
    return bytes;
  }
  absl::string_view String() { return Bytes(Varint()); }

  uint64_t Fixed64() {
    const absl::string_view bytes = Bytes(8);
    if (bytes.empty()) return 0;
    // Written out, so that it compiles to one load.
    const auto byte = [bytes](int i) {
      return uint64_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
    };
    return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) |
           byte(7);
  }

  bool ok() const { return ok_; }
  bool empty() const { return next_ == end_; }
  size_t remaining() const { return end_ - next_; }

 private:
  uint64_t LongVarint();
  void Fail();

  const char* next_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_CODING_H_
