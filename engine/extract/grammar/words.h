// Small questions about one token: its letters, its part of speech.

#ifndef ONRECORD_ENGINE_EXTRACT_GRAMMAR_WORDS_H_
#define ONRECORD_ENGINE_EXTRACT_GRAMMAR_WORDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

inline bool IsVerb(Tag tag) { return tag >= Tag::kVB && tag <= Tag::kVBZ; }
inline bool IsNoun(Tag tag) { return tag >= Tag::kNN && tag <= Tag::kNNPS; }
inline bool IsProper(Tag tag) { return tag == Tag::kNNP || tag == Tag::kNNPS; }
inline bool IsAdjective(Tag tag) {
  return tag == Tag::kJJ || tag == Tag::kJJR || tag == Tag::kJJS;
}
inline bool IsAdverb(Tag tag) {
  return tag == Tag::kRB || tag == Tag::kRBR || tag == Tag::kRBS;
}
inline bool IsMark(Tag tag) { return tag >= Tag::kQuote; }
inline bool IsFiniteTag(Tag tag) {
  return tag == Tag::kVBD || tag == Tag::kVBP || tag == Tag::kVBZ ||
         tag == Tag::kMD;
}

// The characters that the tokens of `range` cover. Empty for an empty range.
absl::string_view TextOf(const Document& document, TokenRange range);

// The token's characters in lower case (ASCII letters only).
std::string Lower(const Document& document, uint32_t token);

// True if the token's characters are `word`, which is in lower case.
bool WordIs(const Document& document, uint32_t token, absl::string_view word);

// True if `word`, in lower case, is one of the space-separated `list`.
bool InList(absl::string_view word, absl::string_view list);

// True if the first character is an upper-case letter, of any alphabet with
// two cases that news in English uses (Latin, Greek, Cyrillic).
bool IsCapitalized(absl::string_view word);

// Names a day, month, year or stretch of time ("Tuesday", "week", "2025").
bool IsTimeWord(const Document& document, uint32_t token);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_GRAMMAR_WORDS_H_
