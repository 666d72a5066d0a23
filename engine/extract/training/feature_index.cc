#include "engine/extract/training/feature_index.h"

#include <algorithm>

namespace onrecord {
namespace extract {

void FeatureRows::Add(const FeatureList& features) {
  const size_t begin = ids_.size();
  for (const uint64_t hash : features) {
    const auto [number, added] =
        numbers_.emplace(hash, static_cast<uint32_t>(hashes_.size()));
    if (added) {
      hashes_.push_back(hash);
      counts_.push_back(0);
    }
    ids_.push_back(number->second);
  }
  std::sort(ids_.begin() + begin, ids_.end());
  ids_.erase(std::unique(ids_.begin() + begin, ids_.end()), ids_.end());
  for (size_t i = begin; i < ids_.size(); ++i) ++counts_[ids_[i]];
  ends_.push_back(ids_.size());
}

void FeatureRows::Prune(uint32_t min_count) {
  constexpr uint32_t kDropped = ~0u;
  std::vector<uint32_t> renumbered(hashes_.size(), kDropped);
  uint32_t kept = 0;
  for (size_t i = 0; i < hashes_.size(); ++i) {
    if (counts_[i] < min_count) continue;
    hashes_[kept] = hashes_[i];
    renumbered[i] = kept++;
  }
  hashes_.resize(kept);
  numbers_.clear();
  size_t to = 0;
  size_t from = 0;
  for (size_t& end : ends_) {
    for (; from < end; ++from) {
      const uint32_t number = renumbered[ids_[from]];
      if (number != kDropped) ids_[to++] = number;
    }
    end = to;
  }
  ids_.resize(to);
  ids_.shrink_to_fit();
}

}  // namespace extract
}  // namespace onrecord
