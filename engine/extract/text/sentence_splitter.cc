#include "engine/extract/text/sentence_splitter.h"

#include <algorithm>
#include <cstddef>

#include "engine/extract/text/abbreviations.h"
#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

// Words that, with a capital after an abbreviation that may end a sentence,
// begin the next one. Sorted.
constexpr absl::string_view kStarters[] = {
    "A",      "According", "After",   "All",    "Also",  "Although", "An",
    "And",    "Another",   "Are",     "As",     "Asked", "At",       "Because",
    "Before", "Both",      "But",     "By",     "Did",   "Do",       "Does",
    "During", "Each",      "Even",    "Every",  "Few",   "For",      "From",
    "He",     "Her",       "Here",    "His",    "How",   "However",  "I",
    "If",     "In",        "Instead", "Is",     "It",    "Its",      "Last",
    "Many",   "Meanwhile", "More",    "Most",   "My",    "No",       "None",
    "Nor",    "Not",       "Now",     "Of",     "On",    "Once",     "One",
    "Only",   "Or",        "Other",   "Others", "Our",   "Over",     "Several",
    "She",    "Since",     "So",      "Some",   "Still", "Such",     "That",
    "The",    "Their",     "Then",    "There",  "These", "They",     "This",
    "Those",  "Though",    "Through", "Thus",   "To",    "Two",      "Under",
    "Until",  "Was",       "We",      "What",   "When",  "Where",    "Whether",
    "Which",  "While",     "Who",     "Why",    "With",  "Without",  "Yet",
    "You",    "Your",
};

// What is longer is no sentence; what comes later relies on a bound.
constexpr uint32_t kMaxTokens = 400;

class Splitter {
 public:
  Splitter(absl::string_view text, uint32_t first, uint32_t last,
           const std::vector<Quotation>& quotations,
           const std::vector<Token>& tokens)
      : text_(text),
        first_(first),
        last_(last),
        quotations_(quotations),
        tokens_(tokens) {}

  // Returns where the sentence that begins at `begin` ends.
  uint32_t EndOf(uint32_t begin) const {
    const uint32_t limit = std::min(last_, begin + kMaxTokens);
    for (uint32_t i = begin; i < limit; ++i) {
      const Character c = First(i);
      const bool stop =
          c.type == CharClass::kPeriod || c.type == CharClass::kStop;
      const bool abbreviation =
          !stop && Word(i).back() == '.' && Word(i).size() > 1 &&
          AbbreviationOf(Word(i)) == Abbreviation::kAnywhere;
      if (!stop && !abbreviation) continue;
      const uint32_t next = SkipClosers(i + 1);
      if (next == last_) return last_;
      if (abbreviation ? IsStarter(next) : Ends(begin, i, next)) return next;
      i = next - 1;
    }
    return limit;
  }

 private:
  absl::string_view Word(uint32_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }
  Character First(uint32_t i) const {
    return CharacterAt(text_, tokens_[i].begin);
  }

  bool Closes(uint32_t i) const {
    const Character c = First(i);
    if (c.value == ')' || c.value == ']') return true;
    if (c.type == CharClass::kPeriod || c.type == CharClass::kStop) {
      return Word(i).size() == c.length || c.type == CharClass::kStop;
    }
    if (tokens_[i].tag != Tag::kQuote) return false;
    const int32_t quotation = tokens_[i].quotation;
    if (quotation >= 0 && quotations_[quotation].last == i + 1) {
      return quotations_[quotation].closed;
    }
    if (quotation >= 0 && quotations_[quotation].first == i) return false;
    return tokens_[i - 1].end == tokens_[i].begin;  // nested or stray
  }

  uint32_t SkipClosers(uint32_t i) const {
    while (i < last_ && Closes(i)) ++i;
    return i;
  }

  // The first word at or after `i` that is no opening mark.
  uint32_t WordFrom(uint32_t i) const {
    while (i < last_ && (tokens_[i].tag == Tag::kQuote ||
                         First(i).value == '(' || First(i).value == '[')) {
      ++i;
    }
    return i;
  }

  bool IsStarter(uint32_t next) const {
    if (tokens_[next].tag == Tag::kQuote) return true;
    return std::binary_search(std::begin(kStarters), std::end(kStarters),
                              Word(next));
  }

  // Says whether the stop at `stop` ends a sentence, when the next may begin at
  // `next`.
  bool Ends(uint32_t begin, uint32_t stop, uint32_t next) const {
    const Character mark = First(stop);
    const uint32_t word = WordFrom(next);
    if (word == last_) return true;
    const CharClass follows = First(word).type;
    // "1. Item", at the beginning.
    if (stop == begin + 1 && mark.value == '.' && begin == first_ &&
        First(begin).type == CharClass::kDigit) {
      return false;
    }
    if (follows == CharClass::kLower) return false;
    const CharClass closer = First(next).type;
    if (closer == CharClass::kComma && First(next).value != '(' &&
        First(next).value != '[') {
      return false;
    }
    if (closer == CharClass::kDash) return false;
    return true;
  }

  const absl::string_view text_;
  const uint32_t first_;
  const uint32_t last_;
  const std::vector<Quotation>& quotations_;
  const std::vector<Token>& tokens_;
};

}  // namespace

void SplitSentences(absl::string_view text, uint32_t first, uint32_t last,
                    uint32_t paragraph,
                    const std::vector<Quotation>& quotations,
                    std::vector<Token>& tokens,
                    std::vector<Sentence>& sentences) {
  const Splitter splitter(text, first, last, quotations, tokens);
  for (uint32_t begin = first; begin < last;) {
    Sentence sentence;
    sentence.first = begin;
    sentence.last = splitter.EndOf(begin);
    sentence.begin = tokens[sentence.first].begin;
    sentence.end = tokens[sentence.last - 1].end;
    sentence.paragraph = paragraph;
    for (uint32_t i = sentence.first; i < sentence.last; ++i) {
      tokens[i].sentence = static_cast<uint32_t>(sentences.size());
    }
    sentences.push_back(sentence);
    begin = sentence.last;
  }
}

}  // namespace extract
}  // namespace onrecord
