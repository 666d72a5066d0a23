// An article's text, taken apart: paragraphs, sentences, words, quotations.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_DOCUMENT_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_DOCUMENT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/text/token.h"
#include "engine/extract/text/word_info.h"

namespace onrecord {
namespace extract {

struct Models;

// Thread-safe once made. Refers to `text`, which must outlive it.
class Document {
 public:
  // Takes `text`, valid UTF-8, apart. Every byte belongs to one paragraph or to
  // the space between two. Cost is linear in the length.
  static Document Analyze(absl::string_view text);

  // The same without what is no part of an article (see IsBoilerplate): such
  // lines, credits in brackets at the end of one, and times of day with a dash
  // at the beginning are passed over.
  static Document AnalyzeArticle(absl::string_view text);

  // For the trainer: as Analyze, with models other than the embedded ones.
  static Document Analyze(absl::string_view text, const Models& models);

  absl::string_view text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  const std::vector<Sentence>& sentences() const { return sentences_; }
  const std::vector<Paragraph>& paragraphs() const { return paragraphs_; }
  const std::vector<Quotation>& quotations() const { return quotations_; }

  // What the models look at, for each token.
  const std::vector<WordInfo>& words() const { return words_; }

  // The characters of a token, sentence, paragraph or quotation.
  template <typename Piece>
  absl::string_view TextOf(const Piece& piece) const {
    return text_.substr(piece.begin, piece.end - piece.begin);
  }

 private:
  enum class Lines { kAll, kOfArticle };

  static Document Analyze(absl::string_view text, const Models& models,
                          Lines lines);

  absl::string_view text_;
  std::vector<Token> tokens_;
  std::vector<WordInfo> words_;
  std::vector<Sentence> sentences_;
  std::vector<Paragraph> paragraphs_;
  std::vector<Quotation> quotations_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_DOCUMENT_H_
