#include "storage/utf8.h"

#include <google/protobuf/stubs/common.h>

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

// The bytes before the first that is wrong. The name of protobuf's function has
// been stable since 2.6.
size_t ValidPrefix(absl::string_view text) {
  if (utf8_internal::IsAscii(text)) return text.size();
  return google::protobuf::internal::UTF8SpnStructurallyValid(
      google::protobuf::StringPiece(text.data(), text.size()));
}

}  // namespace

namespace utf8_internal {

bool IsValid(absl::string_view text) {
  return ValidPrefix(text) == text.size();
}

}  // namespace utf8_internal

absl::Status CheckUtf8(absl::string_view text) {
  const size_t valid = ValidPrefix(text);
  if (valid == text.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("not valid UTF-8 at byte ", valid));
}

}  // namespace onrecord
