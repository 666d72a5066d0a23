#include "engine/extract/sieves/nesting.h"

#include <algorithm>
#include <numeric>

namespace onrecord {
namespace extract {
namespace {

uint32_t ContentSize(const Finding& attribution) {
  uint32_t size = 0;
  for (TokenRange range : attribution.content) size += range.size();
  return size;
}

}  // namespace

std::vector<int> FindParents(const Document& document,
                             const std::vector<Finding>& attributions) {
  std::vector<int> parents(attributions.size(), -1);
  std::vector<int> order(attributions.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return ContentSize(attributions[a]) > ContentSize(attributions[b]);
  });
  // Larger contents first: what a token belongs to when an attribution comes
  // up is the smallest content around it.
  std::vector<int> owner(document.tokens().size(), -1);
  for (const int index : order) {
    const Finding& attribution = attributions[index];
    const TokenRange at = !attribution.cue.empty() ? attribution.cue
                          : attribution.content.empty()
                              ? TokenRange{}
                              : attribution.content.front();
    if (!at.empty()) parents[index] = owner[at.first];
    for (TokenRange range : attribution.content) {
      for (uint32_t i = range.first; i < range.last; ++i) owner[i] = index;
    }
  }
  return parents;
}

}  // namespace extract
}  // namespace onrecord
