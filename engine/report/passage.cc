#include "engine/report/passage.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>

#include "absl/base/macros.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

constexpr size_t kLongestWay = 2000;

bool ContinuesCharacter(char byte) { return (byte & 0xC0) == 0x80; }

// Where the paragraph around a place begins and ends, or what is left of it
// after the longest way.
size_t ParagraphBegin(absl::string_view text, size_t begin) {
  const size_t earliest = begin - std::min(begin, kLongestWay);
  size_t at = begin;
  while (at > earliest && text[at - 1] != '\n') --at;
  while (at < begin && ContinuesCharacter(text[at])) ++at;
  return at;
}

size_t ParagraphEnd(absl::string_view text, size_t end) {
  const size_t latest = std::min(text.size(), end + kLongestWay);
  size_t at = end;
  while (at < latest && text[at] != '\n') ++at;
  while (at < text.size() && at > end && ContinuesCharacter(text[at])) --at;
  return at;
}

Passage Trim(absl::string_view text, Passage passage) {
  while (passage.begin < passage.end &&
         absl::ascii_isspace(text[passage.begin])) {
    ++passage.begin;
  }
  while (passage.begin < passage.end &&
         absl::ascii_isspace(text[passage.end - 1])) {
    --passage.end;
  }
  return passage;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PassageFinder>> PassageFinder::Create() {
  UErrorCode error = U_ZERO_ERROR;
  UBreakIterator* const sentences =
      ubrk_open(UBRK_SENTENCE, "en@ss=standard", nullptr, 0, &error);
  if (U_FAILURE(error)) {
    return absl::InternalError(
        absl::StrCat("ICU cannot find sentences: ", u_errorName(error)));
  }
  return std::unique_ptr<PassageFinder>(new PassageFinder(sentences));
}

PassageFinder::PassageFinder(UBreakIterator* sentences)
    : sentences_(sentences) {}

PassageFinder::~PassageFinder() { ubrk_close(sentences_); }

Passage PassageFinder::Around(absl::string_view text, size_t begin,
                              size_t end) const {
  ABSL_HARDENING_ASSERT(begin <= end && end <= text.size());
  const size_t first = ParagraphBegin(text, begin);
  const absl::string_view paragraphs =
      text.substr(first, ParagraphEnd(text, end) - first);
  UErrorCode error = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, paragraphs.data(),
                 static_cast<int64_t>(paragraphs.size()), &error);
  ubrk_setUText(sentences_, &view, &error);
  Passage passage{first, first + paragraphs.size()};
  if (U_SUCCESS(error)) {
    const int32_t before =
        ubrk_preceding(sentences_, static_cast<int32_t>(begin - first) + 1);
    const int32_t after = ubrk_following(
        sentences_, std::max(static_cast<int32_t>(end - first) - 1, 0));
    if (before != UBRK_DONE) passage.begin = first + before;
    if (after != UBRK_DONE) passage.end = first + after;
  }
  utext_close(&view);
  passage.begin = std::min(passage.begin, begin);
  passage.end = std::max(passage.end, end);
  return Trim(text, passage);
}

size_t Utf16Length(absl::string_view text) {
  size_t units = 0;
  for (const char byte : text) {
    if (ContinuesCharacter(byte)) continue;
    units += static_cast<unsigned char>(byte) >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace onrecord
