#include "engine/actors/name_key.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace onrecord {
namespace {

// Case and compatibility forms folded, accents split off their letters.
icu::UnicodeString Fold(absl::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  if (U_SUCCESS(error)) text = normalizer->normalize(text, error);
  return text.foldCase();
}

bool IsDropped(UChar32 character) {
  const int8_t type = u_charType(character);
  return type == U_NON_SPACING_MARK || character == '.' || character == '\'' ||
         character == 0x2019 || character == 0x02BC;
}

}  // namespace

std::string NameKey(absl::string_view name) {
  const icu::UnicodeString folded = Fold(name);
  std::string key;
  bool space = false;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 character = folded.char32At(i);
    if (IsDropped(character)) continue;
    if (character != '-' && character != '&' && !u_isalnum(character)) {
      space = !key.empty();
      continue;
    }
    if (space) key.push_back(' ');
    space = false;
    icu::UnicodeString(character).toUTF8String(key);
  }
  return std::string(absl::StripPrefix(key, "the "));
}

std::string UnorderedNameKey(absl::string_view key) {
  std::vector<absl::string_view> words = absl::StrSplit(key, ' ');
  std::sort(words.begin(), words.end());
  return absl::StrJoin(words, " ");
}

absl::string_view LastWord(absl::string_view key) {
  const size_t space = key.rfind(' ');
  return space == absl::string_view::npos ? key : key.substr(space + 1);
}

std::string Slug(absl::string_view name) {
  std::string slug = NameKey(name);
  std::replace(slug.begin(), slug.end(), ' ', '-');
  return slug;
}

}  // namespace onrecord
