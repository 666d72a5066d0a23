// Numbers and texts packed into bytes, for values of projections' state.

#ifndef ONRECORD_ENGINE_PROJECTIONS_BYTES_H_
#define ONRECORD_ENGINE_PROJECTIONS_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "storage/coding.h"

namespace onrecord {

// Writes into a string of its own. Small numbers take few bytes.
class ByteWriter {
 public:
  // `expected` is about how many bytes will be written.
  explicit ByteWriter(size_t expected) : bytes_(expected, '\0') {}

  void Byte(uint8_t byte) {
    *Room(1) = static_cast<char>(byte);
    ++size_;
  }

  void Unsigned(uint64_t number) {
    char* const begin = Room(kMaxVarintBytes);
    size_ += static_cast<size_t>(WriteVarint(number, begin) - begin);
  }

  void Signed(int64_t number) {
    Unsigned((static_cast<uint64_t>(number) << 1) ^
             static_cast<uint64_t>(number >> 63));
  }

  // -1, 0 and +1 take one byte.
  void Stance(double stance) {
    if (stance == -1 || stance == 0 || stance == 1) {
      Byte(static_cast<uint8_t>(stance + 1));
      return;
    }
    Byte(3);
    uint64_t bits;
    std::memcpy(&bits, &stance, sizeof(bits));
    for (int shift = 0; shift < 64; shift += 8) {
      Byte(static_cast<uint8_t>(bits >> shift));
    }
  }

  void Text(absl::string_view text) {
    Unsigned(text.size());
    text.copy(Room(text.size()), text.size());
    size_ += text.size();
  }

  size_t size() const { return size_; }

  // What was written; nothing is left.
  std::string Take() {
    bytes_.resize(size_);
    size_ = 0;
    return std::exchange(bytes_, std::string());
  }

 private:
  char* Room(size_t more) {
    if (bytes_.size() - size_ < more) bytes_.resize(2 * bytes_.size() + more);
    return &bytes_[size_];
  }

  std::string bytes_;
  size_t size_ = 0;
};

// Reads what a ByteWriter wrote. What does not decode makes ok() false and
// every later part zero or empty.
class ByteReader {
 public:
  // What `bytes` refers to must outlive the texts that are read.
  explicit ByteReader(absl::string_view bytes) : rest_(bytes) {}

  uint8_t Byte() {
    if (rest_.empty()) {
      ok_ = false;
      return 0;
    }
    const uint8_t byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  uint64_t Unsigned() {
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = Byte();
      number |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    ok_ = false;
    return 0;
  }

  int64_t Signed() {
    const uint64_t number = Unsigned();
    return static_cast<int64_t>(number >> 1) ^
           -static_cast<int64_t>(number & 1);
  }

  double Stance() {
    const uint8_t code = Byte();
    if (code < 3) return static_cast<double>(code) - 1;
    uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      bits |= static_cast<uint64_t>(Byte()) << shift;
    }
    double stance;
    std::memcpy(&stance, &bits, sizeof(stance));
    return stance;
  }

  absl::string_view Text() {
    const uint64_t size = Unsigned();
    if (size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const absl::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_BYTES_H_
