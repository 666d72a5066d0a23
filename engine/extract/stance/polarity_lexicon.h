// The lexicon behind FindPolarity: general English, one list for each effect.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_LEXICON_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_LEXICON_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace onrecord {
namespace extract {

// Each word has one effect whatever part of speech it is used as: to "reject"
// and a "rejection" turn the sign of what they govern alike.
enum class Effect : uint8_t {
  kPromote,      // makes, keeps, strengthens or wants it: "extend", "welcome"
  kHinder,       // ends, weakens or refuses it: "lift", "oppose"
  kReopen,       // lets go on what was held back: "resume", "reopen"
  kRestriction,  // a thing that holds something back: "ban", "curbs"
  kGood,         // a judgement: "right", "help"
  kBad,          // a judgement: "mistake", "hurt"
  kNeutral,      // declares that no side is taken: "undecided"
  kSilent,       // says nothing of a side: "declined to comment", "denied"
};

// The sign that `effect` multiplies with: -1 for what hinders, restricts or
// judges badly, 0 for kNeutral, else +1.
int SignOf(Effect effect);

// Whether `effect` is a judgement, which counts only of what it is said of.
bool IsJudgement(Effect effect);

// Whether `effect` holds something back, of a thing: "the ban", "a halt".
bool IsRestrictive(Effect effect);

// Words of one effect, with commas between. An entry is a word, for all of its
// family ("reject" stands for "rejected" and "rejection"), or several words in
// dictionary form; between those an article or adverb may stand in the text.
struct PolarityList {
  Effect effect;
  absl::string_view entries;
};

// All lists. An entry is in one of them only.
absl::Span<const PolarityList> PolarityLexicon();

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_POLARITY_LEXICON_H_
