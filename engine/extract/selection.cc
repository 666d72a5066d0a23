#include "engine/extract/selection.h"

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

// Below this an attribution at the top level is told only of countries.
constexpr double kLikely = 0.4;
// Within reported words the outer report already vouches for less.
constexpr double kLikelyNested = 0.45;

bool IsNamed(const Speakers& speakers, int entity) {
  return entity >= 0 && !speakers.entities[entity].entity.unnamed;
}

bool IsCountry(const Speakers& speakers, int entity) {
  return entity >= 0 && speakers.entities[entity].entity.kind == Actor::COUNTRY;
}

class Selector {
 public:
  Selector(const Document& document, const std::vector<Finding>& attributions,
           const std::vector<int>& parents, const Speakers& speakers)
      : document_(document),
        attributions_(attributions),
        parents_(parents),
        speakers_(speakers) {}

  bool Select(size_t index) const {
    return parents_[index] < 0 ? SelectTop(index) : SelectNested(index);
  }

 private:
  bool CueIsQuoted(const Finding& attribution) const {
    return !attribution.cue.empty() &&
           document_.tokens()[attribution.cue.first].quotation >= 0;
  }

  // Whether the words around set it as a condition: "could accept it IF CHILE
  // PROPOSED IT" tells of no proposal.
  bool IsSupposed(const Finding& attribution, const Finding& around) const {
    if (attribution.cue.empty()) return false;
    const uint32_t at = attribution.cue.first;
    for (const TokenRange part : around.content) {
      if (!part.Contains(at)) continue;
      for (const Clause& clause : SplitClauses(document_, part)) {
        if (clause.range.Contains(at)) {
          return clause.kind == ClauseKind::kCondition;
        }
      }
    }
    return false;
  }

  bool SelectTop(size_t index) const {
    const Finding& attribution = attributions_[index];
    const int entity = speakers_.roles[index].speaker.entity;
    if (CueIsQuoted(attribution)) return false;
    if (attribution.only_nested) return false;
    if (attribution.entry != nullptr &&
        attribution.entry->cue_class == CueClass::kAct) {
      return IsNamed(speakers_, entity);
    }
    return attribution.confidence >= kLikely || IsCountry(speakers_, entity);
  }

  bool SelectNested(size_t index) const {
    const Finding& attribution = attributions_[index];
    const int entity = speakers_.roles[index].speaker.entity;
    const int parent = parents_[index];
    const Reference& outer = speakers_.roles[parent].speaker;
    // A whole answer of an interview vouches for nothing in it.
    const double least =
        attributions_[parent].inferred ? kLikely : kLikelyNested;
    if (entity < 0 || attribution.confidence < least) return false;
    if (IsSupposed(attribution, attributions_[parent])) return false;
    if (entity == outer.entity) return false;
    if (!attribution.content.empty() &&
        attribution.content.front().first <
            attributions_[parent].content.front().first) {
      return false;  // reaches out of the words around it
    }
    if (!IsNamed(speakers_, entity)) {
      return attribution.confidence >= 0.7 && !attribution.only_nested &&
             !CueIsQuoted(attribution);
    }
    if (CueIsQuoted(attribution)) {
      return attribution.confidence >= 0.7 && !attribution.only_nested;
    }
    return true;
  }

  const Document& document_;
  const std::vector<Finding>& attributions_;
  const std::vector<int>& parents_;
  const Speakers& speakers_;
};

}  // namespace

std::vector<bool> SelectStatements(const Document& document,
                                   const std::vector<Finding>& attributions,
                                   const std::vector<int>& parents,
                                   const Speakers& speakers) {
  const Selector selector(document, attributions, parents, speakers);
  std::vector<bool> selected(attributions.size(), false);
  for (size_t i = 0; i < attributions.size(); ++i) {
    selected[i] = selector.Select(i);
  }
  return selected;
}

Statement::Kind KindOfFinding(const Document& document,
                              const Finding& attribution) {
  if (attribution.inferred) return Statement::DIRECT;
  uint32_t quoted = 0;
  uint32_t plain = 0;
  const int32_t around =
      attribution.cue.empty()
          ? -1
          : document.tokens()[attribution.cue.first].quotation;
  for (TokenRange range : attribution.content) {
    for (uint32_t i = range.first; i < range.last; ++i) {
      const Token& token = document.tokens()[i];
      if (IsMark(token.tag)) continue;
      if (token.quotation >= 0 && token.quotation != around) {
        ++quoted;
      } else {
        ++plain;
      }
    }
  }
  if (quoted > 0 && plain == 0) return Statement::DIRECT;
  const CueClass cue_class =
      attribution.entry == nullptr
          ? (attribution.only_nested ? CueClass::kHold : CueClass::kSay)
          : attribution.entry->cue_class;
  if (attribution.frame == Frame::kNothing || cue_class == CueClass::kAct) {
    return Statement::ACTION;
  }
  if (cue_class == CueClass::kHold) return Statement::NARRATION;
  return quoted > 1 ? Statement::MIXED : Statement::INDIRECT;
}

}  // namespace extract
}  // namespace onrecord
