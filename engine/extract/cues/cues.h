// The cues of a document, and what each of them governs.

#ifndef ONRECORD_ENGINE_EXTRACT_CUES_CUES_H_
#define ONRECORD_ENGINE_EXTRACT_CUES_CUES_H_

#include <cstdint>
#include <vector>

#include "engine/extract/cues/cue_lexicon.h"
#include "engine/extract/grammar/grammar.h"
#include "engine/extract/grammar/subjects.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// What follows a cue.
struct Complement {
  Frame frame = Frame::kNothing;

  // From the first word of what the cue governs to its last; empty for
  // kNothing and where a quotation follows that begins elsewhere.
  TokenRange content;

  // "told reporters", "expressed to China". Empty if nobody is addressed.
  TokenRange addressee;

  // Words between cue and content: time, place, occasion ("in an interview
  // with Herald Television on Wednesday").
  TokenRange adjuncts;
};

struct Cue {
  uint32_t group = 0;  // index into Grammar::verb_groups()
  CueMatch match;
  Subject subject;
  Complement complement;

  const CueEntry& entry() const { return *match.entry; }
};

// Thread-safe once made. Refers to the grammar, which must outlive it.
class CueList {
 public:
  // Cost is linear in the number of tokens.
  explicit CueList(const Grammar& grammar);

  const Grammar& grammar() const { return *grammar_; }
  const Document& document() const { return grammar_->document(); }

  // In order of the text.
  const std::vector<Cue>& cues() const { return cues_; }

  // The cue whose verb group `token` is part of; null for none.
  const Cue* CueAt(uint32_t token) const;

  // The end of a content that begins at `first` and that `cue` governs in
  // `frame`: the end of its sentence, or where another cue of the same speaker
  // goes on.
  uint32_t ContentEnd(uint32_t first, const Cue& cue, Frame frame) const;

 private:
  void FindCues();
  Complement FindComplement(const Cue& cue) const;

  const Grammar* grammar_;
  std::vector<Cue> cues_;
  std::vector<int32_t> cue_of_group_;  // by verb group, -1 for none
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_CUES_CUES_H_
