// A text with everything that the sieves read about it.

#ifndef ONRECORD_TESTS_ENGINE_EXTRACT_READ_TEXT_H_
#define ONRECORD_TESTS_ENGINE_EXTRACT_READ_TEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/extract/cues/cues.h"
#include "engine/extract/grammar/grammar.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/statement/finding.h"
#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {

// Neither copied nor moved: its parts refer to each other.
class ReadText {
 public:
  explicit ReadText(std::string text)
      : text_(std::move(text)),
        document_(Document::Analyze(text_)),
        grammar_(document_),
        cues_(grammar_) {}
  ReadText(const ReadText&) = delete;
  ReadText& operator=(const ReadText&) = delete;

  const Document& document() const { return document_; }
  const Grammar& grammar() const { return grammar_; }
  const CueList& cues() const { return cues_; }

  std::string Words(TokenRange range) const {
    return std::string(TextOf(document_, range));
  }

  // The tokens of the first place where the text has `words`; empty if none.
  TokenRange Find(const std::string& words) const {
    const size_t at = text_.find(words);
    TokenRange range;
    if (at == std::string::npos) return range;
    for (uint32_t i = 0; i < document_.tokens().size(); ++i) {
      const Token& token = document_.tokens()[i];
      if (token.begin < at || token.end > at + words.size()) continue;
      if (range.empty()) range.first = i;
      range.last = i + 1;
    }
    return range;
  }

  // "source | cue | content / content", "-" for nobody.
  std::string Render(const Finding& finding) const {
    std::vector<std::string> content;
    for (const TokenRange range : finding.content) {
      content.push_back(Words(range));
    }
    return absl::StrCat(finding.source.empty() ? "-" : Words(finding.source),
                        " | ", finding.cue.empty() ? "-" : Words(finding.cue),
                        " | ", absl::StrJoin(content, " / "));
  }

 private:
  const std::string text_;
  const Document document_;
  const Grammar grammar_;
  const CueList cues_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_EXTRACT_READ_TEXT_H_
