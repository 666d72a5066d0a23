// Which texts are valid UTF-8.

#ifndef ONRECORD_STORAGE_UTF8_H_
#define ONRECORD_STORAGE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {
namespace utf8_internal {

template <typename Word>
uint64_t Load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

inline bool HasHighBit(uint64_t word) {
  return (word & 0x8080808080808080) != 0;
}

inline bool IsAscii(absl::string_view text) {
  const char* next = text.data();
  const char* const end = next + text.size();
  if (text.size() >= 8) {
    // The last word may overlap the one before.
    uint64_t bits = Load<uint64_t>(end - 8);
    for (; next < end - 8; next += 8) bits |= Load<uint64_t>(next);
    return !HasHighBit(bits);
  }
  if (text.size() >= 4) {
    return !HasHighBit(Load<uint32_t>(next) | Load<uint32_t>(end - 4));
  }
  for (; next < end; ++next) {
    if ((*next & 0x80) != 0) return false;
  }
  return true;
}

bool IsValid(absl::string_view text);

}  // namespace utf8_internal

// Whether `text` is valid UTF-8, by the very check of protobuf's parser: what
// passes here can be stored in a message and read again.
inline bool IsValidUtf8(absl::string_view text) {
  return utf8_internal::IsAscii(text) || utf8_internal::IsValid(text);
}

// Returns OK if `text` is valid UTF-8, else INVALID_ARGUMENT with the offset of
// the first wrong byte.
absl::Status CheckUtf8(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_UTF8_H_
