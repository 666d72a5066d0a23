#include "engine/extract/attribution/source_candidates.h"

#include <algorithm>
#include <cstddef>

#include "engine/extract/attribution/content_features.h"
#include "engine/extract/attribution/reading.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint32_t kMaxTokens = 40;
constexpr uint64_t kEdge = 3;

// The ways in which a source is found. Numbers are part of the model.
enum Way : uint32_t {
  kPhraseBefore = 1,
  kTwoPhrasesBefore,  // with the preposition between
  kSecondBefore,      // what is before the preposition
  kPhraseAfter,
  kTwoPhrasesAfter,
  kFirstOfSentence,
  kBeforeColon,
  kAfterDash,
  kRestAfterDash,
  kRunBefore,
  kFirstRun,
  kRunAfter,
  kRunOfSentenceBefore,
  kRunTwoSentencesBefore,
};

bool IsPhrasePart(Tag tag) {
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

bool IsPhrasePartBefore(Tag tag) {
  return IsPhrasePart(tag) || tag == Tag::kVBG || tag == Tag::kVBN ||
         tag == Tag::kWP;
}

class Finder {
 public:
  Finder(const LabelRuns& runs, uint32_t cue)
      : runs_(runs),
        reading_(runs.reading()),
        tokens_(reading_.document().tokens()),
        cue_(cue),
        sentence_(reading_.SentenceOf(cue)) {}

  std::vector<SourceCandidate> Run() {
    AddBefore();
    AddAfter();
    AddFirst();
    AddAtMarks();
    AddRuns();
    return std::move(candidates_);
  }

 private:
  Tag TagAt(uint32_t i) const { return tokens_[i].tag; }

  void Add(uint32_t way, uint32_t first, uint32_t last) {
    if (first <= cue_ && cue_ < last) last = cue_;
    const TokenRange range = reading_.Trimmed({first, last});
    if (range.empty() || range.size() > kMaxTokens) return;
    for (SourceCandidate& candidate : candidates_) {
      if (candidate.range != range) continue;
      candidate.ways.push_back(way);
      return;
    }
    candidates_.push_back({range, {way}});
  }

  uint32_t PhraseBegin(uint32_t end) const {
    while (end > sentence_.first && IsPhrasePartBefore(TagAt(end - 1))) --end;
    return end;
  }

  void AddBefore() {
    uint32_t end = cue_;
    while (end > sentence_.first) {
      const Tag tag = TagAt(end - 1);
      if (tag != Tag::kMD && tag != Tag::kRB && tag != Tag::kVBD &&
          tag != Tag::kVBZ && tag != Tag::kVBP && tag != Tag::kVB &&
          tag != Tag::kTO && tag != Tag::kVBN && tag != Tag::kComma) {
        break;
      }
      --end;
    }
    const uint32_t begin = PhraseBegin(end);
    Add(kPhraseBefore, begin, end);
    if (begin > sentence_.first && TagAt(begin - 1) == Tag::kIN) {
      const uint32_t second = PhraseBegin(begin - 1);
      Add(kTwoPhrasesBefore, second, end);
      Add(kSecondBefore, second, begin - 1);
    }
  }

  void AddAfter() {
    uint32_t begin = cue_ + 1;
    while (begin < sentence_.last) {
      const std::string& lemma = tokens_[begin].lemma;
      if (lemma != "to" && lemma != "by" && lemma != "from" && lemma != ",") {
        break;
      }
      ++begin;
    }
    uint32_t end = begin;
    while (end < sentence_.last && IsPhrasePart(TagAt(end))) ++end;
    Add(kPhraseAfter, begin, end);
    if (end < sentence_.last && TagAt(end) == Tag::kIN) {
      uint32_t second = end + 1;
      while (second < sentence_.last && IsPhrasePart(TagAt(second))) ++second;
      Add(kTwoPhrasesAfter, begin, second);
    }
  }

  void AddFirst() {
    uint32_t begin = sentence_.first;
    while (begin < cue_ && !reading_[begin].is_word) ++begin;
    uint32_t end = begin;
    while (end < cue_ && IsPhrasePart(TagAt(end))) ++end;
    Add(kFirstOfSentence, begin, end);
  }

  void AddAtMarks() {
    if (reading_[cue_].boundary == Boundary::kColon) {
      Add(kBeforeColon, sentence_.first, cue_);
    }
    if (reading_[cue_].is_word) return;
    uint32_t end = cue_ + 1;
    while (end < sentence_.last && reading_[end].is_word) ++end;
    Add(kAfterDash, cue_ + 1, end);
    Add(kRestAfterDash, cue_ + 1, sentence_.last);
  }

  void AddRuns() {
    TokenRange before;
    TokenRange first;
    TokenRange after;
    for (const TokenRange& run :
         LabelRuns::RunsIn(runs_.sources(), sentence_)) {
      if (run.last <= cue_) {
        if (first.empty()) first = run;
        before = run;
      } else if (run.first > cue_ && after.empty()) {
        after = run;
      }
    }
    if (!before.empty()) Add(kRunBefore, before.first, before.last);
    if (!first.empty()) Add(kFirstRun, first.first, first.last);
    if (!after.empty()) Add(kRunAfter, after.first, after.last);
    const uint32_t sentence = tokens_[cue_].sentence;
    for (uint32_t back = 1; back <= 2 && back <= sentence; ++back) {
      const Sentence& other = reading_.document().sentences()[sentence - back];
      const auto runs =
          LabelRuns::RunsIn(runs_.sources(), {other.first, other.last});
      if (runs.empty()) continue;
      Add(back == 1 ? kRunOfSentenceBefore : kRunTwoSentencesBefore,
          runs.back().first, runs.back().last);
    }
  }

  const LabelRuns& runs_;
  const Reading& reading_;
  const std::vector<Token>& tokens_;
  const uint32_t cue_;
  const TokenRange sentence_;
  std::vector<SourceCandidate> candidates_;
};

uint64_t Steps(uint64_t probability, uint64_t parts) {
  return probability * parts / kLabelUnit;
}

}  // namespace

std::vector<SourceCandidate> SourceCandidates(const LabelRuns& runs,
                                              uint32_t cue) {
  return Finder(runs, cue).Run();
}

void AddNoSourceFeatures(const LabelRuns& runs, uint32_t cue,
                         FeatureList& features) {
  AddCueFeatures(runs, cue, /*base=*/500, features);
}

void AddSourceFeatures(const LabelRuns& runs, uint32_t cue,
                       const SourceCandidate& candidate,
                       FeatureList& features) {
  const Reading& reading = runs.reading();
  const auto& tokens = reading.document().tokens();
  const TokenRange range = candidate.range;
  const uint32_t head = range.last - 1;
  const uint64_t lemma = reading[cue].lemma;
  const auto name = static_cast<uint64_t>(tokens[head].name);
  const uint64_t head_tag = reading[head].tag;
  const uint64_t before_cue = range.first < cue;
  const uint32_t gap = range.last <= cue   ? cue - range.last
                       : range.first > cue ? range.first - cue
                                           : 0;
  for (const uint32_t way : candidate.ways) {
    uint32_t t = 560;
    features.Add(t++, way);
    features.Add(t++, way, lemma);
    features.Add(t++, way, Pack(name, head_tag));
    features.Add(t++, way, Pack(reading[cue].cue * 6 / 1000, reading[cue].tag));
  }
  const auto quote = [&](uint32_t i) {
    return static_cast<uint64_t>(reading[i].quote);
  };
  const auto lemma_at = [&](int64_t i) {
    return i < 0 || i >= reading.size() ? kEdge : reading[i].lemma;
  };
  uint32_t t = 570;
  features.Add(t++, head_tag);
  features.Add(t++, name);
  features.Add(t++, reading[head].lemma);
  features.Add(t++, Pack(quote(range.first), quote(cue)));
  features.Add(t++, DistanceClass(range.size()));
  features.Add(t++, before_cue);
  features.Add(t++, before_cue, lemma);
  features.Add(t++, Pack(DistanceClass(gap), before_cue));
  features.Add(t++, lemma_at(static_cast<int64_t>(range.first) - 1));
  features.Add(t++, lemma_at(range.last));
  features.Add(t++, reading[range.first].tag);
  features.Add(t++, reading.commas().In(range) > 0);
  features.Add(t++, reading[range.first].lemma);
  const TokenRange between = {std::min(range.last, cue),
                              std::max(range.first, cue)};
  features.Add(t++, std::min(2u, reading.cues().In(between)));
  features.Add(t++, tokens[range.first].sentence == tokens[cue].sentence);
  const uint64_t words = reading.words().In(range);
  const uint64_t mean = runs.SourceIn(range) / words;
  features.Add(t++, Steps(mean, 8));
  features.Add(t++, Steps(runs.ContentIn(range) / words, 5));
  features.Add(t++, Steps(runs[range.first].probability[4], 5));
  features.Add(t++, range.last < reading.size()
                        ? Steps(runs[range.last].probability[5], 5)
                        : 0);
  features.Add(t++, Pack(Steps(mean, 8), DistanceClass(gap), before_cue));
}

}  // namespace extract
}  // namespace onrecord
