// Sayings for tests, written into the text itself:
//
//   MarkedText m("<1 Han> [said] on Friday {that he would wait}.| <1 He> …");
//
// `<n who>` is the source and the speaker's number, `[words]` the cue, each
// `{words}` a piece of content; `|` ends a saying, and the end of the text the
// last one. The marks are not part of the text. A saying without a source has
// speaker -1.

#ifndef ONRECORD_TESTS_ENGINE_EXTRACT_MARKED_TEXT_H_
#define ONRECORD_TESTS_ENGINE_EXTRACT_MARKED_TEXT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

class MarkedText {
 public:
  explicit MarkedText(absl::string_view marked)
      : text_(Strip(marked)), document_(Document::Analyze(text_)) {
    for (const std::vector<Mark>& marks : marks_)
      sayings_.push_back(Make(marks));
  }

  MarkedText(const MarkedText&) = delete;
  MarkedText& operator=(const MarkedText&) = delete;

  const Document& document() const { return document_; }
  std::vector<Saying>& sayings() { return sayings_; }

  std::string TextOf(TokenRange range) const {
    if (range.empty()) return "";
    const Span span = SpanOf(document_, range);
    return text_.substr(span.begin(), span.end() - span.begin());
  }

 private:
  struct Mark {
    char kind;  // '<', '[' or '{'
    int speaker;
    size_t begin;
    size_t end;
  };

  // Takes the marks out of `marked`, into `marks_`.
  std::string Strip(absl::string_view marked) {
    std::string text;
    std::vector<Mark> saying;
    for (size_t i = 0; i < marked.size(); ++i) {
      const char c = marked[i];
      if (c == '|') {
        marks_.push_back(std::move(saying));
        saying.clear();
      } else if (c == '<' || c == '[' || c == '{') {
        int speaker = -1;
        if (c == '<') {
          speaker = marked[i + 1] - '0';
          i += 2;
        }
        saying.push_back({c, speaker, text.size(), text.size()});
      } else if (c == '>' || c == ']' || c == '}') {
        saying.back().end = text.size();
      } else {
        text += c;
      }
    }
    if (!saying.empty()) marks_.push_back(std::move(saying));
    return text;
  }

  TokenRange TokensOf(const Mark& mark) const {
    TokenRange range;
    const std::vector<Token>& tokens = document_.tokens();
    for (uint32_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].end <= mark.begin || tokens[i].begin >= mark.end) continue;
      if (range.empty()) range.first = i;
      range.last = i + 1;
    }
    return range;
  }

  Saying Make(const std::vector<Mark>& marks) const {
    Saying saying;
    for (const Mark& mark : marks) {
      const TokenRange range = TokensOf(mark);
      if (mark.kind == '<') {
        saying.source = range;
        saying.speaker = mark.speaker;
      } else if (mark.kind == '[') {
        saying.cue = range;
      } else {
        saying.content.push_back(range);
      }
    }
    saying.kind = Statement::INDIRECT;
    return saying;
  }

  // Initialised in this order: stripping fills `marks_`.
  std::vector<std::vector<Mark>> marks_;
  const std::string text_;
  const Document document_;
  std::vector<Saying> sayings_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_EXTRACT_MARKED_TEXT_H_
