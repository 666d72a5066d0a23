#include "storage/utf8.h"

#include <google/protobuf/stubs/common.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

bool HasHighBit(uint64_t word) { return (word & 0x8080808080808080) != 0; }

template <typename Word>
uint64_t Load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

bool IsAscii(absl::string_view text) {
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

// The bytes before the first that is wrong. The name of protobuf's function has
// been stable since 2.6.
size_t ValidPrefix(absl::string_view text) {
  if (IsAscii(text)) return text.size();
  return google::protobuf::internal::UTF8SpnStructurallyValid(
      google::protobuf::StringPiece(text.data(), text.size()));
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  return ValidPrefix(text) == text.size();
}

absl::Status CheckUtf8(absl::string_view text) {
  const size_t valid = ValidPrefix(text);
  if (valid == text.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("not valid UTF-8 at byte ", valid));
}

}  // namespace onrecord
