// Parts of a sentence that hold only under a condition, and what is negated.

#ifndef ONRECORD_ENGINE_EXTRACT_GRAMMAR_CLAUSES_H_
#define ONRECORD_ENGINE_EXTRACT_GRAMMAR_CLAUSES_H_

#include <cstdint>
#include <vector>

#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// What a clause is to the one it belongs to.
enum class ClauseKind : uint8_t {
  kMain,       // the first, and those joined to it by "and", "but", ";"
  kCondition,  // after "if", "unless", "provided", "as long as"
  kReason,     // after "because", "since", "as"
  kTime,       // after "until", "when", "before", "after", "once"
  kRelative,   // after "who", "which", "that" behind a noun
};

// A clause as far as words and tags show it: from one conjunction, relative
// pronoun or comma with a verb behind it to the next.
struct Clause {
  TokenRange range;
  ClauseKind kind = ClauseKind::kMain;
};

// Cuts `range` into clauses, in the order of the text, without gaps.
std::vector<Clause> SplitClauses(const Document& document, TokenRange range);

// Whether a condition begins at `token`: "if", "unless", "provided", "as long
// as", "on condition", "should" before its subject.
bool IsConditionWord(const Document& document, uint32_t token);

// Whether the word at `token` negates by grammar: "not", "no", "never",
// "neither", "nobody", "cannot".
bool IsNegation(const Document& document, uint32_t token);

// Whether the noun phrase in which `token` stands only says when: "before the
// second round of TALKS". Looks back no further than `first`.
bool StandsInTimePhrase(const Document& document, uint32_t first,
                        uint32_t token);

// Where the words at `token` end that say that a thing is as it was:
// "unchanged", "at 5%", "on hold". `token` itself if there are none.
uint32_t EndOfAsItWas(const Document& document, uint32_t token);

bool IsFiniteVerb(Tag tag);   // a verb with tense, or a modal
bool IsVerbOrModal(Tag tag);  // any form of a verb, or a modal

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_GRAMMAR_CLAUSES_H_
