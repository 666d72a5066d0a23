#include "storage/utf8.h"

#include <google/protobuf/stubs/common.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

bool IsAscii(absl::string_view text) {
  uint64_t bits = 0;
  const char* next = text.data();
  size_t left = text.size();
  for (; left >= sizeof(bits); left -= sizeof(bits), next += sizeof(bits)) {
    uint64_t word;
    std::memcpy(&word, next, sizeof(word));
    bits |= word;
  }
  for (; left > 0; --left) bits |= static_cast<uint8_t>(*next++);
  return (bits & 0x8080808080808080) == 0;
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
