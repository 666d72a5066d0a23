// Finds the cues of the table in a document.

#ifndef ONRECORD_ENGINE_EXTRACT_CUES_CUE_LEXICON_H_
#define ONRECORD_ENGINE_EXTRACT_CUES_CUE_LEXICON_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/extract/cues/cue_table.h"
#include "engine/extract/grammar/grammar.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// What a cue may govern. See CueRow.
enum class Frame : uint8_t {
  kThat,
  kClause,
  kWh,
  kInfinitive,
  kGerund,
  kObject,
  kParenthetical,
  kNothing,
  kResult,
};
constexpr int kFrameCount = 9;

struct CueEntry {
  std::vector<std::string> words;
  CueClass cue_class = CueClass::kSay;
  bool wants_negation = false;

  // By Frame, between 0 and 1; 0 if the cue does not take it.
  std::array<double, kFrameCount> weight = {};

  double WeightOf(Frame frame) const { return weight[static_cast<int>(frame)]; }
  bool Takes(Frame frame) const { return WeightOf(frame) > 0; }
};

struct CueMatch {
  const CueEntry* entry = nullptr;  // never null in a match; lives for ever
  TokenRange range;  // the verb group and the words that belong to the cue
};

// The table, indexed. Thread-safe.
class CueLexicon {
 public:
  // The one that the whole process shares.
  static const CueLexicon& Get();

  // The longest entry that `group` and the tokens after it, before `last`,
  // match.
  std::optional<CueMatch> Match(const Grammar& grammar, const VerbGroup& group,
                                uint32_t last) const;

  // The entry of these words ("voice support for"); null if there is none.
  const CueEntry* Find(absl::string_view words) const;

 private:
  CueLexicon();

  const std::vector<CueEntry>* EntriesOf(const std::string& lemma) const;

  // By first word; within, the longest entry first.
  absl::flat_hash_map<std::string, std::vector<CueEntry>> entries_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_CUES_CUE_LEXICON_H_
