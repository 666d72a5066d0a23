#include "engine/extract/attribution/attribution_model.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/extract/attribution/content_candidates.h"
#include "engine/extract/attribution/content_features.h"
#include "engine/extract/attribution/label_runs.h"
#include "engine/extract/attribution/quote_attributions.h"
#include "engine/extract/attribution/reading.h"
#include "engine/extract/attribution/source_candidates.h"
#include "engine/extract/attribution/span_labels.h"
#include "engine/extract/models/fixed_exp.h"
#include "engine/extract/models/softmax.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint64_t kThousandth = kProbabilityUnit / 1000;
// Words that are less often labelled a cue are not looked at.
constexpr uint32_t kMinCueLabel = kLabelUnit / 40;
// Cues that are less probable than this are not looked at again.
constexpr uint64_t kMinCue = 150 * kThousandth;
// Attributions that are less probable than this are not reported.
constexpr uint64_t kMinAttribution = 300 * kThousandth;
constexpr size_t kCompared = 8;  // of a cue's candidates
constexpr size_t kKept = 6;

// A cue with one of its contents.
struct Choice {
  uint64_t rank = 0;  // the better the higher
  uint64_t probability = 0;
  uint32_t cue = 0;
  Segments content;
};

class Finder {
 public:
  Finder(const Document& document, const Models& models)
      : models_(models),
        reading_(document, models),
        labels_(FindLabels(reading_, models.labels)),
        runs_(reading_, labels_) {}

  std::vector<Attribution> Run() {
    std::vector<Choice> choices;
    for (const uint32_t cue : CueCandidates(reading_)) {
      if (labels_[cue].cue() < kMinCueLabel) continue;
      AddChoices(cue, choices);
    }
    std::sort(choices.begin(), choices.end(),
              [](const Choice& a, const Choice& b) {
                return std::tie(b.rank, a.cue, a.content.front().first) <
                       std::tie(a.rank, b.cue, b.content.front().first);
              });
    used_.assign(reading_.size(), false);
    is_cue_.assign(reading_.size(), false);
    std::vector<Attribution> found = SignedQuotations(reading_);
    for (const Attribution& attribution : found) {
      is_cue_[attribution.head] = true;
      Use(attribution.content);
    }
    for (const Choice& choice : choices) {
      if (IsFree(choice)) found.push_back(Take(choice));
    }
    JoinQuotations(reading_, found);
    return found;
  }

 private:
  int32_t Score(const WeightTable& table) {
    int32_t score = 0;
    table.AddScores(features_, &score);
    features_.Clear();
    return score;
  }

  void AddChoices(uint32_t cue, std::vector<Choice>& choices) {
    const std::vector<ContentCandidate> candidates =
        ContentCandidates(runs_, cue);
    if (candidates.empty()) return;
    AddCueFeatures(runs_, cue, kNoContentTemplate, features_);
    std::vector<int32_t> scores = {Score(models_.contents)};
    for (const ContentCandidate& candidate : candidates) {
      AddContentFeatures(runs_, cue, candidate, features_);
      scores.push_back(Score(models_.contents));
    }
    const std::vector<uint64_t> probabilities = Softmax(scores);
    if (probabilities[0] > kProbabilityUnit - kMinCue) return;
    std::vector<size_t> best(candidates.size());
    for (size_t i = 0; i < best.size(); ++i) best[i] = i;
    std::stable_sort(best.begin(), best.end(), [&](size_t a, size_t b) {
      return probabilities[a + 1] > probabilities[b + 1];
    });
    best.resize(std::min(best.size(), kCompared));
    for (size_t i = 0; i < best.size() && i < kKept; ++i) {
      Choice choice;
      choice.cue = cue;
      choice.content = candidates[best[i]].segments;
      for (const size_t other : best) {
        if (IsSimilar(choice.content, candidates[other].segments)) {
          choice.probability += probabilities[other + 1];
        }
      }
      choice.rank = choice.probability + probabilities[best[i] + 1] / 4;
      choices.push_back(std::move(choice));
    }
  }

  // True if at least half of the words are common.
  bool IsSimilar(const Segments& a, const Segments& b) const {
    const uint32_t common = CommonWords(reading_, a, b);
    return 3 * common >= WordsIn(reading_, a) + WordsIn(reading_, b);
  }

  bool IsFree(const Choice& choice) const {
    if (choice.probability < kMinAttribution || is_cue_[choice.cue] ||
        used_[choice.cue]) {
      return false;
    }
    for (const TokenRange& range : choice.content) {
      for (uint32_t i = range.first; i < range.last; ++i) {
        if (used_[i] || is_cue_[i]) return false;
      }
    }
    return true;
  }

  Attribution Take(const Choice& choice) {
    Attribution attribution;
    attribution.head = choice.cue;
    attribution.cue = CueAround(choice.cue, choice.content);
    attribution.content = choice.content;
    attribution.confidence =
        static_cast<uint32_t>(choice.probability / kThousandth);
    Use(choice.content);
    is_cue_[choice.cue] = true;
    FindSource(choice, attribution);
    return attribution;
  }

  void Use(const Segments& content) {
    for (const TokenRange& range : content) {
      std::fill(used_.begin() + range.first, used_.begin() + range.last, true);
    }
  }

  // The words labelled as cue around its main word.
  TokenRange CueAround(uint32_t cue, const Segments& content) const {
    for (const TokenRange& run :
         LabelRuns::RunsIn(runs_.cues(), {cue, cue + 1})) {
      if (!Overlap({run}, content)) return run;
    }
    return {cue, cue + 1};
  }

  void FindSource(const Choice& choice, Attribution& attribution) {
    const std::vector<SourceCandidate> all =
        SourceCandidates(runs_, choice.cue);
    std::vector<TokenRange> ranges = {TokenRange()};
    AddNoSourceFeatures(runs_, choice.cue, features_);
    std::vector<int32_t> scores = {Score(models_.sources)};
    for (const SourceCandidate& candidate : all) {
      uint32_t inside = 0;
      for (const TokenRange& range : choice.content) {
        const uint32_t first = std::max(range.first, candidate.range.first);
        const uint32_t last = std::min(range.last, candidate.range.last);
        if (first < last) inside += last - first;
      }
      if (2 * inside > candidate.range.size()) continue;
      AddSourceFeatures(runs_, choice.cue, candidate, features_);
      scores.push_back(Score(models_.sources));
      ranges.push_back(candidate.range);
    }
    const std::vector<uint64_t> probabilities = Softmax(scores);
    const size_t best =
        std::max_element(probabilities.begin(), probabilities.end()) -
        probabilities.begin();
    attribution.source = ranges[best];
    attribution.source_confidence =
        static_cast<uint32_t>(probabilities[best] / kThousandth);
  }

  const Models& models_;
  const Reading reading_;
  const std::vector<TokenLabels> labels_;
  const LabelRuns runs_;
  FeatureList features_;
  std::vector<bool> used_;    // tokens that are content
  std::vector<bool> is_cue_;  // tokens that are main words of cues
};

}  // namespace

std::vector<Attribution> FindAttributions(const Document& document,
                                          const Models& models) {
  return Finder(document, models).Run();
}

std::vector<Attribution> FindAttributions(const Document& document) {
  return FindAttributions(document, Models::Embedded());
}

}  // namespace extract
}  // namespace onrecord
