// Somebody's words as a sieve found them: tokens, not yet entities.

#ifndef ONRECORD_ENGINE_EXTRACT_STATEMENT_FINDING_H_
#define ONRECORD_ENGINE_EXTRACT_STATEMENT_FINDING_H_

#include <string>
#include <vector>

#include "engine/extract/cues/cue_lexicon.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

struct Finding {
  // The whole noun phrase, with title and apposition. Empty if the text names
  // nobody here.
  TokenRange source;

  // The part of `source` that names or describes the speaker.
  TokenRange core;

  TokenRange cue;
  std::vector<TokenRange> content;  // in order of the text

  // Null if no cue of the lexicon was used.
  const CueEntry* entry = nullptr;
  Frame frame = Frame::kNothing;

  TokenRange addressee;
  TokenRange adjuncts;  // time, place, occasion between cue and content

  // Where `source` is empty: the attribution whose speaker goes on speaking,
  // as an index into SieveState::found. -1 for none.
  int carried_from = -1;

  // The speaker is inferred, not said: unmarked speech.
  bool inferred = false;

  // Tells something only within reported words: "Japan will …".
  bool only_nested = false;

  double confidence = 0;

  // The sieve's name, for a reader.
  std::string sieve;

  // The first token of cue and content, for order.
  uint32_t begin() const {
    uint32_t first = content.empty() ? cue.first : content.front().first;
    if (!cue.empty() && cue.first < first) first = cue.first;
    return first;
  }
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STATEMENT_FINDING_H_
