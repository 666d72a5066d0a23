#include "engine/extract/attribution/span_labels.h"

#include <algorithm>
#include <utility>

#include "engine/extract/models/fixed_exp.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint32_t kMaxSequence = 400;
constexpr uint64_t kEdge = 3;  // stands for what is outside the sequence

uint64_t Pack(uint64_t a, uint64_t b, uint64_t c = 0, uint64_t d = 0) {
  return a | b << 8 | c << 16 | d << 24;
}

uint64_t Distance(uint32_t d) {
  return d < 6 ? d : d < 9 ? 6 : d < 15 ? 9 : d < 25 ? 15 : 25;
}

}  // namespace

std::vector<TokenRange> LabelSequences(const Reading& reading) {
  std::vector<TokenRange> sequences;
  for (uint32_t p = 0; p < reading.document().paragraphs().size(); ++p) {
    const TokenRange paragraph = reading.Paragraph(p);
    for (uint32_t i = paragraph.first; i < paragraph.last; i += kMaxSequence) {
      sequences.push_back({i, std::min(paragraph.last, i + kMaxSequence)});
    }
  }
  return sequences;
}

LabelFeatures::LabelFeatures(const Reading& reading, TokenRange sequence)
    : reading_(reading), sequence_(sequence) {
  static const uint64_t that = HashLower("that");
  static const uint64_t to = HashLower("to");
  neighbours_.resize(sequence.size());
  Neighbours last;
  for (uint32_t i = sequence.first; i < sequence.last; ++i) {
    const ReadToken& token = reading[i];
    const bool open_cue = token.is_cue && token.quote == QuoteState::kOutside;
    has_quotes_ |= token.quote != QuoteState::kOutside;
    open_cues_.Push(open_cue);
    const auto at = static_cast<int32_t>(i);
    if (token.lemma == that) last.that = at;
    if (token.lemma == to) last.to = at;
    if (token.boundary == Boundary::kComma) last.comma = at;
    neighbours_[i - sequence.first] = last;
    if (open_cue) last.cue_before = at;
  }
  int32_t after = -1;
  for (uint32_t i = sequence.last; i-- > sequence.first;) {
    neighbours_[i - sequence.first].cue_after = after;
    if (reading[i].is_cue && reading[i].quote == QuoteState::kOutside) {
      after = static_cast<int32_t>(i);
    }
  }
}

void LabelFeatures::AddWords(uint32_t i, FeatureList& features) const {
  const auto inside = [&](int offset) {
    const int64_t at = static_cast<int64_t>(i) + offset;
    return at >= sequence_.first && at < sequence_.last;
  };
  const auto lemma = [&](int offset) {
    return inside(offset) ? reading_[i + offset].lemma : kEdge;
  };
  const auto tag = [&](int offset) -> uint64_t {
    return inside(offset) ? reading_[i + offset].tag : 99;
  };
  const Document& document = reading_.document();
  const Token& token = document.tokens()[i];
  const WordInfo& info = document.words()[i];
  uint32_t t = 200;
  features.Add(t++);
  for (int offset = -2; offset <= 2; ++offset) {
    features.Add(t++, lemma(offset));
    features.Add(t++, tag(offset));
  }
  features.Add(t++, info.word);
  features.Add(t++, lemma(-1), lemma(0));
  features.Add(t++, lemma(0), lemma(1));
  features.Add(t++, tag(-1), tag(0));
  features.Add(t++, tag(0), tag(1));
  features.Add(t++, tag(-1), tag(0), tag(1));
  features.Add(t++, tag(-2), tag(-1), tag(0));
  features.Add(t++, tag(0), tag(1), tag(2));
  features.Add(t++, static_cast<uint64_t>(token.name));
  const TokenRange sentence = reading_.SentenceOf(i);
  features.Add(t++, Pack(info.capital, i == sentence.first));
  features.Add(t++, Distance(i - sentence.first));
  features.Add(t++, Distance(sentence.last - 1 - i));
  const uint32_t sentences =
      token.sentence - document.tokens()[sequence_.first].sentence;
  features.Add(t++, std::min(3u, sentences));
  features.Add(t++, Pack(reading_[i].cue / 125,
                         static_cast<uint64_t>(reading_[i].word_class)));
}

void LabelFeatures::AddQuotes(uint32_t i, FeatureList& features) const {
  const auto quote = [&](int offset) -> uint64_t {
    const int64_t at = static_cast<int64_t>(i) + offset;
    if (at < sequence_.first || at >= sequence_.last) return 9;
    return static_cast<uint64_t>(reading_[at].quote);
  };
  const ReadToken& token = reading_[i];
  uint32_t t = 230;
  features.Add(t++, Pack(quote(0), token.quote_is_long, token.quote_is_closed));
  features.Add(t++, Pack(quote(-1), quote(0), quote(1)));
  features.Add(t++, Pack(has_quotes_, quote(0)));
  features.Add(t++, Pack(quote(0), token.tag));
  const TokenRange sentence = reading_.SentenceOf(i);
  const uint32_t first = std::max(sentence.first, sequence_.first);
  const uint32_t last = std::min(sentence.last, sequence_.last);
  const uint32_t cues =
      open_cues_.In(first - sequence_.first, last - sequence_.first);
  features.Add(t++, Pack(std::min(3u, cues), quote(0)));
}

void LabelFeatures::AddCueBefore(uint32_t i, FeatureList& features) const {
  const Neighbours& near = neighbours_[i - sequence_.first];
  uint32_t t = 240;
  if (near.cue_before < 0) return features.Add(t);
  const auto cue = static_cast<uint32_t>(near.cue_before);
  const auto& tokens = reading_.document().tokens();
  const uint64_t lemma = reading_[cue].lemma;
  const uint64_t same = tokens[cue].sentence == tokens[i].sentence;
  const uint64_t distance = Distance(i - cue);
  const uint64_t complement = near.that > near.cue_before ? 1
                              : near.to > near.cue_before ? 2
                                                          : 0;
  const uint64_t comma = near.comma > near.cue_before;
  const uint64_t after = cue + 1 < sequence_.last ? reading_[cue + 1].tag : 99;
  const uint64_t verbs = std::min(4u, reading_.verbs().In(cue + 1, i + 1));
  const uint64_t boundaries =
      std::min(4u, reading_.boundaries().In(cue + 1, i));
  const auto quote = static_cast<uint64_t>(reading_[i].quote);
  features.Add(++t, Pack(distance, same));
  features.Add(++t, lemma, same);
  features.Add(++t, lemma, Pack(std::min(i - cue, 4u), same));
  features.Add(++t, Pack(quote, reading_[i].quote_is_long,
                         reading_[i].quote_is_closed, same));
  features.Add(++t, Pack(complement, comma, same));
  features.Add(++t, lemma, Pack(complement, comma));
  features.Add(++t, Pack(after, reading_[cue].tag, std::min(i - cue, 3u)));
  features.Add(++t, lemma, after);
  features.Add(++t, Pack(verbs, same));
  features.Add(++t, Pack(boundaries, same, verbs > 0));
}

void LabelFeatures::AddCueAfter(uint32_t i, FeatureList& features) const {
  const Neighbours& near = neighbours_[i - sequence_.first];
  uint32_t t = 260;
  if (near.cue_after < 0) return features.Add(t);
  const auto cue = static_cast<uint32_t>(near.cue_after);
  const auto& tokens = reading_.document().tokens();
  const uint64_t lemma = reading_[cue].lemma;
  const uint64_t same = tokens[cue].sentence == tokens[i].sentence;
  const uint64_t boundaries = std::min(3u, reading_.boundaries().In(i, cue));
  const uint64_t verbs = std::min(3u, reading_.verbs().In(i, cue));
  const uint64_t after = cue + 1 < sequence_.last ? reading_[cue + 1].tag : 99;
  const auto quote = static_cast<uint64_t>(reading_[i].quote);
  features.Add(++t, Pack(Distance(cue - i), same));
  features.Add(++t, lemma, same);
  features.Add(++t, lemma, Pack(std::min(cue - i, 4u), same));
  features.Add(++t, Pack(quote, reading_[i].quote_is_long,
                         reading_[i].quote_is_closed, same));
  features.Add(++t, Pack(boundaries, same));
  features.Add(++t, lemma, Pack(boundaries > 0, same));
  features.Add(++t, Pack(reading_[cue].tag, after, boundaries > 0));
  features.Add(++t, Pack(verbs, boundaries > 0, same));
}

void LabelFeatures::Add(uint32_t i, FeatureList& features) const {
  AddWords(i, features);
  AddQuotes(i, features);
  AddCueBefore(i, features);
  AddCueAfter(i, features);
}

namespace {

using Scores = std::array<int32_t, kLabels>;
using Row = std::array<uint64_t, kLabels>;

struct Transitions {
  std::array<Scores, kLabels + 1> score = {};
  std::array<Row, kLabels + 1> factor = {};  // exp(score), 1 = 2^20
};

Transitions ReadTransitions(const WeightTable& model) {
  Transitions transitions;
  for (size_t from = 0; from <= kLabels; ++from) {
    const uint64_t feature =
        MixHash(kTransitionTemplate, static_cast<uint64_t>(from));
    for (const WeightTable::Weight& weight : model.Find(feature)) {
      transitions.score[from][weight.label] = weight.weight;
    }
    for (size_t to = 0; to < kLabels; ++to) {
      // Weights are at most a few units, so that 2^30 * e^6 fits.
      const int32_t score = std::clamp(transitions.score[from][to],
                                       -20 * kScoreUnit, 6 * kScoreUnit);
      transitions.factor[from][to] =
          (FixedExp(6 * kScoreUnit - score) * 403) >> 10;  // e^6 = 403
    }
  }
  return transitions;
}

// Scales a row by a power of 2, to a sum of about kProbabilityUnit.
void Rescale(Row& row) {
  uint64_t sum = 0;
  for (const uint64_t value : row) sum += value;
  if (sum == 0) return row.fill(kProbabilityUnit / kLabels);
  const int bits = 64 - __builtin_clzll(sum);
  constexpr int kBits = 30;
  const int up = std::max(0, kBits - bits);
  const int down = std::max(0, bits - kBits);
  for (uint64_t& value : row) value = value << up >> down;
}

// Scales a row to the sum kProbabilityUnit.
void Normalise(Row& row) {
  uint64_t sum = 0;
  for (const uint64_t value : row) sum += value;
  // Scores that are all too small to tell apart.
  if (sum == 0) return row.fill(kProbabilityUnit / kLabels);
  while (sum >= uint64_t{1} << 33) {
    sum = 0;
    for (uint64_t& value : row) sum += value >>= 1;
  }
  for (uint64_t& value : row) value = value * kProbabilityUnit / sum;
}

class Chain {
 public:
  Chain(const Transitions& transitions, std::vector<Scores> scores)
      : transitions_(transitions), scores_(std::move(scores)) {
    for (const Scores& score : scores_) {
      const int32_t most = *std::max_element(score.begin(), score.end());
      Row row;
      for (size_t j = 0; j < kLabels; ++j) row[j] = FixedExp(most - score[j]);
      emissions_.push_back(row);
    }
  }

  // Forward and backward sums, in whole numbers, scaled at every step.
  void FindProbabilities(TokenLabels* labels) const {
    const size_t size = scores_.size();
    std::vector<Row> forward(size);
    for (size_t i = 0; i < size; ++i) {
      for (size_t j = 0; j < kLabels; ++j) {
        uint64_t sum = 0;
        if (i == 0) {
          sum = transitions_.factor[kLabels][j] << 10;
        } else {
          for (size_t k = 0; k < kLabels; ++k) {
            sum += (forward[i - 1][k] * transitions_.factor[k][j]) >> 20;
          }
        }
        forward[i][j] = ((sum >> 10) * emissions_[i][j]) >> 20;
      }
      Rescale(forward[i]);
    }
    Row backward;
    backward.fill(kProbabilityUnit / kLabels);
    for (size_t i = size; i-- > 0;) {
      Row both;
      for (size_t j = 0; j < kLabels; ++j) {
        both[j] = (forward[i][j] >> 1) * (backward[j] >> 1) >> 26;
      }
      Normalise(both);
      for (size_t j = 0; j < kLabels; ++j) {
        labels[i].probability[j] = static_cast<uint32_t>(both[j] >> 14);
      }
      Row next;
      for (size_t k = 0; k < kLabels; ++k) {
        uint64_t sum = 0;
        for (size_t j = 0; j < kLabels; ++j) {
          const uint64_t emitted = (emissions_[i][j] * backward[j]) >> 30;
          sum += (transitions_.factor[k][j] * emitted) >> 20;
        }
        next[k] = sum;
      }
      Rescale(next);
      backward = next;
    }
  }

  void FindBest(TokenLabels* labels) const {
    const size_t size = scores_.size();
    std::array<int64_t, kLabels> best = {};
    std::vector<std::array<uint8_t, kLabels>> from(size);
    for (size_t i = 0; i < size; ++i) {
      std::array<int64_t, kLabels> now;
      for (size_t j = 0; j < kLabels; ++j) {
        size_t k = i == 0 ? kLabels : 0;
        int64_t most = i == 0 ? transitions_.score[kLabels][j]
                              : best[0] + transitions_.score[0][j];
        for (size_t l = 1; i > 0 && l < kLabels; ++l) {
          const int64_t score = best[l] + transitions_.score[l][j];
          if (score > most) {
            most = score;
            k = l;
          }
        }
        now[j] = most + scores_[i][j];
        from[i][j] = static_cast<uint8_t>(k);
      }
      best = now;
    }
    size_t label = std::max_element(best.begin(), best.end()) - best.begin();
    for (size_t i = size; i-- > 0;) {
      labels[i].best = static_cast<Label>(label);
      label = from[i][label];
    }
  }

 private:
  const Transitions& transitions_;
  const std::vector<Scores> scores_;
  std::vector<Row> emissions_;
};

}  // namespace

std::vector<TokenLabels> FindLabels(const Reading& reading,
                                    const WeightTable& model) {
  std::vector<TokenLabels> labels(reading.size());
  const Transitions transitions = ReadTransitions(model);
  FeatureList features;
  for (const TokenRange sequence : LabelSequences(reading)) {
    const LabelFeatures extractor(reading, sequence);
    std::vector<Scores> scores(sequence.size());
    for (uint32_t i = sequence.first; i < sequence.last; ++i) {
      features.Clear();
      extractor.Add(i, features);
      model.AddScores(features, scores[i - sequence.first].data());
    }
    const Chain chain(transitions, std::move(scores));
    chain.FindProbabilities(&labels[sequence.first]);
    chain.FindBest(&labels[sequence.first]);
  }
  return labels;
}

}  // namespace extract
}  // namespace onrecord
