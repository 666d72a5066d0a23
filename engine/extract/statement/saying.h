// A statement of one article as far as the sieves have found it: the input of
// the modules that add when it was said, what about and for which side.

#ifndef ONRECORD_ENGINE_EXTRACT_STATEMENT_SAYING_H_
#define ONRECORD_ENGINE_EXTRACT_STATEMENT_SAYING_H_

#include <cstdint>
#include <vector>

#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"
#include "proto/statement.pb.h"

namespace onrecord {
namespace extract {

// Ranges are of one Document's tokens. Sayings stand in the order of the text.
struct Saying {
  TokenRange source;                // who, empty if the text does not say
  TokenRange cue;                   // the words that report, empty if none do
  std::vector<TokenRange> content;  // in the order of the text; may be empty
  Statement::Kind kind = Statement::KIND_UNSPECIFIED;

  // The same number for the same speaker throughout the article (an index into
  // Extraction::entities); -1 if unknown.
  int speaker = -1;

  // The speaker is a newspaper, a broadcaster or an agency, which passes on.
  bool is_medium = false;

  // The text keeps the speaker's name back.
  bool is_unnamed = false;

  // Several speak: "both sides", "each".
  bool is_joint = false;

  // The speaker is the government or body that the outer speaker speaks for.
  bool is_of_outer = false;

  // The saying that this one was reported within, as an index into the same
  // list; -1 at the top level.
  int parent = -1;
};

// The bytes from the range's first token to its last. REQUIRES: not empty.
inline Span SpanOf(const Document& document, TokenRange range) {
  Span span;
  span.set_begin(document.tokens()[range.first].begin);
  span.set_end(document.tokens()[range.last - 1].end);
  return span;
}

// The sentence in which the reporting stands: that of the cue, else of the
// source, else of the content. -1 if all three are empty.
inline int SentenceOf(const Document& document, const Saying& saying) {
  const auto of = [&document](TokenRange range) {
    return static_cast<int>(document.tokens()[range.first].sentence);
  };
  if (!saying.cue.empty()) return of(saying.cue);
  if (!saying.source.empty()) return of(saying.source);
  for (const TokenRange range : saying.content) {
    if (!range.empty()) return of(range);
  }
  return -1;
}

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STATEMENT_SAYING_H_
