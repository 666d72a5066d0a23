// Whether a span lies in a text as spans must.

#ifndef ONRECORD_ENGINE_SPAN_CHECK_H_
#define ONRECORD_ENGINE_SPAN_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// Whether `offset` is the size of `text`, which is UTF-8, or a byte at which a
// character begins.
inline bool IsCharacterBoundary(absl::string_view text, size_t offset) {
  constexpr unsigned char kContinuation = 0x80;
  constexpr unsigned char kMask = 0xC0;
  return offset == text.size() ||
         (offset < text.size() &&
          (static_cast<unsigned char>(text[offset]) & kMask) != kContinuation);
}

// Returns OK if `span`, a message with `begin` and `end`, holds at least one
// byte of `text` and lies on character boundaries; else INVALID_ARGUMENT,
// naming `field`.
template <typename SpanLike>
absl::Status CheckSpan(absl::string_view field, const SpanLike& span,
                       absl::string_view text) {
  if (span.begin() < span.end() && IsCharacterBoundary(text, span.begin()) &&
      IsCharacterBoundary(text, span.end())) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`", field, "` is [", span.begin(), ", ", span.end(),
                   "), expected bytes of a text of ", text.size(),
                   " on character boundaries"));
}

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SPAN_CHECK_H_
