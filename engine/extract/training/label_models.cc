#include "engine/extract/training/label_models.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <map>
#include <utility>

#include "engine/extract/attribution/reading.h"
#include "engine/extract/attribution/span_labels.h"
#include "engine/extract/models/fixed_exp.h"
#include "engine/extract/training/dual_averaging.h"
#include "engine/extract/training/feature_index.h"
#include "engine/extract/training/shuffle.h"
#include "engine/extract/training/table_writer.h"

namespace onrecord {
namespace extract {
namespace {

constexpr int kEpochs = 6;
constexpr double kRate = 0.15;
constexpr double kPenalty = 2;
constexpr uint32_t kMinCount = 3;

using Row = std::array<double, kLabels>;

std::vector<uint8_t> LabelsOf(const Example& example) {
  std::vector<uint8_t> labels(example.document.tokens().size(), 0);
  const auto set = [&](const std::vector<uint32_t>& tokens, Label begin,
                       Label inside) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      const bool goes_on = i > 0 && tokens[i - 1] + 1 == tokens[i];
      labels[tokens[i]] = static_cast<uint8_t>(goes_on ? inside : begin);
    }
  };
  for (const GoldTokens& gold : example.gold) {
    set(gold.content, Label::kContentBegin, Label::kContent);
    set(gold.source, Label::kSourceBegin, Label::kSource);
    set(gold.cue, Label::kCue, Label::kCue);
  }
  return labels;
}

class LabelTrainer {
 public:
  LabelTrainer(absl::Span<const Example* const> examples,
               const Models& models) {
    FeatureList features;
    for (const Example* example : examples) {
      const Reading reading(example->document, models);
      const std::vector<uint8_t> labels = LabelsOf(*example);
      for (const TokenRange sequence : LabelSequences(reading)) {
        const LabelFeatures extractor(reading, sequence);
        for (uint32_t i = sequence.first; i < sequence.last; ++i) {
          features.Clear();
          extractor.Add(i, features);
          rows_.Add(features);
          labels_.push_back(labels[i]);
        }
        ends_.push_back(labels_.size());
      }
    }
    rows_.Prune(kMinCount);
  }

  std::string Train() {
    const size_t sequences = ends_.size();
    DualAveraging weights(rows_.features() * kLabels + kLabels * (kLabels + 1),
                          kRate, kPenalty / static_cast<double>(sequences));
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      double likelihood = 0;
      for (const size_t s : Shuffled(sequences, epoch)) {
        likelihood += Learn(s, weights);
      }
      std::cerr << "labels: epoch " << epoch << " log likelihood " << likelihood
                << "\n";
    }
    return Write(weights);
  }

 private:
  static double Sum(const Row& row) {
    double sum = 0;
    for (const double value : row) sum += value;
    return sum;
  }
  static void Scale(Row& row, double by) {
    for (double& value : row) value *= by;
  }
  size_t Transition(size_t from, size_t to) const {
    return rows_.features() * kLabels + from * kLabels + to;
  }

  // Takes one step and returns the sequence's log likelihood before it.
  double Learn(size_t s, DualAveraging& weights) {
    const size_t begin = s == 0 ? 0 : ends_[s - 1];
    const size_t size = ends_[s] - begin;
    weights.Step();
    std::array<Row, kLabels + 1> transitions;
    double path = 0;
    for (size_t k = 0; k <= kLabels; ++k) {
      for (size_t j = 0; j < kLabels; ++j) {
        transitions[k][j] = std::exp(weights.Weight(Transition(k, j)));
      }
    }
    std::vector<Row> emissions(size);
    std::vector<Row> forward(size);
    double likelihood = 0;
    for (size_t i = 0; i < size; ++i) {
      Row scores = {};
      for (const uint32_t feature : rows_[begin + i]) {
        for (size_t j = 0; j < kLabels; ++j) {
          scores[j] += weights.Weight(feature * kLabels + j);
        }
      }
      const double most = *std::max_element(scores.begin(), scores.end());
      const size_t before = i == 0 ? kLabels : labels_[begin + i - 1];
      path += scores[labels_[begin + i]] +
              std::log(transitions[before][labels_[begin + i]]);
      for (size_t j = 0; j < kLabels; ++j) {
        emissions[i][j] = std::exp(scores[j] - most);
        double sum = i == 0 ? transitions[kLabels][j] : 0;
        for (size_t k = 0; i > 0 && k < kLabels; ++k) {
          sum += forward[i - 1][k] * transitions[k][j];
        }
        forward[i][j] = sum * emissions[i][j];
      }
      const double sum = Sum(forward[i]);
      likelihood += std::log(sum) + most;
      Scale(forward[i], 1 / sum);
    }
    Backward(begin, transitions, emissions, forward, weights);
    return path - likelihood;
  }

  void Backward(size_t begin, const std::array<Row, kLabels + 1>& transitions,
                const std::vector<Row>& emissions,
                const std::vector<Row>& forward, DualAveraging& weights) {
    std::array<Row, kLabels + 1> expected = {};
    Row backward;
    backward.fill(1);
    for (size_t i = emissions.size(); i-- > 0;) {
      Row both;
      for (size_t j = 0; j < kLabels; ++j)
        both[j] = forward[i][j] * backward[j];
      Scale(both, 1 / Sum(both));
      MoveFeatures(begin + i, both, weights);
      if (i == 0) {
        for (size_t j = 0; j < kLabels; ++j) expected[kLabels][j] += both[j];
        break;
      }
      std::array<Row, kLabels> pairs;
      Row before = {};
      double total = 0;
      for (size_t k = 0; k < kLabels; ++k) {
        for (size_t j = 0; j < kLabels; ++j) {
          const double value =
              transitions[k][j] * emissions[i][j] * backward[j];
          before[k] += value;
          pairs[k][j] = forward[i - 1][k] * value;
          total += pairs[k][j];
        }
      }
      for (size_t k = 0; k < kLabels; ++k) {
        for (size_t j = 0; j < kLabels; ++j) {
          expected[k][j] += pairs[k][j] / total;
        }
      }
      backward = before;
      Scale(backward, 1 / Sum(backward));
    }
    for (size_t i = 0; i < emissions.size(); ++i) {
      const size_t before = i == 0 ? kLabels : labels_[begin + i - 1];
      expected[before][labels_[begin + i]] -= 1;
    }
    for (size_t k = 0; k <= kLabels; ++k) {
      for (size_t j = 0; j < kLabels; ++j) {
        weights.Move(Transition(k, j), -expected[k][j]);
      }
    }
  }

  void MoveFeatures(size_t token, const Row& expected, DualAveraging& weights) {
    for (size_t j = 0; j < kLabels; ++j) {
      const double gradient = (labels_[token] == j) - expected[j];
      if (std::abs(gradient) < 1e-4) continue;
      for (const uint32_t feature : rows_[token]) {
        weights.Move(feature * kLabels + j, gradient);
      }
    }
  }

  std::string Write(const DualAveraging& weights) const {
    TableWriter writer;
    for (size_t k = 0; k <= kLabels; ++k) {
      for (size_t j = 0; j < kLabels; ++j) {
        writer.Add(MixHash(kTransitionTemplate, k), static_cast<uint16_t>(j),
                   weights.Weight(Transition(k, j)), kScoreUnit);
      }
    }
    for (uint32_t feature = 0; feature < rows_.features(); ++feature) {
      for (size_t j = 0; j < kLabels; ++j) {
        writer.Add(rows_.hash(feature), static_cast<uint16_t>(j),
                   weights.Weight(feature * kLabels + j), kScoreUnit);
      }
    }
    std::cerr << "labels: " << writer.size() << " weights\n";
    return writer.Write();
  }

  FeatureRows rows_;
  std::vector<uint8_t> labels_;
  std::vector<size_t> ends_;  // of the sequences
};

}  // namespace

std::string TrainCues(absl::Span<const Example> examples) {
  struct Count {
    int all = 0;
    int cues = 0;
  };
  std::map<uint64_t, Count> counts;
  for (const Example& example : examples) {
    std::vector<bool> is_cue(example.document.tokens().size(), false);
    for (const GoldTokens& gold : example.gold) {
      for (const uint32_t i : gold.cue) is_cue[i] = true;
    }
    for (uint32_t i = 0; i < is_cue.size(); ++i) {
      const WordClass word_class =
          WordClassOf(example.document.tokens()[i].tag);
      if (word_class == WordClass::kOther) continue;
      Count& count = counts[MixHash(LemmaKey(example.document, i),
                                    static_cast<uint64_t>(word_class))];
      ++count.all;
      count.cues += is_cue[i];
    }
  }
  TableWriter writer;
  for (const auto& [key, count] : counts) {
    if (count.all < 3 || count.cues == 0) continue;
    writer.Add(key, 0, 1000.0 * count.cues / (count.all + 2), 1);
  }
  std::cerr << "cues: " << writer.size() << " lemmas\n";
  return writer.Write();
}

std::string TrainLabels(absl::Span<const Example* const> examples,
                        const Models& models) {
  return LabelTrainer(examples, models).Train();
}

}  // namespace extract
}  // namespace onrecord
