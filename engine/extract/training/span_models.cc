#include "engine/extract/training/span_models.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>

#include "engine/extract/attribution/content_candidates.h"
#include "engine/extract/attribution/content_features.h"
#include "engine/extract/attribution/label_runs.h"
#include "engine/extract/attribution/reading.h"
#include "engine/extract/attribution/segments.h"
#include "engine/extract/attribution/source_candidates.h"
#include "engine/extract/attribution/span_labels.h"
#include "engine/extract/training/ranker.h"

namespace onrecord {
namespace extract {
namespace {

// The words of a list of tokens.
Segments SegmentsOfTokens(const Reading& reading,
                          const std::vector<uint32_t>& tokens) {
  std::vector<TokenRange> ranges;
  for (const uint32_t i : tokens) {
    if (!ranges.empty() && ranges.back().last == i) {
      ++ranges.back().last;
    } else {
      ranges.push_back({i, i + 1});
    }
  }
  return SegmentsOf(reading, ranges);
}

// Words in common, of the words that either has.
double Likeness(const Reading& reading, const Segments& a, const Segments& b) {
  const double common = CommonWords(reading, a, b);
  const double all = WordsIn(reading, a) + WordsIn(reading, b) - common;
  return all > 0 ? common / all : 0;
}

class Collector {
 public:
  void Add(const Example& example, const WeightTable& labels,
           const Models& models) {
    const Reading reading(example.document, models);
    const std::vector<TokenLabels> found = FindLabels(reading, labels);
    const LabelRuns runs(reading, found);
    const std::vector<uint32_t> cues = CueCandidates(reading);
    const std::map<uint32_t, const GoldTokens*> gold =
        GoldByHead(example, reading, cues);
    for (const uint32_t cue : cues) {
      const auto attribution = gold.find(cue);
      AddContents(runs, cue,
                  attribution == gold.end() ? nullptr : attribution->second);
      if (attribution != gold.end()) {
        AddSources(runs, cue, *attribution->second);
      }
    }
  }

  SpanModels Train() {
    std::cerr << cues_ << " cues with content, " << unreachable_
              << " of them without a candidate for it\n";
    constexpr int kEpochs = 6;
    constexpr double kRate = 0.1;
    constexpr uint32_t kMinCount = 3;
    return {contents_.Train(kEpochs, kRate, /*penalty=*/0.7, kMinCount),
            sources_.Train(kEpochs, kRate, /*penalty=*/0.4, kMinCount)};
  }

 private:
  // Attributions by the candidate that is their cue's main word: the last verb,
  // else the last word.
  static std::map<uint32_t, const GoldTokens*> GoldByHead(
      const Example& example, const Reading& reading,
      const std::vector<uint32_t>& cues) {
    std::map<uint32_t, const GoldTokens*> by_head;
    for (const GoldTokens& gold : example.gold) {
      int64_t head = -1;
      bool verb = false;
      for (const uint32_t i : gold.cue) {
        if (!std::binary_search(cues.begin(), cues.end(), i)) continue;
        const bool is_verb = reading[i].word_class == WordClass::kVerb;
        if (verb && !is_verb) continue;
        head = i;
        verb = is_verb;
      }
      if (head >= 0) by_head[static_cast<uint32_t>(head)] = &gold;
    }
    return by_head;
  }

  void AddContents(const LabelRuns& runs, uint32_t cue,
                   const GoldTokens* gold) {
    const Reading& reading = runs.reading();
    const std::vector<ContentCandidate> candidates =
        ContentCandidates(runs, cue);
    std::vector<double> good(candidates.size(), 0);
    if (gold != nullptr) {
      ++cues_;
      const Segments right = SegmentsOfTokens(reading, gold->content);
      double most = 0;
      for (size_t i = 0; i < candidates.size(); ++i) {
        const double like = Likeness(reading, candidates[i].segments, right);
        good[i] = like >= 0.5 ? like * like * like * like : 0;
        most = std::max(most, like);
      }
      if (most < 0.5) {
        ++unreachable_;
        return;
      }
    }
    features_.Clear();
    AddCueFeatures(runs, cue, kNoContentTemplate, features_);
    contents_.AddCandidate(features_, gold == nullptr);
    for (size_t i = 0; i < candidates.size(); ++i) {
      features_.Clear();
      AddContentFeatures(runs, cue, candidates[i], features_);
      contents_.AddCandidate(features_, good[i]);
    }
    contents_.EndGroup();
  }

  void AddSources(const LabelRuns& runs, uint32_t cue, const GoldTokens& gold) {
    const Reading& reading = runs.reading();
    const Segments right = SegmentsOfTokens(reading, gold.source);
    const std::vector<SourceCandidate> candidates = SourceCandidates(runs, cue);
    std::vector<double> good;
    double most = 0;
    for (const SourceCandidate& candidate : candidates) {
      const double like = Likeness(reading, {candidate.range}, right);
      good.push_back(like * like);
      most = std::max(most, like);
    }
    if (!right.empty() && most == 0) return;
    features_.Clear();
    AddNoSourceFeatures(runs, cue, features_);
    sources_.AddCandidate(features_, right.empty());
    for (size_t i = 0; i < candidates.size(); ++i) {
      features_.Clear();
      AddSourceFeatures(runs, cue, candidates[i], features_);
      sources_.AddCandidate(features_, good[i]);
    }
    sources_.EndGroup();
  }

  Ranker contents_{"contents"};
  Ranker sources_{"sources"};
  FeatureList features_;
  int cues_ = 0;
  int unreachable_ = 0;
};

}  // namespace

SpanModels TrainSpans(absl::Span<const Example> examples,
                      absl::Span<const WeightTable> label_tables,
                      const Models& models) {
  Collector collector;
  for (size_t i = 0; i < examples.size(); ++i) {
    collector.Add(examples[i], label_tables[i], models);
  }
  return collector.Train();
}

}  // namespace extract
}  // namespace onrecord
