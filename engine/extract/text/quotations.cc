#include "engine/extract/text/quotations.h"

#include <cstddef>

#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

enum class Side : uint8_t { kNone, kOpening, kClosing, kEither };

struct Mark {
  uint32_t token = 0;
  bool single = false;
  Side side = Side::kEither;
};

class Finder {
 public:
  Finder(absl::string_view text, uint32_t first, uint32_t last,
         uint32_t paragraph, std::vector<Token>& tokens,
         std::vector<Quotation>& quotations)
      : text_(text),
        first_(first),
        last_(last),
        paragraph_(paragraph),
        tokens_(tokens),
        quotations_(quotations) {}

  void Run() {
    std::vector<Mark> doubles;
    std::vector<Mark> singles;
    for (uint32_t i = first_; i < last_; ++i) {
      const Mark mark = MarkAt(i);
      if (mark.side == Side::kNone) continue;
      (mark.single ? singles : doubles).push_back(mark);
    }
    if (doubles.empty() && singles.empty()) return;
    const size_t before = quotations_.size();
    for (const Mark& mark : doubles) Step(mark);
    if (open_) Close(last_, /*closed=*/false);
    AddSingles(singles, before);
    for (size_t q = before; q < quotations_.size(); ++q) {
      const Quotation& quotation = quotations_[q];
      for (uint32_t i = quotation.first; i < quotation.last; ++i) {
        tokens_[i].quotation = static_cast<int32_t>(q);
      }
    }
  }

 private:
  absl::string_view Word(uint32_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }

  // True if nothing stands between token `i` and the one before it.
  bool Touches(uint32_t i) const {
    return i > first_ && i < last_ && tokens_[i - 1].end == tokens_[i].begin;
  }

  bool IsWord(uint32_t i) const {
    return IsWordClass(CharacterAt(text_, tokens_[i].begin).type);
  }

  Mark MarkAt(uint32_t i) const {
    const absl::string_view word = Word(i);
    const Character c = CharacterAt(word, 0);
    Mark mark{i, false, Side::kNone};
    const bool twice = word.size() == 2 && word[0] == word[1] &&
                       (c.value == '\'' || c.value == '`');
    if (c.type == CharClass::kApostrophe && c.length == word.size()) {
      mark.single = true;
    } else if (c.type != CharClass::kQuote && !twice) {
      return mark;
    }
    if (c.value == 0x2032) return mark;  // feet, minutes
    if (c.value == 0x201C || c.value == 0x201E || c.value == 0x2018 ||
        c.value == 0x201A || c.value == 0xAB || c.value == '`') {
      mark.side = Side::kOpening;
    } else if (c.value == 0x201D || c.value == 0xBB || c.value == 0x2019) {
      // A closing mark that begins a paragraph, close to a word, was meant to
      // open.
      const bool first = i == first_ && Touches(i + 1) && IsWord(i + 1);
      mark.side = first && !mark.single ? Side::kOpening : Side::kClosing;
    } else {
      mark.side = SideBySpace(i, c.value);
    }
    return mark;
  }

  Side SideBySpace(uint32_t i, char32_t mark) const {
    const bool before = Touches(i);
    const bool after = Touches(i + 1);
    if (before && CharacterAt(Word(i - 1), 0).type == CharClass::kDigit &&
        mark == '"' && !open_) {
      // Inches, unless a quotation is open: 5'10".
      return Side::kClosing;
    }
    if (before && !after) {
      return IsBracketOrDash(i - 1) ? Side::kEither : Side::kClosing;
    }
    if (after && !before) {
      return IsWord(i + 1) || !IsClosingContext(i + 1) ? Side::kOpening
                                                       : Side::kEither;
    }
    if (before && after) {
      if (IsBracketOrDash(i - 1) && IsWord(i + 1)) return Side::kOpening;
      if (IsClosingContext(i + 1)) return Side::kClosing;
    }
    return Side::kEither;
  }

  bool IsBracketOrDash(uint32_t i) const {
    const Character c = CharacterAt(Word(i), 0);
    return c.value == '(' || c.value == '[' || c.value == '{' ||
           c.type == CharClass::kDash || c.type == CharClass::kHyphen;
  }

  bool IsClosingContext(uint32_t i) const {
    const Character c = CharacterAt(Word(i), 0);
    return (c.type == CharClass::kComma && c.value != '(' && c.value != '[' &&
            c.value != '{') ||
           c.type == CharClass::kPeriod || c.type == CharClass::kStop ||
           c.type == CharClass::kDash;
  }

  // True if token `i` ends a sentence, as far as marks can tell.
  bool IsStop(uint32_t i) const {
    const Character c = CharacterAt(Word(i), 0);
    return c.type == CharClass::kStop || c.type == CharClass::kPeriod;
  }

  void Step(const Mark& mark) {
    tokens_[mark.token].tag = Tag::kQuote;
    const bool opens =
        mark.side == Side::kOpening || (mark.side == Side::kEither && !open_);
    if (opens) {
      // An open quotation that a sentence's end precedes lost its closing mark.
      // Any other mark that is opened twice is a stray or a nested one.
      if (open_ && mark.token > start_ + 1 && IsStop(mark.token - 1)) {
        Close(mark.token, /*closed=*/false);
      } else if (open_) {
        return;
      }
      open_ = true;
      start_ = mark.token;
      return;
    }
    if (open_) return Close(mark.token + 1, /*closed=*/true);
    CloseUnopened(mark.token);
  }

  void Close(uint32_t end, bool closed) {
    open_ = false;
    if (start_ + 1 >= end - (closed ? 1 : 0)) return;  // nothing in it
    Add(start_, end, /*opened=*/true, closed);
  }

  void Add(uint32_t first, uint32_t last, bool opened, bool closed) {
    Quotation quotation;
    quotation.first = first;
    quotation.last = last;
    quotation.begin = tokens_[first].begin;
    quotation.end = tokens_[last - 1].end;
    quotation.paragraph = paragraph_;
    quotation.opened = opened;
    quotation.closed = closed;
    quotation.carried = first == first_ && BeforeIsOpen();
    quotations_.push_back(quotation);
  }

  bool BeforeIsOpen() const {
    return !quotations_.empty() && !quotations_.back().closed &&
           quotations_.back().paragraph + 1 == paragraph_;
  }

  // A closing mark without an opening one quotes what is before it, if that
  // goes on with the paragraph before or reads like a clause that was quoted.
  void CloseUnopened(uint32_t mark) {
    const bool first =
        quotations_.empty() || quotations_.back().paragraph != paragraph_;
    if (!first || mark == first_) return;
    const Character c = CharacterAt(Word(mark - 1), 0);
    const bool clause = c.value == ',' || IsStop(mark - 1);
    constexpr uint32_t kMinWords = 3;
    if (BeforeIsOpen() || (clause && mark >= first_ + kMinWords)) {
      Add(first_, mark + 1, /*opened=*/false, /*closed=*/true);
    }
  }

  bool InQuotation(uint32_t token, size_t from) const {
    for (size_t q = from; q < quotations_.size(); ++q) {
      if (quotations_[q].first > token) return false;
      if (token < quotations_[q].last) return true;
    }
    return false;
  }

  // Pairs single marks. One that opens needs one that closes; what closes after
  // an "s" is a possessive if another follows before the next opening one.
  void AddSingles(const std::vector<Mark>& singles, size_t from) {
    std::vector<Quotation> doubles(quotations_.begin() + from,
                                   quotations_.end());
    std::vector<bool> used(singles.size(), false);
    std::vector<Quotation> found;
    for (size_t i = 0; i < singles.size(); ++i) {
      if (used[i] || !MayOpen(singles[i])) continue;
      const size_t close = ClosingOf(singles, i);
      if (close == i) continue;
      used[i] = used[close] = true;
      tokens_[singles[i].token].tag = Tag::kQuote;
      tokens_[singles[close].token].tag = Tag::kQuote;
      if (!InQuotation(singles[i].token, from) &&
          !InQuotation(singles[close].token, from)) {
        const size_t size = quotations_.size();
        Add(singles[i].token, singles[close].token + 1, true, true);
        found.push_back(quotations_[size]);
        quotations_.pop_back();
      }
      i = close;
    }
    for (size_t i = 0; i < singles.size(); ++i) {
      if (!used[i]) tokens_[singles[i].token].tag = Tag::kPOS;
    }
    Merge(doubles, found, from);
  }

  void Merge(const std::vector<Quotation>& doubles,
             const std::vector<Quotation>& singles, size_t from) {
    quotations_.resize(from);
    size_t s = 0;
    for (const Quotation& quotation : doubles) {
      while (s < singles.size() && singles[s].first < quotation.first) {
        if (singles[s].last <= quotation.first) {
          quotations_.push_back(singles[s]);
        }
        ++s;
      }
      quotations_.push_back(quotation);
    }
    quotations_.insert(quotations_.end(), singles.begin() + s, singles.end());
  }

  bool MayOpen(const Mark& mark) const {
    if (mark.side == Side::kOpening) return true;
    return mark.side == Side::kEither && !Touches(mark.token);
  }

  size_t ClosingOf(const std::vector<Mark>& singles, size_t open) const {
    size_t possessive = open;
    for (size_t i = open + 1; i < singles.size(); ++i) {
      if (MayOpen(singles[i])) break;
      if (!Touches(singles[i].token) ||
          singles[i].token <= singles[open].token + 1) {
        continue;
      }
      const absl::string_view before = Word(singles[i].token - 1);
      if (before.back() != 's') return i;
      if (possessive == open) possessive = i;
    }
    return possessive;
  }

  const absl::string_view text_;
  const uint32_t first_;
  const uint32_t last_;
  const uint32_t paragraph_;
  std::vector<Token>& tokens_;
  std::vector<Quotation>& quotations_;
  bool open_ = false;
  uint32_t start_ = 0;
};

}  // namespace

void FindQuotations(absl::string_view text, uint32_t first, uint32_t last,
                    uint32_t paragraph, std::vector<Token>& tokens,
                    std::vector<Quotation>& quotations) {
  Finder(text, first, last, paragraph, tokens, quotations).Run();
}

}  // namespace extract
}  // namespace onrecord
