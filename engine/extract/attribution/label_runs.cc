#include "engine/extract/attribution/label_runs.h"

#include <algorithm>

namespace onrecord {
namespace extract {

LabelRuns::LabelRuns(const Reading& reading,
                     const std::vector<TokenLabels>& labels)
    : reading_(reading), labels_(labels) {
  Label before = Label::kNone;
  for (uint32_t i = 0; i < labels.size(); ++i) {
    const Label label = labels[i].best;
    if (i > 0 && reading[i].paragraph != reading[i - 1].paragraph) {
      before = Label::kNone;
    }
    const auto extend = [&](std::vector<TokenRange>& runs, bool goes_on) {
      if (goes_on) {
        runs.back().last = i + 1;
      } else {
        runs.push_back({i, i + 1});
      }
    };
    const bool content =
        label == Label::kContentBegin || label == Label::kContent;
    if (content) {
      extend(contents_,
             label == Label::kContent &&
                 (before == Label::kContent || before == Label::kContentBegin));
    } else if (label == Label::kCue) {
      extend(cues_, before == Label::kCue);
    } else if (label != Label::kNone) {
      extend(sources_,
             label == Label::kSource &&
                 (before == Label::kSource || before == Label::kSourceBegin));
    }
    before = label;
    const bool word = reading[i].is_word;
    best_content_.Push(word && content);
    content_sums_.push_back(content_sums_.back() +
                            (word ? labels[i].content() : 0));
    source_sums_.push_back(source_sums_.back() +
                           (word ? labels[i].source() : 0));
  }
}

absl::Span<const TokenRange> LabelRuns::RunsIn(
    const std::vector<TokenRange>& runs, TokenRange range) {
  const auto begin = std::lower_bound(
      runs.begin(), runs.end(), range.first,
      [](const TokenRange& run, uint32_t first) { return run.last <= first; });
  auto end = begin;
  while (end != runs.end() && end->first < range.last) ++end;
  return absl::MakeConstSpan(runs).subspan(begin - runs.begin(), end - begin);
}

}  // namespace extract
}  // namespace onrecord
