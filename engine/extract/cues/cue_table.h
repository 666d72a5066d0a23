// The words that report what somebody says, holds or does, as a table.

#ifndef ONRECORD_ENGINE_EXTRACT_CUES_CUE_TABLE_H_
#define ONRECORD_ENGINE_EXTRACT_CUES_CUE_TABLE_H_

#include <cstddef>
#include <cstdint>

namespace onrecord {
namespace extract {

enum class CueClass : uint8_t {
  kSay,   // an act of speech: say, warn, reject, "voice concern over"
  kHold,  // a view, wish or intention: believe, want, "be opposed to"
  kAct,   // a deed that shows a position: impose, vote, sign
};

// One row. `words` are lemmas: a verb and what must follow it; adverbs,
// adjectives and determiners may stand between. A leading "not" asks for a
// negated verb. A leading "be" also takes "remain", "become", "stay", "feel".
//
// `frames` lists what the cue may govern, each with how often, in per cent, it
// then reports something outside other reported words:
//   t  that-clause            c  clause without "that"    w  whether, what,
//   why… i  to-infinitive          g  -ing form                o  noun phrase
//   p  quotation, or a clause before the cue ("…, he said")
//   n  nothing: the cue is the whole statement ("declined to comment")
//   r  noun phrase and what it is left as ("left its rate unchanged")
struct CueRow {
  const char* words;
  CueClass cue_class;
  const char* frames;
};

// Sorted by class, then by words.
extern const CueRow kCueRows[];
extern const size_t kCueRowCount;

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_CUES_CUE_TABLE_H_
