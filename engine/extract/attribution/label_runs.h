// What the labels of single tokens say about runs of them.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_LABEL_RUNS_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_LABEL_RUNS_H_

#include <cstdint>
#include <vector>

#include "engine/extract/attribution/reading.h"
#include "engine/extract/attribution/segments.h"
#include "engine/extract/attribution/span_labels.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// Thread-safe once made. Refers to `reading` and `labels`.
class LabelRuns {
 public:
  LabelRuns(const Reading& reading, const std::vector<TokenLabels>& labels);

  const Reading& reading() const { return reading_; }
  const TokenLabels& operator[](uint32_t i) const { return labels_[i]; }

  // Runs of tokens on the best path, in order, within paragraphs.
  const std::vector<TokenRange>& contents() const { return contents_; }
  const std::vector<TokenRange>& sources() const { return sources_; }
  const std::vector<TokenRange>& cues() const { return cues_; }

  // Those of `runs` that overlap `range`.
  static absl::Span<const TokenRange> RunsIn(
      const std::vector<TokenRange>& runs, TokenRange range);

  // The probabilities of being content (of being a source) of the words in
  // `range`, summed up, in units of 1 / kLabelUnit.
  uint64_t ContentIn(TokenRange range) const {
    return In(content_sums_, range);
  }
  uint64_t SourceIn(TokenRange range) const { return In(source_sums_, range); }

  // How many words in `range` are content on the best path.
  uint32_t BestContentIn(TokenRange range) const {
    return best_content_.In(range);
  }

 private:
  static uint64_t In(const std::vector<uint64_t>& sums, TokenRange range) {
    return range.empty() ? 0 : sums[range.last] - sums[range.first];
  }

  const Reading& reading_;
  const std::vector<TokenLabels>& labels_;
  std::vector<TokenRange> contents_;
  std::vector<TokenRange> sources_;
  std::vector<TokenRange> cues_;
  std::vector<uint64_t> content_sums_ = {0};
  std::vector<uint64_t> source_sums_ = {0};
  RunningCount best_content_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_LABEL_RUNS_H_
