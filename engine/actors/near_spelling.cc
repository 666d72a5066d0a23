#include "engine/actors/near_spelling.h"

#include <algorithm>
#include <vector>

namespace onrecord {

size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

bool AreNearSpellings(absl::string_view a, absl::string_view b) {
  constexpr size_t kLettersPerEdit = 3;
  const size_t longer = std::max(a.size(), b.size());
  if (a.empty() || b.empty() || a == b || a.front() != b.front()) return false;
  return EditDistance(a, b) * kLettersPerEdit <= longer;
}

}  // namespace onrecord
