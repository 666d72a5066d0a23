#include "engine/extract/time/saying_time.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/time/time_expression.h"

namespace onrecord {
namespace extract {
namespace {

// How many paragraphs further the same speaker is on the same occasion.
constexpr uint32_t kMaxCarryParagraphs = 2;

// A longer time ("in January") is told in passing; it is no occasion that the
// next sentence goes on with.
constexpr int kMaxOccasionDays = 7;

// An interview says when it was in one of its first sentences.
constexpr size_t kIntroductionSentences = 5;

bool IsRelative(Tag tag) {
  return tag == Tag::kWDT || tag == Tag::kWP || tag == Tag::kWPS;
}

bool Contains(const std::vector<TokenRange>& ranges, uint32_t token) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [token](TokenRange r) { return r.Contains(token); });
}

// Whether `time` is short enough to be one occasion.
bool IsOccasion(const EdtfTime& time) {
  return time.last_day() - time.first_day() < kMaxOccasionDays;
}

// Works out the times of one article's sayings.
class Resolver {
 public:
  Resolver(const Document& document, std::optional<absl::CivilDay> published,
           absl::Span<const Saying> sayings)
      : document_(document),
        published_(published),
        sayings_(sayings),
        expressions_(FindTimeExpressions(document, published)),
        holders_(FindHolders()) {}

  std::vector<SayingTime> Run();

 private:
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }
  const Sentence& SentenceAt(int i) const { return document_.sentences()[i]; }

  const TimeExpression* OwnExpression(const Saying& saying) const;
  const TimeExpression* RemarkExpression(const Saying& saying) const;
  const TimeExpression* TranscriptExpression(const Saying& saying) const;
  const TimeExpression* CorrectionExpression(const Saying& saying) const;
  std::vector<TimeExpression>::const_iterator FirstExpressionFrom(
      uint32_t token) const;
  absl::Span<const TimeExpression> ExpressionsIn(TokenRange range) const;
  std::vector<std::vector<int>> FindHolders() const;
  bool IsAtTheEdge(const Saying& saying, TokenRange range) const;
  bool IsInOtherContent(const Saying& saying, TokenRange range) const;
  bool Belongs(const Saying& saying, TokenRange range) const;
  bool BelongsAfterCue(const Saying& saying, TokenRange range) const;
  bool BelongsBeforeCue(const Saying& saying, TokenRange range) const;
  bool IsPastPerfect(const Saying& saying) const;
  bool MayCarry(const Saying& saying) const;
  bool IsByTheWay(const Saying& saying) const;
  bool RefersBack(const Saying& saying) const;

  SayingTime FromExpression(const TimeExpression& expression) const;
  SayingTime Before() const;
  SayingTime Default() const;
  const SayingTime* Carried(size_t i) const;

  const Document& document_;
  const std::optional<absl::CivilDay> published_;
  const absl::Span<const Saying> sayings_;
  const std::vector<TimeExpression> expressions_;
  const std::vector<std::vector<int>> holders_;

  // The last saying with an occasion of its own, or going on with one.
  struct Occasion {
    SayingTime time;
    int sentence = 0;
  };
  std::map<int, Occasion> occasions_;  // by speaker
  std::optional<Occasion> last_;       // whoever it was
};

std::vector<TimeExpression>::const_iterator Resolver::FirstExpressionFrom(
    uint32_t token) const {
  return std::lower_bound(
      expressions_.begin(), expressions_.end(), token,
      [](const TimeExpression& e, uint32_t t) { return e.range.first < t; });
}

absl::Span<const TimeExpression> Resolver::ExpressionsIn(
    TokenRange range) const {
  const auto from = FirstExpressionFrom(range.first);
  auto to = from;
  while (to != expressions_.end() && to->range.last <= range.last) ++to;
  return absl::MakeConstSpan(expressions_)
      .subspan(from - expressions_.begin(), to - from);
}

// For each expression, the sayings whose content it begins in.
std::vector<std::vector<int>> Resolver::FindHolders() const {
  std::vector<std::vector<int>> holders(expressions_.size());
  for (size_t i = 0; i < sayings_.size(); ++i) {
    for (const TokenRange part : sayings_[i].content) {
      for (auto expression = FirstExpressionFrom(part.first);
           expression != expressions_.end() &&
           expression->range.first < part.last;
           ++expression) {
        holders[expression - expressions_.begin()].push_back(
            static_cast<int>(i));
      }
    }
  }
  return holders;
}

// Whether the expression only stands at the edge of the content: "last Friday,
// if the samples are clean", or behind an object, "rejected | the plan on
// Tuesday". There it still tells when it was said.
bool Resolver::IsAtTheEdge(const Saying& saying, TokenRange range) const {
  for (const TokenRange part : saying.content) {
    if (!part.Contains(range)) continue;
    if (range.first == part.first && range.last < part.last) {
      return At(range.last).tag == Tag::kComma;
    }
    if (saying.cue.empty() || part.first != saying.cue.last) return false;
    for (uint32_t i = part.first; i < range.first; ++i) {
      const Tag tag = At(i).tag;
      if (IsVerbOrModal(tag) || tag == Tag::kTO || tag == Tag::kWDT)
        return false;
    }
    return true;
  }
  return false;
}

// Whether somebody else's words hold the expression. What `saying` is nested
// in does not count: the expression is there, with the saying.
bool Resolver::IsInOtherContent(const Saying& saying, TokenRange range) const {
  const auto expression = FirstExpressionFrom(range.first);
  for (const int holder : holders_[expression - expressions_.begin()]) {
    const Saying& other = sayings_[holder];
    if (&other == &saying) {
      if (IsAtTheEdge(saying, range)) continue;
      return true;
    }
    int ancestor = saying.parent;
    while (ancestor >= 0 && &sayings_[ancestor] != &other) {
      ancestor = sayings_[ancestor].parent;
    }
    if (ancestor < 0) return true;
  }
  return false;
}

// After the cue: nothing but the addressee, the place and the content itself
// stands between, no other verb.
bool Resolver::BelongsAfterCue(const Saying& saying, TokenRange range) const {
  for (uint32_t i = range.first; i-- > saying.cue.last;) {
    if (Contains(saying.content, i) || saying.source.Contains(i)) continue;
    const Tag tag = At(i).tag;
    if (IsVerbOrModal(tag) || IsRelative(tag) || tag == Tag::kStop)
      return false;
  }
  return true;
}

// Before the cue: "on Monday he said", "X on Monday said", "a statement of
// 27 May said".
bool Resolver::BelongsBeforeCue(const Saying& saying, TokenRange range) const {
  uint32_t between = range.last;
  // At the head of the sentence it holds for the verbs up to the first comma:
  // "In January it was she who said".
  const bool opens_sentence =
      range.first == SentenceAt(At(range.first).sentence).first;
  bool has_comma = false;
  for (; between < saying.cue.first; ++between) {
    if (saying.source.Contains(between) || Contains(saying.content, between)) {
      continue;
    }
    const Tag tag = At(between).tag;
    has_comma |= tag == Tag::kComma || tag == Tag::kCC;
    if (tag == Tag::kStop) return false;
    if (opens_sentence && !has_comma) continue;
    if (IsRelative(tag)) {
      // A relative clause in commas is passed over.
      while (between + 1 < saying.cue.first &&
             At(between + 1).tag != Tag::kComma) {
        ++between;
      }
      continue;
    }
    if (IsFiniteVerb(tag)) return false;
  }
  // "Appeared on television in June and said": the verbs share the time.
  uint32_t next = range.last;
  while (next < saying.cue.first &&
         (At(next).tag == Tag::kCC || At(next).tag == Tag::kRB)) {
    ++next;
  }
  if (next == saying.cue.first) return true;
  if (opens_sentence) return true;
  const Sentence& sentence = SentenceAt(At(range.first).sentence);
  for (uint32_t i = range.first; i-- > sentence.first;) {
    const Tag tag = At(i).tag;
    if (tag == Tag::kComma || saying.source.first == i + 1) break;
    if (IsVerbOrModal(tag) || IsRelative(tag)) return false;
  }
  return true;
}

bool Resolver::Belongs(const Saying& saying, TokenRange range) const {
  if (IsInOtherContent(saying, range)) return false;
  if (saying.cue.Overlaps(range)) return true;
  return range.first >= saying.cue.last ? BelongsAfterCue(saying, range)
                                        : BelongsBeforeCue(saying, range);
}

// Whether `range` is inside `cue` or a word away from it.
bool IsNextTo(TokenRange cue, TokenRange range) {
  return range.first <= cue.last + 1 && cue.first <= range.last + 1;
}

// The expression that belongs to the cue: the nearest, a vague one last.
const TimeExpression* Resolver::OwnExpression(const Saying& saying) const {
  if (saying.cue.empty()) return nullptr;
  const Sentence& sentence = SentenceAt(SentenceOf(document_, saying));
  const TimeExpression* best = nullptr;
  int best_distance = 0;
  for (const TimeExpression& expression :
       ExpressionsIn({sentence.first, sentence.last})) {
    if (saying.parent >= 0 &&
        !Contains(sayings_[saying.parent].content, expression.range.first)) {
      continue;
    }
    if (!Belongs(saying, expression.range)) continue;
    // "Steps | in the autumn" are in the autumn.
    if (Contains(saying.content, expression.range.first) && expression.time &&
        !IsOccasion(*expression.time)) {
      continue;
    }
    if (expression.vague && !IsNextTo(saying.cue, expression.range)) continue;
    const int distance = std::abs(static_cast<int>(expression.range.first) -
                                  static_cast<int>(saying.cue.first));
    if (best == nullptr || (best->vague && !expression.vague) ||
        (best->vague == expression.vague && distance < best_distance)) {
      best = &expression;
      best_distance = distance;
    }
  }
  return best;
}

// "She made this remark on Monday": the time of what stands before it.
const TimeExpression* Resolver::RemarkExpression(const Saying& saying) const {
  constexpr absl::string_view kNouns[] = {"remark", "comment", "statement",
                                          "announcement", "speech"};
  const int sentence = SentenceOf(document_, saying);
  if (sentence < 0 || saying.parent >= 0) return nullptr;
  const size_t next = sentence + 1;
  if (next >= document_.sentences().size()) return nullptr;
  const Sentence& after = document_.sentences()[next];
  if (after.paragraph != SentenceAt(sentence).paragraph) return nullptr;
  bool made = false;
  for (uint32_t i = after.first; i < std::min(after.first + 6, after.last);
       ++i) {
    const std::string& lemma = At(i).lemma;
    if (lemma == "make" || lemma == "made") made = true;
    if (!made || std::find(std::begin(kNouns), std::end(kNouns), lemma) ==
                     std::end(kNouns)) {
      continue;
    }
    const auto expressions = ExpressionsIn({i, after.last});
    if (!expressions.empty() && !expressions[0].vague) return &expressions[0];
  }
  return nullptr;
}

// In a transcript, the date that its introduction gives: "spoke to us on
// Tuesday".
const TimeExpression* Resolver::TranscriptExpression(
    const Saying& saying) const {
  constexpr absl::string_view kTalks[] = {"speak", "spoke", "interview",
                                          "talked", "conversation"};
  if (saying.cue.empty() || saying.parent >= 0 ||
      document_.TextOf(At(saying.cue.first)) != ":" ||
      saying.cue.first > SentenceAt(SentenceOf(document_, saying)).first + 4) {
    return nullptr;
  }
  const size_t count =
      std::min(kIntroductionSentences, document_.sentences().size());
  for (size_t i = 0; i < count; ++i) {
    const Sentence& sentence = document_.sentences()[i];
    const auto expressions = ExpressionsIn({sentence.first, sentence.last});
    if (expressions.empty() || expressions[0].vague) continue;
    for (uint32_t j = sentence.first; j < sentence.last; ++j) {
      if (std::find(std::begin(kTalks), std::end(kTalks), At(j).lemma) !=
          std::end(kTalks)) {
        return &expressions[0];
      }
    }
  }
  return nullptr;
}

// In a correction, the date of what is corrected.
const TimeExpression* Resolver::CorrectionExpression(
    const Saying& saying) const {
  const int sentence = SentenceOf(document_, saying);
  if (sentence < 0) return nullptr;
  const Paragraph& paragraph =
      document_.paragraphs()[SentenceAt(sentence).paragraph];
  const Sentence& first = SentenceAt(paragraph.first);
  const std::string& lemma = At(first.first).lemma;
  if (lemma != "correction" && lemma != "clarification") return nullptr;
  const auto expressions =
      ExpressionsIn({first.first, SentenceAt(paragraph.last - 1).last});
  return expressions.empty() || expressions[0].vague ? nullptr
                                                     : &expressions[0];
}

bool Resolver::IsPastPerfect(const Saying& saying) const {
  for (uint32_t i = saying.cue.first; i + 1 < saying.cue.last; ++i) {
    if (document_.TextOf(At(i)) != "had") continue;
    const Tag next = At(i + 1).tag;
    return next == Tag::kVBN || next == Tag::kVBD || next == Tag::kRB;
  }
  return false;
}

// Whether the cue can stand for one more sentence of the same occasion: told
// in the past, or no cue at all (a quotation alone).
bool Resolver::MayCarry(const Saying& saying) const {
  if (saying.kind == Statement::NARRATION) return false;
  for (uint32_t i = saying.cue.first; i < saying.cue.last; ++i) {
    if (At(i).tag == Tag::kVBZ || At(i).tag == Tag::kVBP) return false;
  }
  return true;
}

// Whether the cue stands in a relative clause: what it tells is by the way.
bool Resolver::IsByTheWay(const Saying& saying) const {
  uint32_t i = saying.cue.first;
  if (saying.cue.empty() || At(i).tag == Tag::kVBG) return !saying.cue.empty();
  const uint32_t first = SentenceAt(At(i).sentence).first;
  while (i > first) {
    const Token& before = At(i - 1);
    if (IsRelative(before.tag)) return true;
    if (IsVerbOrModal(before.tag) || saying.source.Contains(i - 1))
      return false;
    --i;
  }
  return false;
}

// Whether the sentence names the occasion as one that is known by now: "At
// the hearing", "The same broadcast", "within the hour".
bool Resolver::RefersBack(const Saying& saying) const {
  constexpr absl::string_view kEvents[] = {
      "conference", "hearing", "meeting", "talks",     "briefing", "interview",
      "session",    "debate",  "speech",  "broadcast", "occasion", "day"};
  constexpr uint32_t kMaxWords = 6;
  const Sentence& sentence = SentenceAt(SentenceOf(document_, saying));
  const uint32_t end = std::min(sentence.first + kMaxWords, sentence.last);
  bool is_definite = false;
  for (uint32_t i = sentence.first; i + 2 < sentence.last; ++i) {
    if (At(i).lemma == "within" && At(i + 2).lemma == "hour") return true;
  }
  for (uint32_t i = sentence.first; i < end; ++i) {
    const absl::string_view word = document_.TextOf(At(i));
    const std::string& lemma = At(i).lemma;
    if (lemma == "the" || lemma == "same") is_definite = true;
    if (is_definite && std::find(std::begin(kEvents), std::end(kEvents),
                                 word) != std::end(kEvents)) {
      return i > sentence.first + 1;
    }
    if (IsFiniteVerb(At(i).tag)) return false;
  }
  return false;
}

SayingTime Resolver::FromExpression(const TimeExpression& expression) const {
  SayingTime result;
  result.span = expression.range;
  result.time = expression.time;
  if (!result.time) {
    const Span span = SpanOf(document_, expression.range);
    result.unknown = absl::StrCat(
        "\"", document_.text().substr(span.begin(), span.end() - span.begin()),
        "\" counts from a day of publication that is not known");
  }
  return result;
}

SayingTime Resolver::Default() const {
  SayingTime result;
  if (published_) {
    result.time = EdtfTime::OfDay(*published_);
  } else {
    result.unknown = "no words of time, and no day of publication";
  }
  return result;
}

// Some day before publication, in its year.
SayingTime Resolver::Before() const {
  SayingTime result;
  if (!published_) {
    result.unknown = "some time before a day of publication that is not known";
    return result;
  }
  const absl::CivilDay last = *published_ - 1;
  result.time = EdtfTime::Between(absl::CivilDay(absl::CivilYear(last)), last);
  return result;
}

// The time of the occasion that saying `i` goes on with; null if none.
const SayingTime* Resolver::Carried(size_t i) const {
  const Saying& saying = sayings_[i];
  const int sentence = SentenceOf(document_, saying);
  if (sentence < 0) return nullptr;
  const Occasion* occasion = nullptr;
  if (saying.speaker >= 0) {
    const auto found = occasions_.find(saying.speaker);
    if (found != occasions_.end()) occasion = &found->second;
  } else if (last_) {
    occasion = &*last_;
  }
  if (last_ && RefersBack(saying)) occasion = &*last_;
  if (occasion == nullptr || !MayCarry(saying)) return nullptr;
  const uint32_t paragraphs =
      SentenceAt(sentence).paragraph - SentenceAt(occasion->sentence).paragraph;
  return paragraphs <= kMaxCarryParagraphs ? &occasion->time : nullptr;
}

std::vector<SayingTime> Resolver::Run() {
  std::vector<SayingTime> times;
  times.reserve(sayings_.size());
  for (size_t i = 0; i < sayings_.size(); ++i) {
    const Saying& saying = sayings_[i];
    const TimeExpression* own = RemarkExpression(saying);
    if (own == nullptr) own = OwnExpression(saying);
    if (own == nullptr) own = TranscriptExpression(saying);
    const bool is_before = own != nullptr ? own->vague : IsPastPerfect(saying);
    bool is_occasion = false;
    if (is_before) {
      times.push_back(Before());
      if (own != nullptr) times.back().span = own->range;
    } else if (own != nullptr) {
      times.push_back(FromExpression(*own));
      is_occasion = !IsPastPerfect(saying) && !IsByTheWay(saying);

    } else if (saying.parent >= 0) {
      times.push_back(times[saying.parent]);
    } else if (const auto* corrected = CorrectionExpression(saying)) {
      times.push_back(FromExpression(*corrected));
    } else if (const SayingTime* carried = Carried(i)) {
      times.push_back(*carried);
      is_occasion = true;
    } else {
      times.push_back(Default());
    }
    if (is_occasion && saying.parent < 0 &&
        (!times.back().time || IsOccasion(*times.back().time))) {
      last_ = Occasion{times.back(), SentenceOf(document_, saying)};
      if (saying.speaker >= 0) occasions_[saying.speaker] = *last_;
    }
  }
  return times;
}

}  // namespace

std::vector<SayingTime> ResolveSayingTimes(
    const Document& document, std::optional<absl::CivilDay> published,
    absl::Span<const Saying> sayings) {
  return Resolver(document, published, sayings).Run();
}

}  // namespace extract
}  // namespace onrecord
