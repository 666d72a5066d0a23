// According to Mori, …; …, according to Mori.

#include <algorithm>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

// Whether a finite verb follows the comma at `at`, or the one that closes the
// relative clause that begins behind it: ", said"; ", who took office, said".
bool VerbFollows(const SieveState& state, uint32_t at, uint32_t last) {
  const std::vector<Token>& tokens = state.document().tokens();
  if (at + 1 >= last) return false;
  if (tokens[at + 1].tag == Tag::kWP || tokens[at + 1].tag == Tag::kWDT) {
    do {
      ++at;
    } while (at + 1 < last && tokens[at].tag != Tag::kComma);
  }
  return at + 1 < last && state.grammar().VerbGroupAt(at + 1) != nullptr;
}

// The source behind "according to", its apposition and relative clause taken
// in: up to the comma that closes them.
TokenRange SourceFrom(const SieveState& state, uint32_t first, uint32_t last) {
  const Document& document = state.document();
  TokenRange source = state.grammar().FullPhraseFrom(first, last);
  if (source.empty()) return source;
  // "Two officials briefed on the plan".
  if (source.last + 2 < last &&
      (document.tokens()[source.last].tag == Tag::kVBN ||
       document.tokens()[source.last].tag == Tag::kVBD)) {
    uint32_t next = source.last + 1;
    if (document.tokens()[next].tag == Tag::kIN) ++next;
    const TokenRange object = state.grammar().FullPhraseFrom(next, last);
    if (!object.empty()) source.last = object.last;
  }
  const uint32_t at = source.last;
  // ", a lobby," or ", which …," between two commas; not who then does
  // something: "According to the paper, the minister, who …, said".
  if (at + 1 < last && document.tokens()[at].tag == Tag::kComma) {
    const Subject with = FindInvertedSubject(state.grammar(), first);
    if (with.range.last > source.last && with.range.last < last &&
        document.tokens()[with.range.last].tag == Tag::kComma &&
        !VerbFollows(state, with.range.last, last)) {
      source.last = with.range.last;
    }
  }
  return source;
}

}  // namespace

void SiftAccordingTo(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  for (const Sentence& sentence : document.sentences()) {
    for (uint32_t i = sentence.first; i + 2 < sentence.last; ++i) {
      if (!WordIs(document, i, "according") || !WordIs(document, i + 1, "to")) {
        continue;
      }
      const TokenRange source = SourceFrom(state, i + 2, sentence.last);
      if (source.empty()) continue;
      Finding found;
      found.source = source;
      found.core = state.grammar().FullPhraseFrom(i + 2, source.last);
      found.cue = {i, i + 2};
      found.frame = Frame::kParenthetical;
      found.confidence = 0.93;
      found.sieve = name;
      uint32_t last = sentence.last;
      while (last > source.last && (tokens[last - 1].tag == Tag::kStop ||
                                    (tokens[last - 1].tag == Tag::kQuote &&
                                     tokens[last - 1].quotation < 0))) {
        --last;
      }
      uint32_t start = sentence.first;
      for (uint32_t k = i; k-- > sentence.first;) {
        if (WordIs(document, k, ";")) {
          start = k + 1;
          break;
        }
      }
      if (i > start) {
        uint32_t end = i;
        while (end > start && (tokens[end - 1].tag == Tag::kComma ||
                               IsAdverb(tokens[end - 1].tag))) {
          --end;
        }
        while (start < end && tokens[start].tag == Tag::kCC) ++start;
        if (end > start) found.content.push_back({start, end});
      }
      if (source.last + 1 < last && tokens[source.last].tag == Tag::kComma) {
        found.content.push_back({source.last + 1, last});
      }
      if (found.content.empty()) continue;
      state.UseQuotations(found);
      state.found.push_back(std::move(found));
    }
  }
}

}  // namespace extract
}  // namespace onrecord
