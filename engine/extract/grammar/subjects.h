// Who does what a verb says: the noun phrase that is its subject.

#ifndef ONRECORD_ENGINE_EXTRACT_GRAMMAR_SUBJECTS_H_
#define ONRECORD_ENGINE_EXTRACT_GRAMMAR_SUBJECTS_H_

#include <cstdint>

#include "engine/extract/grammar/grammar.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

struct Subject {
  enum class Kind : uint8_t {
    kNone,
    kDirect,    // stands before its verb
    kRelative,  // "who": the range is the antecedent and the pronoun
    kShared,    // that of an earlier verb, joined by "and", or of the main verb
    kInverted,  // stands behind its verb: "said Mori"
    kAgent,     // "by Mori", of a passive
  };
  Kind kind = Kind::kNone;

  // The whole phrase, title and apposition included.
  TokenRange range;

  // The phrase that names or describes the speaker: for "its chairwoman, Oh
  // Mi-kyung, " the name, for "X, who" the antecedent.
  TokenRange core;

  bool found() const { return kind != Kind::kNone; }
};

// The subject of `group`, looking back within its sentence. Cost is bounded by
// a fixed number of tokens.
Subject FindSubject(const Grammar& grammar, const VerbGroup& group);

// The noun phrase behind `after` if it can be an inverted subject ("said
// Mori, who …").
Subject FindInvertedSubject(const Grammar& grammar, uint32_t after);

// The agent of a passive: "by" and a noun phrase at `after`.
Subject FindAgent(const Grammar& grammar, uint32_t after);

// The whole phrase that ends before `end` (a token index), with what hangs on
// it to the left: "A spokesperson for Kitano Precision". Empty if none ends
// there.
TokenRange PhraseEndingAt(const Grammar& grammar, uint32_t end);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_GRAMMAR_SUBJECTS_H_
