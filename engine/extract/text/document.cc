#include "engine/extract/text/document.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/boilerplate.h"
#include "engine/extract/models/models.h"
#include "engine/extract/text/characters.h"
#include "engine/extract/text/lemmatizer.h"
#include "engine/extract/text/name_tagger.h"
#include "engine/extract/text/quotations.h"
#include "engine/extract/text/sentence_splitter.h"
#include "engine/extract/text/tagger.h"
#include "engine/extract/text/tokenizer.h"
#include "engine/extract/text/word_info.h"

namespace onrecord {
namespace extract {
namespace {

// The next line at or after `begin`, as bytes [begin, end).
struct Line {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t next = 0;  // where the one after it begins
};

Line LineAt(absl::string_view text, uint32_t begin) {
  uint32_t i = begin;
  while (i < text.size()) {
    const Character c = CharacterAt(text, i);
    if (c.type == CharClass::kLineBreak) return {begin, i, i + c.length};
    i += c.length;
  }
  return {begin, i, i};
}

}  // namespace

Document Document::Analyze(absl::string_view text) {
  return Analyze(text, Models::Embedded());
}

Document Document::Analyze(absl::string_view text, const Models& models) {
  return Analyze(text, models, Lines::kAll);
}

Document Document::AnalyzeArticle(absl::string_view text) {
  return Analyze(text, Models::Embedded(), Lines::kOfArticle);
}

Document Document::Analyze(absl::string_view text, const Models& models,
                           Lines lines) {
  Document document;
  document.text_ = text;
  std::vector<Token>& tokens = document.tokens_;
  tokens.reserve(text.size() / 5);
  for (uint32_t at = 0; at < text.size();) {
    Line line = LineAt(text, at);
    at = line.next;
    if (lines == Lines::kOfArticle) {
      const absl::string_view words =
          text.substr(line.begin, line.end - line.begin);
      if (IsBoilerplate(words)) continue;
      const absl::string_view uncredited = WithoutCredit(words);
      line.end = line.begin + uncredited.size();
      line.begin = line.end - WithoutTimeStamp(uncredited).size();
    }
    const auto first = static_cast<uint32_t>(tokens.size());
    Tokenize(text, line.begin, line.end, tokens);
    const auto last = static_cast<uint32_t>(tokens.size());
    if (first == last) continue;
    const auto number = static_cast<uint32_t>(document.paragraphs_.size());
    FindQuotations(text, first, last, number, tokens, document.quotations_);
    Paragraph paragraph;
    paragraph.first = static_cast<uint32_t>(document.sentences_.size());
    SplitSentences(text, first, last, number, document.quotations_, tokens,
                   document.sentences_);
    paragraph.last = static_cast<uint32_t>(document.sentences_.size());
    paragraph.begin = tokens[first].begin;
    paragraph.end = tokens[last - 1].end;
    document.paragraphs_.push_back(paragraph);
  }
  document.words_.reserve(tokens.size());
  for (const Token& token : tokens) {
    document.words_.push_back(InfoOf(document.TextOf(token), models.lexicon));
  }
  NameTagger names(models, document.words_);
  for (const Sentence& sentence : document.sentences_) {
    TagSentence(text, sentence, models, document.words_, tokens);
    names.TagSentence(sentence, tokens);
  }
  for (Token& token : tokens) {
    token.lemma = Lemmatize(document.TextOf(token), token.tag);
  }
  return document;
}

}  // namespace extract
}  // namespace onrecord
