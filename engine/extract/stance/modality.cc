#include "engine/extract/stance/modality.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {
namespace {

bool HasVerb(const Document& document, TokenRange range) {
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsVerbOrModal(document.tokens()[i].tag)) return true;
  }
  return false;
}

// "In return for" is a condition without a verb; "serious, if stingy" is none.
bool IsRealCondition(const Document& document, const Clause& clause) {
  if (clause.kind != ClauseKind::kCondition) return false;
  const std::string& word = document.tokens()[clause.range.first].lemma;
  return word == "in" || word == "on" || HasVerb(document, clause.range);
}

}  // namespace

bool IsConditional(const Document& document, const Saying& saying) {
  for (const TokenRange part : saying.content) {
    for (const Clause& clause : SplitClauses(document, part)) {
      if (IsRealCondition(document, clause)) return true;
    }
  }
  return false;
}

bool NegatesPredicate(const Document& document, uint32_t token) {
  constexpr int kReach = 3;
  const std::vector<Token>& tokens = document.tokens();
  const Sentence& sentence = document.sentences()[tokens[token].sentence];
  const std::string& word = tokens[token].lemma;
  // Marks and adverbs are looked through: was “not on the table”, "is still
  // no".
  const Token* before = nullptr;
  for (uint32_t i = token; i-- > sentence.first && before == nullptr;) {
    const Tag tag = tokens[i].tag;
    if (tag != Tag::kQuote && tag != Tag::kRB) before = &tokens[i];
  }
  if (before != nullptr && word != "not" && before->tag == Tag::kIN &&
      before->lemma != "that" && before->lemma != "because") {
    return false;
  }
  int ahead = 0;
  bool has_verb = before != nullptr && IsVerbOrModal(before->tag);
  for (uint32_t i = token + 1; i < sentence.last && ahead < kReach; ++i) {
    const Token& next = tokens[i];
    if (next.tag == Tag::kQuote) continue;
    if (ahead++ == 0 && next.lemma == "only") return false;
    if (next.tag >= Tag::kComma) break;
    has_verb |= IsVerbOrModal(next.tag);
  }
  return has_verb || before == nullptr || before->tag == Tag::kEX;
}

bool IsNegated(const Document& document, const Saying& saying) {
  for (uint32_t i = saying.cue.first; i < saying.cue.last; ++i) {
    if (IsNegation(document, i)) return true;
  }
  for (const TokenRange part : saying.content) {
    for (const Clause& clause : SplitClauses(document, part)) {
      if (clause.kind != ClauseKind::kMain) continue;
      for (uint32_t i = clause.range.first; i < clause.range.last; ++i) {
        if (IsNegation(document, i) && NegatesPredicate(document, i)) {
          return true;
        }
      }
    }
  }
  return false;
}

}  // namespace extract
}  // namespace onrecord
