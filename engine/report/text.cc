#include "engine/report/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "absl/strings/str_split.h"

namespace onrecord {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Takes the first character off `text`; negative if it is not UTF-8.
UChar32 TakeCharacter(absl::string_view& text, absl::string_view& bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  int64_t length = 0;
  UChar32 character;
  U8_NEXT(data, length, static_cast<int64_t>(text.size()), character);
  bytes = text.substr(0, static_cast<size_t>(length));
  text.remove_prefix(static_cast<size_t>(length));
  return character;
}

bool ActsOnTerminal(UChar32 character) {
  const int8_t type = u_charType(character);
  return type == U_CONTROL_CHAR || type == U_SURROGATE ||
         type == U_FORMAT_CHAR ||
         u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL);
}

size_t WidthOf(UChar32 character) {
  const int8_t type = u_charType(character);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
      type == U_FORMAT_CHAR) {
    return 0;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Appends `word`, which is wider than a line, to `lines` in pieces.
void WrapLongWord(absl::string_view word, size_t width,
                  std::vector<std::string>& lines) {
  std::string line;
  size_t used = 0;
  while (!word.empty()) {
    absl::string_view bytes;
    const size_t character_width = WidthOf(TakeCharacter(word, bytes));
    if (used + character_width > width) {
      lines.push_back(line);
      line.clear();
      used = 0;
    }
    line.append(bytes.data(), bytes.size());
    used += character_width;
  }
  lines.push_back(line);
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  while (!text.empty()) {
    absl::string_view bytes;
    const UChar32 character = TakeCharacter(text, bytes);
    if (character >= 0 && u_isUWhiteSpace(character)) {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    const absl::string_view shown =
        character < 0 || ActsOnTerminal(character) ? kReplacement : bytes;
    out.append(shown.data(), shown.size());
  }
  return out;
}

std::string PrintableLines(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    absl::string_view bytes;
    const UChar32 character = TakeCharacter(text, bytes);
    const bool stays = character >= 0 && (u_isUWhiteSpace(character) ||
                                          !ActsOnTerminal(character));
    const absl::string_view shown = stays ? bytes : kReplacement;
    out.append(shown.data(), shown.size());
  }
  return out;
}

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    absl::string_view bytes;
    width += WidthOf(TakeCharacter(text, bytes));
  }
  return width;
}

std::vector<std::string> WrapText(absl::string_view text, size_t width) {
  std::vector<std::string> lines;
  std::string line;
  size_t used = 0;
  for (const absl::string_view word :
       absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const size_t word_width = DisplayWidth(word);
    if (used > 0 && used + 1 + word_width <= width) {
      line.push_back(' ');
      used += 1;
    } else if (used > 0) {
      lines.push_back(line);
      line.clear();
      used = 0;
    }
    if (word_width > width) {
      WrapLongWord(word, width, lines);
      line = lines.back();
      lines.pop_back();
      used = DisplayWidth(line);
      continue;
    }
    line.append(word.data(), word.size());
    used += word_width;
  }
  if (used > 0 || lines.empty()) lines.push_back(line);
  return lines;
}

}  // namespace onrecord
