// Labels every token: source, cue or content of an attribution, or none.

#ifndef ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SPAN_LABELS_H_
#define ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SPAN_LABELS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/extract/attribution/reading.h"
#include "engine/extract/models/feature_hash.h"
#include "engine/extract/models/weight_table.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

enum class Label : uint8_t {
  kNone,
  kContentBegin,
  kContent,
  kCue,
  kSourceBegin,
  kSource
};
inline constexpr size_t kLabels = 6;

// The template of the weights between neighbouring labels: the value is the
// label before, kLabels at the start.
inline constexpr uint32_t kTransitionTemplate = 299;

// What the model makes of one token: each label's probability, in units of
// 1 / kLabelUnit, and the label on the best path.
inline constexpr uint32_t kLabelUnit = 1 << 16;
struct TokenLabels {
  std::array<uint32_t, kLabels> probability = {};
  Label best = Label::kNone;

  uint32_t content() const { return probability[1] + probability[2]; }
  uint32_t cue() const { return probability[3]; }
  uint32_t source() const { return probability[4] + probability[5]; }
};

// Cuts paragraphs, for which labels are found one by one, to a bounded length.
std::vector<TokenRange> LabelSequences(const Reading& reading);

// Adds features of the tokens of one sequence, one after the other.
class LabelFeatures {
 public:
  LabelFeatures(const Reading& reading, TokenRange sequence);

  // Adds those of token `i`, which is of the sequence.
  void Add(uint32_t i, FeatureList& features) const;

 private:
  void AddWords(uint32_t i, FeatureList& features) const;
  void AddQuotes(uint32_t i, FeatureList& features) const;
  void AddCueBefore(uint32_t i, FeatureList& features) const;
  void AddCueAfter(uint32_t i, FeatureList& features) const;

  const Reading& reading_;
  const TokenRange sequence_;
  bool has_quotes_ = false;
  // For each token of the sequence: the nearest cue outside quotation marks
  // before and after it, and the last "that", "to" and comma before it; -1.
  struct Neighbours {
    int32_t cue_before = -1;
    int32_t cue_after = -1;
    int32_t that = -1;
    int32_t to = -1;
    int32_t comma = -1;
  };
  std::vector<Neighbours> neighbours_;
  RunningCount open_cues_;
};

// Labels the tokens of the document with a linear-chain conditional random
// field.
std::vector<TokenLabels> FindLabels(const Reading& reading,
                                    const WeightTable& model);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_ATTRIBUTION_SPAN_LABELS_H_
