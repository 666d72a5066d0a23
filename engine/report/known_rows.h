// Rows that are the same over several points of knowledge, kept once.

#ifndef ONRECORD_ENGINE_REPORT_KNOWN_ROWS_H_
#define ONRECORD_ENGINE_REPORT_KNOWN_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace onrecord {

// Thread-compatible. Entries are in the order in which they were noted. Points
// of knowledge must come in order.
template <typename Row>
class KnownRows {
 public:
  struct Entry {
    Row row;
    uint32_t views = 0;  // bits
    uint32_t known_from = 0;
    uint32_t known_until = 0;  // first point at which it is not so any more
  };

  // Notes that at the point under way `row`, of which `key` says everything,
  // holds in the views with the bits `view`.
  void Note(const std::string& key, uint32_t view, Row row) {
    const auto [at, is_new] = numbers_.try_emplace(key, under_way_.size());
    if (is_new) under_way_.push_back({key, std::move(row), 0});
    under_way_[at->second].views |= view;
  }

  // Ends the point under way, `point`.
  void End(uint32_t point) {
    for (Noted& noted : under_way_) {
      const auto before = last_.find(noted.key);
      if (before != last_.end()) {
        Entry& entry = entries_[before->second];
        if (entry.known_until == point && entry.views == noted.views) {
          entry.known_until = point + 1;
          continue;
        }
      }
      last_[noted.key] = entries_.size();
      entries_.push_back({std::move(noted.row), noted.views, point, point + 1});
    }
    under_way_.clear();
    numbers_.clear();
  }

  std::vector<Entry>& entries() { return entries_; }

 private:
  struct Noted {
    std::string key;
    Row row;
    uint32_t views = 0;
  };

  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, size_t> last_;  // of each key

  std::vector<Noted> under_way_;
  absl::flat_hash_map<std::string, size_t> numbers_;  // in under_way_
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_KNOWN_ROWS_H_
