#include "engine/extract/grammar/clauses.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

constexpr string_view kNegations[] = {
    "not",    "n't",  "no",      "never",   "neither", "nor",
    "nobody", "none", "nothing", "nowhere", "cannot",
};

constexpr string_view kReasonWords[] = {"because", "whereas", "although",
                                        "though", "while"};
constexpr string_view kTimeWords[] = {"until", "till", "when",    "before",
                                      "after", "once", "whenever"};

template <size_t n>
bool Has(const string_view (&table)[n], string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

// Reads the clauses of one range.
class Splitter {
 public:
  Splitter(const Document& document, TokenRange range)
      : document_(document), range_(range) {}

  std::vector<Clause> Run() {
    std::vector<Clause> clauses;
    Clause clause{{range_.first, range_.first}, ClauseKind::kMain};
    for (uint32_t i = range_.first; i < range_.last; ++i) {
      ClauseKind kind = ClauseKind::kMain;
      if (!Begins(i, clause, &kind)) continue;
      clause.range.last = i;
      if (!clause.range.empty()) clauses.push_back(clause);
      clause = {{i, i}, kind};
    }
    clause.range.last = range_.last;
    if (!clause.range.empty()) clauses.push_back(clause);
    return clauses;
  }

 private:
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }
  string_view Lemma(uint32_t i) const {
    return i < range_.last ? string_view(At(i).lemma) : string_view();
  }

  // Whether a finite verb stands in [i, end of the range) before a comma or
  // another conjunction.
  bool HasVerbSoon(uint32_t i) const {
    for (; i < range_.last; ++i) {
      const Tag tag = At(i).tag;
      if (IsFiniteVerb(tag)) return true;
      if (tag == Tag::kComma || tag == Tag::kCC || tag == Tag::kStop) {
        return false;
      }
    }
    return false;
  }

  // Whether the clause that runs has a verb by now.
  bool HasVerb(TokenRange range) const {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (IsVerbOrModal(At(i).tag)) return true;
    }
    return false;
  }

  bool Begins(uint32_t i, const Clause& running, ClauseKind* kind) const {
    if (i == range_.first && !IsConditionWord(document_, i)) return false;
    const Token& token = At(i);
    if (IsConditionWord(document_, i)) {
      *kind = ClauseKind::kCondition;
      return true;
    }
    if (Has(kReasonWords, token.lemma)) {
      *kind = ClauseKind::kReason;
      return HasVerbSoon(i + 1);
    }
    if (Has(kTimeWords, token.lemma)) {
      *kind = ClauseKind::kTime;
      // "Until then the ban would stay" begins no clause.
      return Lemma(i + 1) != "then" && Lemma(i + 1) != "now" &&
             HasVerbSoon(i + 1);
    }
    const bool after_comma = At(i - 1).tag == Tag::kComma;
    if (token.tag == Tag::kWDT || token.tag == Tag::kWP) {
      *kind = ClauseKind::kRelative;
      return after_comma || token.lemma == "who" || token.tag == Tag::kWDT;
    }
    if (token.tag == Tag::kStop || Lemma(i) == ";") {
      return i + 1 < range_.last;
    }
    const bool was_subordinate = running.kind != ClauseKind::kMain;
    if (token.tag == Tag::kComma) {
      // "If they agree, the ban ends": the main clause follows the comma.
      return was_subordinate && HasVerbSoon(i + 1);
    }
    if (token.lemma == "and" || token.lemma == "but") {
      return HasVerb({running.range.first, i}) && HasVerbSoon(i + 1);
    }
    return false;
  }

  const Document& document_;
  const TokenRange range_;
};

}  // namespace

std::vector<Clause> SplitClauses(const Document& document, TokenRange range) {
  if (range.empty()) return {};
  return Splitter(document, range).Run();
}

bool StandsInTimePhrase(const Document& document, uint32_t first,
                        uint32_t token) {
  for (uint32_t i = token; i-- > first;) {
    const Token& word = document.tokens()[i];
    const bool is_link = word.tag == Tag::kIN || word.tag == Tag::kTO;
    if (is_link && (word.lemma == "before" || word.lemma == "after" ||
                    word.lemma == "during" || word.lemma == "until")) {
      return true;
    }
    // "Until then the ban": "then" says all of when.
    if (IsVerbOrModal(word.tag) || word.tag >= Tag::kComma ||
        word.tag == Tag::kCC || word.tag == Tag::kRB ||
        (is_link && word.lemma != "of")) {
      return false;
    }
  }
  return false;
}

uint32_t EndOfAsItWas(const Document& document, uint32_t token) {
  constexpr absl::string_view kAsItWas = "unchanged steady untouched intact";
  const std::vector<Token>& tokens = document.tokens();
  const Token& word = tokens[token];
  if (InList(word.lemma, kAsItWas)) return token + 1;
  const uint32_t next = token + 1;
  if (next >= tokens.size() || tokens[next].sentence != word.sentence) {
    return token;
  }
  const bool is_level = word.lemma == "at" && tokens[next].tag == Tag::kCD;
  const bool is_on_hold = word.lemma == "on" && tokens[next].lemma == "hold";
  return is_level || is_on_hold ? next + 1 : token;
}

bool IsFiniteVerb(Tag tag) {
  return tag == Tag::kVBD || tag == Tag::kVBZ || tag == Tag::kVBP ||
         tag == Tag::kMD;
}

bool IsVerbOrModal(Tag tag) {
  return IsFiniteVerb(tag) || tag == Tag::kVB || tag == Tag::kVBG ||
         tag == Tag::kVBN;
}

bool IsConditionWord(const Document& document, uint32_t token) {
  const std::vector<Token>& tokens = document.tokens();
  const string_view word = tokens[token].lemma;
  const auto next = [&](uint32_t ahead) {
    const uint32_t i = token + ahead;
    return i < tokens.size() && tokens[i].sentence == tokens[token].sentence
               ? string_view(tokens[i].lemma)
               : string_view();
  };
  const string_view before =
      token > 0 ? string_view(tokens[token - 1].lemma) : string_view();
  if (word == "if") {
    // "As if", "even if", "what if" set no condition; nor does "serious, if
    // small" without a verb.
    return before != "as" && before != "even" && before != "what";
  }
  if (word == "unless") return true;
  if (word == "should" && token > 0 && IsNoun(tokens[token - 1].tag)) {
    // "They would sue should a ban come": the subject follows.
    return token + 1 < tokens.size() && tokens[token + 1].tag == Tag::kDT;
  }
  if (word == "provided" || word == "providing" || word == "provide") {
    // As a conjunction: "…, provided that", "provided Japan follows".
    const string_view text = document.TextOf(tokens[token]);
    return text != "provide" && text != "provides" &&
           (next(1) == "that" || (token + 1 < tokens.size() &&
                                  (tokens[token + 1].tag == Tag::kNNP ||
                                   tokens[token + 1].tag == Tag::kPRP)));
  }
  if (word == "as") return next(1) == "long" && next(2) == "as";
  if (word == "on") return next(1) == "condition" || next(2) == "condition";
  if (word == "in") return next(1) == "return" && next(2) == "for";
  if (word == "assuming" || word == "assume") return next(1) == "that";
  return false;
}

bool IsNegation(const Document& document, uint32_t token) {
  return Has(kNegations, document.tokens()[token].lemma);
}

}  // namespace extract
}  // namespace onrecord
