#include "engine/extract/grammar/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kTimeWords =
    "monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december jan "
    "jan. feb feb. mar. apr. aug aug. sept sept. oct oct. nov nov. dec dec. "
    "today yesterday tomorrow tonight day week weekend month year morning "
    "afternoon evening night hour days weeks months years hours decade spring "
    "summer autumn winter noon midday";

}  // namespace

absl::string_view TextOf(const Document& document, TokenRange range) {
  if (range.empty()) return {};
  const uint32_t begin = document.tokens()[range.first].begin;
  const uint32_t end = document.tokens()[range.last - 1].end;
  return document.text().substr(begin, end - begin);
}

std::string Lower(const Document& document, uint32_t token) {
  return absl::AsciiStrToLower(document.TextOf(document.tokens()[token]));
}

bool WordIs(const Document& document, uint32_t token, absl::string_view word) {
  return absl::EqualsIgnoreCase(document.TextOf(document.tokens()[token]),
                                word);
}

bool InList(absl::string_view word, absl::string_view list) {
  if (word.empty()) return false;
  for (size_t at = list.find(word); at != absl::string_view::npos;
       at = list.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') &&
        (end == list.size() || list[end] == ' ')) {
      return true;
    }
  }
  return false;
}

bool IsCapitalized(absl::string_view word) {
  if (word.empty()) return false;
  if (absl::ascii_isupper(word[0])) return true;
  if (word.size() < 2) return false;
  const auto first = static_cast<unsigned char>(word[0]);
  const auto second = static_cast<unsigned char>(word[1]);
  // Two-byte sequences: Latin-1 capitals, every other letter of Latin
  // Extended-A, Greek and Cyrillic capitals.
  if (first == 0xC3) return second >= 0x80 && second <= 0x9E && second != 0x97;
  if (first == 0xC4 || first == 0xC5) return second % 2 == 0;
  if (first == 0xCE) return second >= 0x86 && second <= 0xAB;
  if (first == 0xD0) return second >= 0x80 && second <= 0xAF;
  return false;
}

bool IsTimeWord(const Document& document, uint32_t token) {
  const std::string word = Lower(document, token);
  if (InList(word, kTimeWords)) {
    // "May" and "March" are times only as names, not as verbs.
    return (word != "may" && word != "march") ||
           IsCapitalized(document.TextOf(document.tokens()[token]));
  }
  return word.size() == 4 && (word[0] == '1' || word[0] == '2') &&
         absl::ascii_isdigit(word[1]) && absl::ascii_isdigit(word[2]) &&
         absl::ascii_isdigit(word[3]);
}

}  // namespace extract
}  // namespace onrecord
