#include "engine/extract/stance/direction.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/stance/polarity.h"
#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {
namespace {

// Multiplies what the words of [from, to) do, until the first noun that is not
// itself a restriction. A noun before another such noun only describes it.
int ReadChain(const Document& document, const std::vector<PolarityHit>& hits,
              uint32_t from, uint32_t to) {
  const std::vector<Token>& tokens = document.tokens();
  const auto hit_at = [&hits](uint32_t i) {
    return std::find_if(hits.begin(), hits.end(), [i](const PolarityHit& h) {
      return h.range.first == i;
    });
  };
  int sign = 1;
  for (uint32_t i = from; i < to;) {
    if (IsNegation(document, i)) sign = -sign;
    const auto hit = hit_at(i);
    const bool is_noun =
        tokens[i].tag == Tag::kNN || tokens[i].tag == Tag::kNNS;
    const uint32_t next = hit == hits.end() ? i + 1 : hit->range.last;
    const bool describes = IsNoun(tokens[i].tag) && next < to &&
                           IsNoun(tokens[next].tag) &&
                           hit_at(next) != hits.end();
    if (hit != hits.end() && !describes && SignOf(hit->effect) < 0) {
      sign = -sign;
    }
    if (hit == hits.end() && is_noun && !describes) break;
    i = next;
  }
  return sign;
}

}  // namespace

// "Should keep its ban on seafood" is keep times ban. Where the verb has no
// object, the subject is what it acts on: "the ban should stay".
int DirectionOf(const std::string& proposition) {
  const Document document = Document::Analyze(proposition);
  const std::vector<Token>& tokens = document.tokens();
  const auto size = static_cast<uint32_t>(tokens.size());
  const std::vector<PolarityHit> hits = FindPolarity(document);
  uint32_t modal = 0;
  while (modal < size && tokens[modal].tag != Tag::kMD) ++modal;
  if (modal == size) return ReadChain(document, hits, 0, size);
  bool has_object = false;
  for (uint32_t i = modal; i < size && !has_object; ++i) {
    const Tag tag = tokens[i].tag;
    if (tokens[i].lemma == "be" || tag == Tag::kIN || tag == Tag::kTO) break;
    has_object = IsNoun(tag) || tag == Tag::kPRP;
  }
  const int of_verb = ReadChain(document, hits, modal, size);
  return has_object ? of_verb : of_verb * ReadChain(document, hits, 0, modal);
}

}  // namespace extract
}  // namespace onrecord
