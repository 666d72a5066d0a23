// Classes of characters, as far as taking English text apart needs them.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_CHARACTERS_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_CHARACTERS_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

enum class CharClass : uint8_t {
  kSpace,
  kLineBreak,
  kLower,  // lower case, and letters of scripts without case
  kUpper,
  kDigit,
  kPeriod,
  kStop,        // ! ?
  kComma,       // , and other marks that end a word: ; ( ) [ ] and the like
  kQuote,       // " and the directed double marks
  kApostrophe,  // ' and the directed single marks
  kDash,        // every dash but the hyphen
  kHyphen,
  kConnector,  // & / : _ @ # + which may stand inside a word
  kMark,       // any other mark or symbol
};

struct Character {
  char32_t value = 0;
  uint32_t length = 1;  // in bytes
  CharClass type = CharClass::kMark;
};

// Decodes the character at `at`. A byte that is no UTF-8 is a mark of length 1.
// REQUIRES: at < text.size().
inline Character CharacterAt(absl::string_view text, size_t at);

namespace characters_internal {

extern const CharClass kAsciiClasses[128];
Character WideCharacterAt(absl::string_view text, size_t at);

}  // namespace characters_internal

inline Character CharacterAt(absl::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    return {byte, 1, characters_internal::kAsciiClasses[byte]};
  }
  return characters_internal::WideCharacterAt(text, at);
}

// True for letters and digits.
inline bool IsWordClass(CharClass type) {
  return type == CharClass::kLower || type == CharClass::kUpper ||
         type == CharClass::kDigit;
}

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_CHARACTERS_H_
