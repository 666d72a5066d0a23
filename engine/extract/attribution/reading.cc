#include "engine/extract/attribution/reading.h"

#include <cstddef>

#include "absl/strings/string_view.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/text/characters.h"
#include "engine/extract/text/place_names.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint16_t kCueThreshold = 120;
constexpr uint32_t kLongQuotation = 7;  // tokens

Boundary BoundaryOf(absl::string_view word) {
  const Character c = CharacterAt(word, 0);
  if (c.value == ',') return Boundary::kComma;
  if (c.value == ';') return Boundary::kSemicolon;
  if (c.value == ':') return Boundary::kColon;
  if (c.type == CharClass::kDash || word == "--" || word == "---") {
    return Boundary::kDash;
  }
  return Boundary::kNone;
}

}  // namespace

WordClass WordClassOf(Tag tag) {
  if (tag >= Tag::kNN && tag <= Tag::kNNPS) return WordClass::kNoun;
  if (tag >= Tag::kVB && tag <= Tag::kVBZ) return WordClass::kVerb;
  if (tag >= Tag::kJJ && tag <= Tag::kJJS) return WordClass::kAdjective;
  return WordClass::kOther;
}

uint64_t LemmaKey(const Document& document, uint32_t i) {
  const Token& token = document.tokens()[i];
  const bool name = token.tag == Tag::kNNP || token.tag == Tag::kNNPS;
  if (!name && token.name == NameClass::kNone) return HashLower(token.lemma);
  const WordInfo& word = document.words()[i];
  if (word.word != WordInfo::kUnknown) return HashLower(token.lemma);
  return MixHash(static_cast<uint64_t>(token.name) + 100,
                 static_cast<uint64_t>(PlaceKindOf(word.lower)));
}

ReadToken Reading::Read(uint32_t i, const Models& models) const {
  const Token& token = document_.tokens()[i];
  ReadToken read;
  read.lemma = LemmaKey(document_, i);
  read.paragraph = document_.sentences()[token.sentence].paragraph;
  read.tag = static_cast<uint8_t>(token.tag);
  read.word_class = WordClassOf(token.tag);
  read.boundary = BoundaryOf(document_.TextOf(token));
  read.is_word = document_.words()[i].letters;
  if (token.quotation >= 0) {
    const Quotation& quotation = document_.quotations()[token.quotation];
    read.quote = quotation.opened && quotation.first == i ? QuoteState::kOpens
                 : quotation.closed && quotation.last == i + 1
                     ? QuoteState::kCloses
                     : QuoteState::kInside;
    read.quote_is_long = quotation.last - quotation.first >= kLongQuotation;
    read.quote_is_closed = quotation.closed;
  }
  const auto cue = models.cues.Find(
      MixHash(read.lemma, static_cast<uint64_t>(read.word_class)));
  if (!cue.empty()) read.cue = static_cast<uint16_t>(cue.front().weight);
  read.is_cue = read.cue >= kCueThreshold && token.lemma != "be" &&
                token.lemma != "have" && token.lemma != "do";
  return read;
}

Reading::Reading(const Document& document, const Models& models)
    : document_(document) {
  const auto size = static_cast<uint32_t>(document.tokens().size());
  tokens_.reserve(size);
  for (RunningCount* count :
       {&words_, &verbs_, &cues_, &boundaries_, &commas_, &quoted_}) {
    count->Reserve(size);
  }
  for (uint32_t i = 0; i < size; ++i) {
    const ReadToken read = Read(i, models);
    tokens_.push_back(read);
    const bool outside = read.quote == QuoteState::kOutside;
    words_.Push(read.is_word);
    verbs_.Push(read.word_class == WordClass::kVerb);
    cues_.Push(read.is_cue);
    boundaries_.Push(read.boundary != Boundary::kNone &&
                     read.boundary != Boundary::kColon);
    commas_.Push(read.boundary == Boundary::kComma);
    quoted_.Push(read.is_word && !outside);
  }
}

TokenRange Reading::SentenceOf(uint32_t i) const {
  const Sentence& sentence =
      document_.sentences()[document_.tokens()[i].sentence];
  return {sentence.first, sentence.last};
}

TokenRange Reading::Paragraph(uint32_t paragraph) const {
  const auto& piece = document_.paragraphs()[paragraph];
  return {document_.sentences()[piece.first].first,
          document_.sentences()[piece.last - 1].last};
}

TokenRange Reading::ParagraphOf(uint32_t i) const {
  return Paragraph(tokens_[i].paragraph);
}

TokenRange Reading::Trimmed(TokenRange range) const {
  while (!range.empty() && !tokens_[range.first].is_word) ++range.first;
  while (!range.empty() && !tokens_[range.last - 1].is_word) --range.last;
  return range;
}

}  // namespace extract
}  // namespace onrecord
