#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

constexpr CharClass AsciiClass(char32_t c) {
  if (c >= 'a' && c <= 'z') return CharClass::kLower;
  if (c >= 'A' && c <= 'Z') return CharClass::kUpper;
  if (c >= '0' && c <= '9') return CharClass::kDigit;
  switch (c) {
    case '\n':
    case '\r':
    case '\v':
    case '\f':
      return CharClass::kLineBreak;
    case '.':
      return CharClass::kPeriod;
    case '!':
    case '?':
      return CharClass::kStop;
    case ',':
    case ';':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
      return CharClass::kComma;
    case '"':
      return CharClass::kQuote;
    case '\'':
    case '`':
      return CharClass::kApostrophe;
    case '-':
      return CharClass::kHyphen;
    case '&':
    case '/':
    case ':':
    case '_':
    case '@':
    case '#':
    case '+':
      return CharClass::kConnector;
    default:
      return c <= ' ' || c == 0x7F ? CharClass::kSpace : CharClass::kMark;
  }
}

// Of the Latin letters beyond ASCII, the capitals that names begin with.
bool IsUpper(char32_t c) {
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if (c >= 0x100 && c <= 0x137) return c % 2 == 0;
  if (c >= 0x139 && c <= 0x148) return c % 2 == 1;
  if (c >= 0x14A && c <= 0x177) return c % 2 == 0;
  if (c == 0x179 || c == 0x17B || c == 0x17D) return true;
  if (c >= 0x391 && c <= 0x3A9) return true;
  return c >= 0x400 && c <= 0x42F;
}

CharClass WideClass(char32_t c) {
  switch (c) {
    case 0x85:
    case 0x2028:
    case 0x2029:
      return CharClass::kLineBreak;
    case 0xA0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
      return CharClass::kSpace;
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
      return CharClass::kQuote;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
      return CharClass::kApostrophe;
    case 0x2010:
    case 0x2011:
      return CharClass::kHyphen;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
      return CharClass::kDash;
    case 0x2026:
      return CharClass::kPeriod;
    case 0xAA:
    case 0xB5:
    case 0xBA:
      return CharClass::kLower;
    default:
      break;
  }
  if (c < 0xA0) return CharClass::kSpace;
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return CharClass::kMark;
  if (c >= 0x2000 && c <= 0x200F) return CharClass::kSpace;
  if (c >= 0x2000 && c <= 0x2BFF) return CharClass::kMark;
  if (c >= 0x3001 && c <= 0x303F) return CharClass::kMark;
  if (c >= 0xFE00 && c <= 0xFE0F) return CharClass::kMark;
  if (c >= 0x1F000) return CharClass::kMark;
  return IsUpper(c) ? CharClass::kUpper : CharClass::kLower;
}

#define ONRECORD_CLASSES_4(c) \
  AsciiClass(c), AsciiClass(c + 1), AsciiClass(c + 2), AsciiClass(c + 3)
#define ONRECORD_CLASSES_16(c)                                                 \
  ONRECORD_CLASSES_4(c), ONRECORD_CLASSES_4(c + 4), ONRECORD_CLASSES_4(c + 8), \
      ONRECORD_CLASSES_4(c + 12)

}  // namespace

namespace characters_internal {

constexpr CharClass kAsciiClasses[128] = {
    ONRECORD_CLASSES_16(0),  ONRECORD_CLASSES_16(16), ONRECORD_CLASSES_16(32),
    ONRECORD_CLASSES_16(48), ONRECORD_CLASSES_16(64), ONRECORD_CLASSES_16(80),
    ONRECORD_CLASSES_16(96), ONRECORD_CLASSES_16(112)};

#undef ONRECORD_CLASSES_16
#undef ONRECORD_CLASSES_4

Character WideCharacterAt(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[at + i]);
  };
  const char32_t lead = byte(0);
  const uint32_t length = lead >= 0xF0 && lead < 0xF8   ? 4
                          : lead >= 0xE0 && lead < 0xF0 ? 3
                          : lead >= 0xC2 && lead < 0xE0 ? 2
                                                        : 1;
  if (length == 1 || at + length > text.size()) {
    return {lead, 1, CharClass::kMark};
  }
  char32_t value = lead & (0x7F >> length);
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {lead, 1, CharClass::kMark};
    value = value << 6 | (byte(i) & 0x3F);
  }
  return {value, length, WideClass(value)};
}

}  // namespace characters_internal
}  // namespace extract
}  // namespace onrecord
