#include "engine/extract/text/tokenizer.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "engine/extract/text/abbreviations.h"
#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

// What an apostrophe that is not between two letters may begin.
constexpr absl::string_view kClipped[] = {"em",   "til",   "cause", "tis",
                                          "twas", "round", "bout",  "n"};

// Endings cut off a word, after the apostrophe.
constexpr absl::string_view kEndings[] = {"s", "m", "d", "re", "ve", "ll"};

// Words that are two: where the second begins.
struct Joined {
  absl::string_view word;
  size_t cut;
};
constexpr Joined kJoined[] = {{"cannot", 3}, {"gonna", 3}, {"gotta", 3},
                              {"wanna", 3},  {"gimme", 3}, {"lemme", 3}};

class Scanner {
 public:
  Scanner(absl::string_view text, uint32_t begin, uint32_t end,
          std::vector<Token>& tokens)
      : text_(text.substr(0, end)),
        begin_(begin),
        at_(begin),
        tokens_(tokens) {}

  void Run() {
    while (at_ < text_.size()) {
      const Character c = CharacterAt(text_, at_);
      switch (c.type) {
        case CharClass::kSpace:
        case CharClass::kLineBreak:
          at_ += c.length;
          break;
        case CharClass::kLower:
        case CharClass::kUpper:
        case CharClass::kDigit:
          ScanWord(at_);
          break;
        case CharClass::kConnector:
          ScanConnector(c);
          break;
        case CharClass::kApostrophe:
          ScanApostrophe(c);
          break;
        default:
          ScanMark(c);
          break;
      }
    }
  }

 private:
  // The character at `at`, a space at the end.
  Character Peek(size_t at) const {
    if (at >= text_.size()) return {' ', 1, CharClass::kSpace};
    return CharacterAt(text_, at);
  }

  void Emit(size_t begin, size_t end) {
    Token token;
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    tokens_.push_back(token);
    at_ = end;
  }

  // "@name", "#topic"; else a mark.
  void ScanConnector(const Character& c) {
    const bool prefix = c.value == '@' || c.value == '#';
    if (prefix && IsWordClass(Peek(at_ + 1).type) && c.value == '@') {
      ScanWord(at_);
    } else if (prefix && Peek(at_ + 1).type != CharClass::kDigit &&
               IsWordClass(Peek(at_ + 1).type)) {
      ScanWord(at_);
    } else if (c.value == '_') {
      ScanRun(c);
    } else {
      Emit(at_, at_ + c.length);
    }
  }

  // Two equal apostrophes are one double mark; else a clipped word ("'em",
  // "'90s"), an ending that stands apart, or a mark.
  void ScanApostrophe(const Character& c) {
    const size_t next = at_ + c.length;
    if ((c.value == '\'' || c.value == '`') && Peek(next).value == c.value) {
      return Emit(at_, next + 1);
    }
    const bool apart =
        at_ == begin_ || absl::ascii_isspace(text_[at_ - 1]) || c.length > 1;
    if (c.value != 0x2018 && c.value != '`' && apart) {
      size_t end = next;
      while (IsWordClass(Peek(end).type)) end += Peek(end).length;
      const absl::string_view word = text_.substr(next, end - next);
      const bool decade = word.size() >= 3 && word.size() <= 4 &&
                          absl::ascii_isdigit(word[0]) && word[1] == '0' &&
                          word.back() == 's';
      if (decade) return Emit(at_, end);
      for (absl::string_view clipped : kClipped) {
        if (absl::EqualsIgnoreCase(word, clipped)) return Emit(at_, end);
      }
    }
    Emit(at_, next);
  }

  // A run of the same kind of mark is one token, any other mark is its own.
  void ScanMark(const Character& c) {
    switch (c.type) {
      case CharClass::kPeriod:
        return ScanPeriods();
      case CharClass::kStop:
      case CharClass::kDash:
      case CharClass::kHyphen:
        return ScanRun(c);
      default:
        if (c.value == '<') return ScanMarkup();
        return Emit(at_, at_ + c.length);
    }
  }

  void ScanRun(const Character& c) {
    size_t end = at_;
    while (Peek(end).type == c.type &&
           (c.type == CharClass::kStop || Peek(end).value == c.value)) {
      end += c.length;
    }
    Emit(at_, end);
  }

  // "..." and ". . ." are one token, and ".5" begins a number.
  void ScanPeriods() {
    if (Peek(at_).length == 1 && Peek(at_ + 1).type == CharClass::kDigit) {
      return ScanWord(at_);
    }
    size_t end = at_ + Peek(at_).length;
    while (true) {
      const size_t gap = Peek(end).value == ' ' ? 1 : 0;
      const Character next = Peek(end + gap);
      if (next.type != CharClass::kPeriod) break;
      end += gap + next.length;
    }
    Emit(at_, end);
  }

  // "<b>", "</tweet>"; a bare "<" is a mark. Bounded, to stay linear.
  void ScanMarkup() {
    constexpr size_t kMaxMarkup = 400;
    const Character next = Peek(at_ + 1);
    if (IsWordClass(next.type) || next.value == '/') {
      for (size_t i = at_ + 1; i < text_.size() && i < at_ + kMaxMarkup; ++i) {
        if (text_[i] == '<') break;
        if (text_[i] == '>') return Emit(at_, i + 1);
      }
    }
    Emit(at_, at_ + 1);
  }

  // True if the mark `c` at `at` joins what is before and after it.
  bool Joins(const Character& c, size_t at, const Character& before) const {
    const Character after = Peek(at + c.length);
    if (!IsWordClass(after.type)) return false;
    const bool digits =
        before.type == CharClass::kDigit && after.type == CharClass::kDigit;
    switch (c.type) {
      case CharClass::kHyphen:
      case CharClass::kApostrophe:
        return true;
      case CharClass::kPeriod:
        return c.length == 1;
      case CharClass::kComma:
        return c.value == ',' && digits;
      case CharClass::kConnector:
        if (c.value == ':') return digits;
        return c.value != '#' && c.value != '+';
      default:
        return false;
    }
  }

  void ScanWord(size_t begin) {
    size_t end = begin;
    Character last = Peek(end);
    end += last.length;
    size_t apostrophe = 0;  // the last one inside, 0 for none
    if (IsAddress(begin)) {
      end = AddressEnd(begin);
    } else {
      while (true) {
        const Character c = Peek(end);
        if (IsWordClass(c.type)) {
          last = c;
        } else if (c.type == CharClass::kMark && c.value == 0xAD) {
          // A soft hyphen is part of its word.
        } else if (Joins(c, end, last)) {
          if (c.type == CharClass::kPeriod &&
              (EndsSentence(begin, end) || IsAddress(end + 1))) {
            break;
          }
          if (c.type == CharClass::kApostrophe) apostrophe = end;
        } else {
          break;
        }
        end += c.length;
      }
    }
    EmitWord(begin, end, apostrophe);
  }

  bool IsAddress(size_t begin) const {
    const absl::string_view rest = text_.substr(begin, 8);
    return absl::StartsWith(rest, "http://") ||
           absl::StartsWith(rest, "https://") || absl::StartsWith(rest, "www.");
  }

  size_t AddressEnd(size_t begin) const {
    size_t end = begin;
    while (end < text_.size()) {
      const Character c = Peek(end);
      if (c.type == CharClass::kSpace || c.type == CharClass::kQuote ||
          c.type == CharClass::kLineBreak || c.value == '<' || c.value == '>') {
        break;
      }
      end += c.length;
    }
    while (end > begin + 1 && absl::StrContains(".,;:!?)]'", text_[end - 1]))
      --end;
    return end;
  }

  // "end.Start": a missing space after a sentence, not a name such as
  // "example.com" or initials such as "U.S".
  bool EndsSentence(size_t begin, size_t period) const {
    const Character next = Peek(period + 1);
    const Character after = Peek(period + 1 + next.length);
    return period - begin >= 3 && next.type == CharClass::kUpper &&
           after.type == CharClass::kLower &&
           absl::ascii_islower(text_[period - 1]);
  }

  void EmitWord(size_t begin, size_t end, size_t apostrophe) {
    if (apostrophe != 0) {
      const size_t tail = apostrophe + Peek(apostrophe).length;
      const absl::string_view ending = text_.substr(tail, end - tail);
      if (absl::EqualsIgnoreCase(ending, "t") && apostrophe > begin + 1 &&
          absl::ascii_tolower(text_[apostrophe - 1]) == 'n') {
        Emit(begin, apostrophe - 1);
        return Emit(apostrophe - 1, end);
      }
      for (absl::string_view known : kEndings) {
        if (!absl::EqualsIgnoreCase(ending, known)) continue;
        Emit(begin, apostrophe);
        return Emit(apostrophe, end);
      }
    }
    if (Peek(end).value == '.' &&
        AbbreviationOf(text_.substr(begin, end + 1 - begin)) !=
            Abbreviation::kNone) {
      ++end;
    }
    const absl::string_view word = text_.substr(begin, end - begin);
    for (const Joined& joined : kJoined) {
      if (!absl::EqualsIgnoreCase(word, joined.word)) continue;
      Emit(begin, begin + joined.cut);
      return Emit(begin + joined.cut, end);
    }
    Emit(begin, end);
  }

  const absl::string_view text_;
  const size_t begin_;
  size_t at_;
  std::vector<Token>& tokens_;
};

}  // namespace

void Tokenize(absl::string_view text, uint32_t begin, uint32_t end,
              std::vector<Token>& tokens) {
  Scanner(text, begin, end, tokens).Run();
}

}  // namespace extract
}  // namespace onrecord
