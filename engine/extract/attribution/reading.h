// What the attribution models see of a document, token by token.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_READING_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_READING_H_

#include <cstdint>
#include <vector>

#include "engine/extract/models/models.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// Tags by their first letter, as far as the models tell them apart.
enum class WordClass : uint8_t { kOther, kNoun, kVerb, kAdjective };
WordClass WordClassOf(Tag tag);

// Marks that clauses end at.
enum class Boundary : uint8_t { kNone, kComma, kSemicolon, kColon, kDash };

// Where a token stands in its quotation.
enum class QuoteState : uint8_t { kOutside, kInside, kOpens, kCloses };

struct ReadToken {
  uint64_t lemma = 0;  // hash; names that the lexicon lacks share one by class
  uint32_t paragraph = 0;
  uint16_t cue = 0;  // how often the lemma is a cue, in thousandths
  uint8_t tag = 0;
  WordClass word_class = WordClass::kOther;
  Boundary boundary = Boundary::kNone;
  QuoteState quote = QuoteState::kOutside;
  bool quote_is_long = false;
  bool quote_is_closed = false;
  bool is_word = false;
  bool is_cue = false;  // `cue` is high enough to look at its neighbours
};

// How many tokens of a kind stand before each token.
class RunningCount {
 public:
  void Reserve(size_t size) { sums_.reserve(size + 1); }
  void Push(uint32_t value) { sums_.push_back(sums_.back() + value); }
  uint32_t In(uint32_t first, uint32_t last) const {
    return first < last ? sums_[last] - sums_[first] : 0;
  }
  uint32_t In(TokenRange range) const { return In(range.first, range.last); }

 private:
  std::vector<uint32_t> sums_ = {0};
};

// Thread-safe once made. Refers to `document`, which must outlive it.
class Reading {
 public:
  Reading(const Document& document, const Models& models);

  const Document& document() const { return document_; }
  const ReadToken& operator[](uint32_t i) const { return tokens_[i]; }
  uint32_t size() const { return static_cast<uint32_t>(tokens_.size()); }

  // The tokens of the sentence or paragraph that token `i` is in.
  TokenRange SentenceOf(uint32_t i) const;
  TokenRange ParagraphOf(uint32_t i) const;
  TokenRange Paragraph(uint32_t paragraph) const;

  // `range` without marks at its ends.
  TokenRange Trimmed(TokenRange range) const;

  const RunningCount& words() const { return words_; }
  const RunningCount& verbs() const { return verbs_; }
  const RunningCount& cues() const { return cues_; }
  const RunningCount& boundaries() const { return boundaries_; }
  const RunningCount& commas() const { return commas_; }
  const RunningCount& quoted() const { return quoted_; }  // words in quotations

 private:
  ReadToken Read(uint32_t i, const Models& models) const;

  const Document& document_;
  std::vector<ReadToken> tokens_;
  RunningCount words_;
  RunningCount verbs_;
  RunningCount cues_;
  RunningCount boundaries_;
  RunningCount commas_;
  RunningCount quoted_;
};

// The lemma as ReadToken has it.
uint64_t LemmaKey(const Document& document, uint32_t i);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_READING_H_
