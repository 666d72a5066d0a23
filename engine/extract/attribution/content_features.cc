#include "engine/extract/attribution/content_features.h"

#include <algorithm>

namespace onrecord {
namespace extract {
namespace {

constexpr uint64_t kEdge = 3;

// A probability of the labels in `parts` steps.
uint64_t Steps(uint64_t probability, uint64_t parts) {
  return probability * parts / kLabelUnit;
}

class CueFeatures {
 public:
  CueFeatures(const LabelRuns& runs, uint32_t cue, uint32_t base,
              FeatureList& features)
      : runs_(runs),
        reading_(runs.reading()),
        cue_(cue),
        sentence_(reading_.SentenceOf(cue)),
        template_(base),
        features_(features) {}

  void AddAll() {
    AddWord();
    AddNeighbours();
    AddSentence();
    AddLabels();
  }

 private:
  uint64_t Lemma(int offset) const {
    const int64_t at = static_cast<int64_t>(cue_) + offset;
    return at < 0 || at >= reading_.size() ? kEdge : reading_[at].lemma;
  }
  uint64_t TagAt(int offset) const {
    const int64_t at = static_cast<int64_t>(cue_) + offset;
    return at < 0 || at >= reading_.size() ? 99 : reading_[at].tag;
  }
  uint32_t Next() { return template_++; }

  void AddWord() {
    const ReadToken& cue = reading_[cue_];
    const auto quote = static_cast<uint64_t>(cue.quote);
    features_.Add(Next());
    features_.Add(Next(), cue.lemma, static_cast<uint64_t>(cue.word_class));
    features_.Add(Next(), cue.lemma, cue.tag);
    features_.Add(Next(), cue.tag);
    features_.Add(Next(), cue.cue * 12 / 1000);
    features_.Add(Next(), Pack(cue.cue * 6 / 1000, quote));
    features_.Add(Next(), quote);
  }

  void AddNeighbours() {
    const uint64_t lemma = Lemma(0);
    for (const int offset : {-2, -1, 1, 2}) {
      features_.Add(Next(), Lemma(offset));
      features_.Add(Next(), TagAt(offset));
      features_.Add(Next(), lemma, Lemma(offset));
      features_.Add(Next(), lemma, TagAt(offset));
    }
    features_.Add(Next(), Pack(TagAt(-1), TagAt(0), TagAt(1)));
  }

  void AddSentence() {
    static const uint64_t that = HashLower("that");
    const uint64_t lemma = Lemma(0);
    const uint64_t has_quotes = reading_.quoted().In(sentence_) > 0;
    features_.Add(Next(), has_quotes);
    features_.Add(Next(), reading_.document().tokens()[cue_].sentence == 0);
    features_.Add(Next(), std::min(cue_ - sentence_.first, 3u));
    features_.Add(Next(), lemma, has_quotes);
    const uint32_t others =
        reading_.cues().In(sentence_) - reading_[cue_].is_cue;
    features_.Add(Next(), std::min(3u, others));
    const uint32_t t = template_;
    template_ += 3;
    uint64_t has_that = 0;
    for (uint32_t i = cue_; i-- > sentence_.first;) {
      has_that |= reading_[i].lemma == that;
      if (!reading_[i].is_cue) continue;
      features_.Add(t, reading_[i].lemma);
      features_.Add(t + 1,
                    Pack(DistanceClass(cue_ - i), reading_[i].cue * 6 / 1000));
      features_.Add(t + 2, has_that);
      break;
    }
  }

  void AddLabels() {
    const TokenLabels& labels = runs_[cue_];
    const uint64_t strength = reading_[cue_].cue * 6 / 1000;
    features_.Add(Next(), Steps(labels.cue(), 8));
    features_.Add(Next(), Steps(labels.content(), 8));
    features_.Add(Next(), Steps(labels.source(), 4));
    features_.Add(Next(), Pack(Steps(labels.cue(), 8), strength));
    features_.Add(Next(), labels.best == Label::kCue);
    features_.Add(Next(), Steps(labels.cue(), 20));
  }

  const LabelRuns& runs_;
  const Reading& reading_;
  const uint32_t cue_;
  const TokenRange sentence_;
  uint32_t template_;
  FeatureList& features_;
};

class SpanFeatures {
 public:
  SpanFeatures(const LabelRuns& runs, uint32_t cue,
               const ContentCandidate& candidate, FeatureList& features)
      : runs_(runs),
        reading_(runs.reading()),
        candidate_(candidate),
        cue_(cue),
        lemma_(reading_[cue].lemma),
        strength_(reading_[cue].cue * 6 / 1000),
        sentence_(reading_.SentenceOf(cue)),
        first_(candidate.segments.front().first),
        last_(candidate.segments.back().last - 1),
        words_(WordsIn(reading_, candidate.segments)),
        features_(features) {
    side_ = last_ < cue ? 0 : first_ > cue ? 1 : 2;
    has_quotes_ = reading_.quoted().In(sentence_) > 0;
    for (const TokenRange& range : candidate.segments) {
      quoted_ += reading_.quoted().In(range);
      verbs_ += reading_.verbs().In(range);
      cues_ += reading_.cues().In(range);
    }
    quote_share_ = quoted_ == 0           ? 0
                   : 2 * quoted_ < words_ ? 1
                   : quoted_ < words_     ? 2
                                          : 3;
  }

  void AddAll() {
    AddWays();
    AddEdges();
    AddInside();
    if (side_ == 1) AddBetween();
    AddLabels();
  }

 private:
  uint64_t Lemma(int64_t at) const {
    return at < 0 || at >= reading_.size() ? kEdge : reading_[at].lemma;
  }
  uint64_t TagAt(int64_t at) const {
    return at < 0 || at >= reading_.size() ? 99 : reading_[at].tag;
  }
  uint64_t QuoteAt(int64_t at) const {
    return at < 0 || at >= reading_.size()
               ? 9
               : static_cast<uint64_t>(reading_[at].quote);
  }

  void AddWays() {
    const ReadToken& cue = reading_[cue_];
    const uint64_t word_class = static_cast<uint64_t>(cue.word_class);
    const uint64_t length = DistanceClass(words_);
    for (const uint32_t way : candidate_.ways) {
      uint32_t t = 400;
      features_.Add(t++, way);
      features_.Add(t++, way, lemma_);
      features_.Add(t++, way, Pack(strength_, word_class));
      features_.Add(t++, way, Pack(quote_share_, has_quotes_));
      features_.Add(t++, way, cue.tag);
      features_.Add(t++, way, TagAt(first_));
      features_.Add(t++, way, Lemma(first_));
      features_.Add(t++, way, TagAt(last_ + 1));
      features_.Add(t++, way, length);
    }
  }

  void AddEdges() {
    uint32_t t = 420;
    const int64_t first = first_;
    const int64_t last = last_;
    const uint64_t length = DistanceClass(words_);
    features_.Add(t++, std::min<size_t>(5, candidate_.ways.size()));
    features_.Add(t++, side_);
    features_.Add(t++, side_, lemma_);
    features_.Add(t++, side_, length);
    features_.Add(t++, length, lemma_);
    features_.Add(t++, Lemma(first));
    features_.Add(t++, Lemma(first), lemma_);
    features_.Add(t++, TagAt(first), strength_);
    features_.Add(t++, Lemma(first - 1));
    features_.Add(t++, TagAt(first - 1), TagAt(first));
    features_.Add(t++, Lemma(last + 1));
    features_.Add(t++, TagAt(last), TagAt(last + 1));
    features_.Add(t++, Lemma(last + 2));
    features_.Add(t++, Pack(quote_share_, side_, has_quotes_));
    features_.Add(t++, Pack(QuoteAt(first - 1), QuoteAt(first), QuoteAt(last),
                            QuoteAt(last + 1)));
    features_.Add(t++, Pack(last_ + 2 >= sentence_.last, side_));
    const uint32_t gap = side_ == 0   ? cue_ - last_
                         : side_ == 1 ? first_ - cue_
                                      : std::min(cue_ - first_, last_ - cue_);
    features_.Add(t++, Pack(DistanceClass(gap), side_));
    features_.Add(t++, Pack(QuoteAt(first) == 0 && QuoteAt(last) == 1,
                            QuoteAt(first) == 1 && QuoteAt(last) == 0));
    features_.Add(t++, lemma_, TagAt(last + 1), side_);
  }

  void AddInside() {
    uint32_t t = 445;
    const auto& tokens = reading_.document().tokens();
    features_.Add(t++, Pack(std::min(verbs_, 3u), strength_));
    features_.Add(t++, lemma_, verbs_ > 0);
    features_.Add(t++, std::min(cues_, 3u));
    features_.Add(t++, last_ - first_ + 1 > words_ + 4 && side_ != 2);
    features_.Add(
        t++, std::min(2u, tokens[last_].sentence - tokens[first_].sentence));
  }

  void AddBetween() {
    uint32_t t = 455;
    const TokenRange between = {cue_ + 1, first_};
    const uint32_t words = reading_.words().In(between);
    uint64_t tags = 0;
    int taken = 0;
    for (uint32_t i = between.first; i < between.last && taken < 3; ++i) {
      if (!reading_[i].is_word) continue;
      tags = tags << 8 | (reading_[i].tag + 1u);
      ++taken;
    }
    features_.Add(t++, std::min(4u, words));
    features_.Add(t++, reading_.verbs().In(between) > 0);
    features_.Add(t++, tags);
    features_.Add(t++, reading_.commas().In(between) > 0);
    features_.Add(t++, lemma_, TagAt(first_), 1);
  }

  void AddLabels() {
    uint32_t t = 470;
    uint64_t sum = 0;
    uint32_t best = 0;
    uint64_t least = kLabelUnit;
    for (const TokenRange& range : candidate_.segments) {
      sum += runs_.ContentIn(range);
      best += runs_.BestContentIn(range);
      for (uint32_t i = range.first; i < range.last; ++i) {
        if (reading_[i].is_word) {
          least = std::min<uint64_t>(least, runs_[i].content());
        }
      }
    }
    const TokenRange around = {std::min(sentence_.first, first_),
                               std::max(sentence_.last, last_ + 1)};
    const uint64_t all = runs_.ContentIn(around);
    const uint64_t mean = sum / words_;
    const uint64_t both = uint64_t{words_} * kLabelUnit + all - sum + 1;
    const uint32_t best_all = runs_.BestContentIn(around);
    uint32_t next = last_ + 1;
    while (next < reading_.size() && !reading_[next].is_word) ++next;
    const bool has_next = next < reading_.size();
    features_.Add(t++, Steps(mean, 10));
    features_.Add(t++, sum * 10 / both);
    features_.Add(t++, Steps(runs_[first_].content(), 6));
    features_.Add(t++, Steps(runs_[last_].content(), 6));
    features_.Add(t++, Steps(runs_[first_].probability[1], 5));
    features_.Add(t++, first_ == 0 ? 0 : Steps(runs_[first_ - 1].content(), 6));
    features_.Add(t++, has_next ? Steps(runs_[next].probability[2], 6) : 0);
    features_.Add(t++, last_ + 1 < reading_.size()
                           ? Steps(runs_[last_ + 1].content(), 6)
                           : 0);
    features_.Add(t++, best_all == 0
                           ? 0
                           : uint64_t{best} * 8 / (words_ + best_all - best));
    features_.Add(t++, Pack(Steps(mean, 6), Steps(runs_[cue_].cue(), 6)));
    features_.Add(t++, Steps(least, 5));
    features_.Add(t++, Pack(Steps(mean, 5), Steps(least, 5), side_));
  }

  const LabelRuns& runs_;
  const Reading& reading_;
  const ContentCandidate& candidate_;
  const uint32_t cue_;
  const uint64_t lemma_;
  const uint64_t strength_;
  const TokenRange sentence_;
  const uint32_t first_;
  const uint32_t last_;  // the last word
  const uint32_t words_;
  FeatureList& features_;
  uint64_t side_ = 0;  // before, after, around the cue
  uint64_t quote_share_ = 0;
  bool has_quotes_ = false;
  uint32_t quoted_ = 0;
  uint32_t verbs_ = 0;
  uint32_t cues_ = 0;
};

}  // namespace

void AddCueFeatures(const LabelRuns& runs, uint32_t cue, uint32_t base,
                    FeatureList& features) {
  CueFeatures(runs, cue, base, features).AddAll();
}

void AddContentFeatures(const LabelRuns& runs, uint32_t cue,
                        const ContentCandidate& candidate,
                        FeatureList& features) {
  SpanFeatures(runs, cue, candidate, features).AddAll();
}

}  // namespace extract
}  // namespace onrecord
