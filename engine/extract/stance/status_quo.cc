#include "engine/extract/stance/status_quo.h"

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kKeeping =
    "keep leave hold maintain remain stay retain preserve continue";
constexpr absl::string_view kChanging =
    "cut raise lower reduce increase decrease rise fall hike trim slash ease "
    "tighten loosen double triple halve shorten widen narrow";

constexpr absl::string_view kAltering = "touch alter";

}  // namespace

int StatusQuoSide(const std::string& proposition) {
  const Document document = Document::Analyze(proposition);
  const std::vector<Token>& tokens = document.tokens();
  uint32_t i = 0;
  while (i < tokens.size() && tokens[i].tag != Tag::kMD) ++i;
  for (; i < tokens.size(); ++i) {
    if (!IsVerb(tokens[i].tag) || tokens[i].lemma == "be") continue;
    if (InList(tokens[i].lemma, kKeeping)) return 1;
    return InList(tokens[i].lemma, kChanging) ? -1 : 0;
  }
  return 0;
}

TokenRange FindStatusQuo(const Document& document, TokenRange range) {
  const std::vector<Token>& tokens = document.tokens();
  uint32_t verb = range.last;
  uint32_t negation = range.last;
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsNegation(document, i)) negation = i;
    // "Would not be touched".
    if (IsVerb(tokens[i].tag) && InList(tokens[i].lemma, kAltering) &&
        negation < i) {
      return {negation, i + 1};
    }
    if (IsVerb(tokens[i].tag)) {
      verb = InList(tokens[i].lemma, kKeeping) ? i : range.last;
      continue;
    }
    if (verb == range.last) continue;
    const uint32_t end = EndOfAsItWas(document, i);
    if (end > i && end <= range.last) return {verb, end};
  }
  return {};
}

}  // namespace extract
}  // namespace onrecord
