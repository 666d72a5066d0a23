#include "engine/extract/attribution/content_candidates.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "engine/extract/models/feature_hash.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint16_t kMinCue = 30;
constexpr uint32_t kMaxWords = 150;
constexpr uint32_t kMaxQuotations = 12;  // of a paragraph

// The ways in which a span is found. Numbers are part of the model.
enum Way : uint32_t {
  kBeforeGroup = 1,  // from the sentence's begin to the cue's subject group
  kAfterGroup,       // from behind an inverted subject to the sentence's end
  kClauseBefore,     // from the last mark to the subject group
  kAroundGroup,
  kRest,                  // to the sentence's end
  kToMark,                // to a comma, semicolon or dash: the first, second…
  kToJoin = kToMark + 6,  // to "and"
  kToPreposition,
  kToNextCue,
  kFromWord,        // from "that", "to"… to the sentence's end
  kFromWordToMark,  // the same to the first mark
  kQuoteBefore,
  kQuoteAfter,
  kThroughQuote,  // from the cue to the end of a quotation behind it
  kUpToQuote,     // from the sentence's begin to the end of one before it
  kAllQuotes,
  kSentenceQuotes,
  kQuotesAround,
  kRunAfter,
  kRunBefore,
  kRunsAround,
  kSentenceAfterColon,
  kParagraphAfterColon,
  kNextParagraph,  // after a sentence that a colon ends, with its paragraph
  kNextQuotation,
};

constexpr absl::string_view kOpeners[] = {
    "that",    "to",  "about", "for", "of",      "on",   "as", "if",
    "whether", "how", "what",  "why", "against", "with", "in",
};

// The number of the word in kOpeners, from 1; 0 if it is none.
uint32_t OpenerOf(uint64_t lemma) {
  static const std::vector<uint64_t>& hashes = *[] {
    auto* all = new std::vector<uint64_t>;
    for (absl::string_view word : kOpeners) all->push_back(HashLower(word));
    return all;
  }();
  for (size_t i = 0; i < hashes.size(); ++i) {
    if (hashes[i] == lemma) return static_cast<uint32_t>(i) + 1;
  }
  return 0;
}

bool IsNounPhrasePart(Tag tag) {
  switch (tag) {
    case Tag::kPRP:
    case Tag::kDT:
    case Tag::kNN:
    case Tag::kNNS:
    case Tag::kNNP:
    case Tag::kNNPS:
    case Tag::kJJ:
    case Tag::kPRPS:
    case Tag::kPOS:
    case Tag::kCD:
      return true;
    default:
      return false;
  }
}

class Finder {
 public:
  Finder(const LabelRuns& runs, uint32_t cue)
      : runs_(runs),
        reading_(runs.reading()),
        tokens_(reading_.document().tokens()),
        cue_(cue),
        sentence_(reading_.SentenceOf(cue)),
        paragraph_(reading_.ParagraphOf(cue)) {}

  std::vector<ContentCandidate> Run() {
    // A dash that opens a paragraph names whose the words before it are.
    if (!reading_[cue_].is_word && paragraph_.first > 0 &&
        cue_ - paragraph_.first < 2) {
      paragraph_.first = reading_.Paragraph(reading_[cue_].paragraph - 1).first;
    }
    AddAroundGroup();
    AddAfter();
    AddFromWords();
    AddQuotes();
    AddRuns();
    if (reading_[cue_].boundary == Boundary::kColon) {
      Add(kSentenceAfterColon, {{cue_ + 1, sentence_.last}});
      Add(kParagraphAfterColon, {{cue_ + 1, paragraph_.last}});
    }
    AddNextParagraph();
    return std::move(candidates_);
  }

 private:
  // "She reports:", and the report in a paragraph of its own.
  void AddNextParagraph() {
    const uint32_t paragraph = reading_[cue_].paragraph;
    if (reading_[sentence_.last - 1].boundary != Boundary::kColon ||
        paragraph + 1 >= reading_.document().paragraphs().size() ||
        sentence_.last != reading_.Paragraph(paragraph).last) {
      return;
    }
    const TokenRange next = reading_.Paragraph(paragraph + 1);
    Add(kNextParagraph, {next});
    const int32_t quotation = tokens_[next.first].quotation;
    if (quotation < 0) return;
    const Quotation& quoted = reading_.document().quotations()[quotation];
    Add(kNextQuotation, {{quoted.first, quoted.last}});
  }

  Tag TagAt(uint32_t i) const { return tokens_[i].tag; }
  bool IsOpen(uint32_t i) const {
    return reading_[i].quote == QuoteState::kOutside;
  }
  bool IsBoundary(uint32_t i) const {
    const Boundary boundary = reading_[i].boundary;
    return boundary != Boundary::kNone && boundary != Boundary::kColon &&
           IsOpen(i);
  }

  void Add(uint32_t way, std::initializer_list<TokenRange> ranges) {
    Add(way, absl::MakeConstSpan(ranges.begin(), ranges.size()));
  }
  void Add(uint32_t way, absl::Span<const TokenRange> ranges) {
    const Segments segments = SegmentsOf(reading_, ranges);
    if (segments.empty() || Contains(segments, cue_) ||
        WordsIn(reading_, segments) > kMaxWords) {
      return;
    }
    for (ContentCandidate& candidate : candidates_) {
      if (candidate.segments != segments) continue;
      const auto end = candidate.ways.end();
      if (std::find(candidate.ways.begin(), end, way) == end) {
        candidate.ways.push_back(way);
      }
      return;
    }
    candidates_.push_back({segments, {way}});
  }

  // The words before the cue that belong to it: "the president has not said".
  uint32_t GroupBegin() const {
    uint32_t i = cue_;
    while (i > sentence_.first) {
      const Tag tag = TagAt(i - 1);
      const std::string& lemma = tokens_[i - 1].lemma;
      const bool auxiliary =
          tag >= Tag::kVBD && tag <= Tag::kVBZ &&
          (lemma == "be" || lemma == "have" || lemma == "do");
      if (tag != Tag::kMD && tag != Tag::kRB && !IsNounPhrasePart(tag) &&
          !auxiliary) {
        break;
      }
      --i;
    }
    return i;
  }

  void AddAroundGroup() {
    const uint32_t begin = GroupBegin();
    uint32_t end = cue_;
    while (end + 1 < sentence_.last && IsNounPhrasePart(TagAt(end + 1))) ++end;
    Add(kBeforeGroup, {{sentence_.first, begin}});
    for (uint32_t i = cue_; i > sentence_.first; --i) {
      if (reading_[i - 1].boundary != Boundary::kComma || !IsOpen(i - 1)) {
        continue;
      }
      Add(kBeforeGroup, {{sentence_.first, i}});
      break;
    }
    if (end > cue_) {
      Add(kAfterGroup, {{end + 1, sentence_.last}});
      Add(kAroundGroup, {{sentence_.first, begin}, {end + 1, sentence_.last}});
    }
    for (uint32_t i = begin; i-- > sentence_.first + 2;) {
      if (i + 2 > begin || !IsBoundary(i)) continue;
      Add(kClauseBefore, {{i + 1, begin}});
      break;
    }
  }

  void AddAfter() {
    uint32_t begin = cue_ + 1;
    while (begin < sentence_.last &&
           (TagAt(begin) == Tag::kRP || TagAt(begin) == Tag::kRB ||
            reading_[begin].boundary == Boundary::kComma)) {
      ++begin;
    }
    after_ = begin;
    Add(kRest, {{begin, sentence_.last}});
    uint32_t marks = 0;
    uint32_t cues = 0;
    for (uint32_t i = begin + 1; i < sentence_.last && marks < 4; ++i) {
      if (IsBoundary(i) ||
          (IsOpen(i) && reading_.document().TextOf(tokens_[i]) == "-")) {
        Add(kToMark + marks, {{begin, i}});
        ++marks;
      }
      if (IsOpen(i) && TagAt(i) == Tag::kCC) Add(kToJoin, {{begin, i}});
      if (IsOpen(i) && marks < 3 &&
          (TagAt(i) == Tag::kIN || TagAt(i) == Tag::kTO ||
           TagAt(i) == Tag::kWRB || TagAt(i) == Tag::kWDT)) {
        Add(kToPreposition, {{begin, i}});
      }
      if (cues < 2 && reading_[i].is_cue &&
          reading_[i].word_class == WordClass::kVerb) {
        ++cues;
        Add(kToNextCue, {{begin, i}});
      }
      if (candidates_.size() > 40) break;
    }
  }

  void AddFromWords() {
    constexpr uint32_t kReach = 12;
    const uint32_t end = std::min(sentence_.last, after_ + kReach);
    for (uint32_t i = after_; i < end; ++i) {
      const uint32_t word = OpenerOf(reading_[i].lemma);
      if (word == 0) continue;
      Add(kFromWord | word << 8, {{i, sentence_.last}});
      for (uint32_t j = i + 1; j < sentence_.last; ++j) {
        if (!IsBoundary(j) || reading_[j].boundary == Boundary::kDash) continue;
        Add(kFromWordToMark | word << 8, {{i, j}});
        break;
      }
    }
  }

  // How many sentences away, at most 2.
  uint32_t SentencesTo(uint32_t token) const {
    const uint32_t a = tokens_[token].sentence;
    const uint32_t b = tokens_[cue_].sentence;
    return std::min(2u, a > b ? a - b : b - a);
  }

  // The quotations of the paragraph that the cue is not in; those nearest to it
  // if there are very many.
  std::vector<TokenRange> Quotations() const {
    const std::vector<Quotation>& all = reading_.document().quotations();
    auto first = std::lower_bound(
        all.begin(), all.end(), paragraph_.first,
        [](const Quotation& q, uint32_t token) { return q.last <= token; });
    std::vector<TokenRange> found;
    for (; first != all.end() && first->first < paragraph_.last; ++first) {
      const TokenRange range = {first->first, first->last};
      if (range.Contains(cue_)) continue;
      if (found.size() == kMaxQuotations) {
        if (range.first > cue_ && found.back().first > cue_) break;
        found.erase(found.begin());
      }
      found.push_back(range);
    }
    return found;
  }

  void AddQuotes() {
    const std::vector<TokenRange> quotes = Quotations();
    std::vector<TokenRange> near;
    std::vector<TokenRange> around;
    for (const TokenRange& quote : quotes) {
      const bool after = quote.first > cue_;
      const uint32_t away = SentencesTo(after ? quote.first : quote.last - 1);
      Add((after ? kQuoteAfter : kQuoteBefore) | away << 8, {quote});
      const bool begins_here = sentence_.Contains(quote.first);
      if (after && begins_here) Add(kThroughQuote, {{after_, quote.last}});
      if (!after && begins_here) {
        Add(kUpToQuote, {{sentence_.first, quote.last}});
      }
      if (tokens_[quote.first].sentence == tokens_[cue_].sentence ||
          tokens_[quote.last - 1].sentence == tokens_[cue_].sentence) {
        near.push_back(quote);
      }
      if (!after) {
        around.assign(1, quote);
      } else if (around.size() == 1 && around[0].first < cue_) {
        around.push_back(quote);
      }
    }
    if (quotes.size() < 2) return;
    Add(kAllQuotes, quotes);
    if (near.size() > 1) Add(kSentenceQuotes, near);
    if (around.size() == 2) Add(kQuotesAround, around);
  }

  void AddRuns() {
    TokenRange before;
    TokenRange after;
    for (const TokenRange& run :
         LabelRuns::RunsIn(runs_.contents(), paragraph_)) {
      if (run.last <= cue_) before = run;
      if (run.first > cue_ && after.empty()) after = run;
    }
    if (!after.empty()) Add(kRunAfter, {after});
    if (!before.empty()) Add(kRunBefore, {before});
    if (!after.empty() && !before.empty()) Add(kRunsAround, {before, after});
  }

  const LabelRuns& runs_;
  const Reading& reading_;
  const std::vector<Token>& tokens_;
  const uint32_t cue_;
  const TokenRange sentence_;
  TokenRange paragraph_;
  uint32_t after_ = 0;  // where what follows the cue begins
  std::vector<ContentCandidate> candidates_;
};

}  // namespace

std::vector<uint32_t> CueCandidates(const Reading& reading) {
  const Document& document = reading.document();
  std::vector<uint32_t> cues;
  for (uint32_t i = 0; i < reading.size(); ++i) {
    const std::string& lemma = document.tokens()[i].lemma;
    const bool word =
        reading[i].cue >= kMinCue && lemma != "be" && lemma != "have";
    const bool dash = reading[i].boundary == Boundary::kDash &&
                      i + 1 < reading.size() && document.words()[i + 1].capital;
    if (word || dash || reading[i].boundary == Boundary::kColon) {
      cues.push_back(i);
    }
  }
  return cues;
}

std::vector<ContentCandidate> ContentCandidates(const LabelRuns& runs,
                                                uint32_t cue) {
  return Finder(runs, cue).Run();
}

}  // namespace extract
}  // namespace onrecord
