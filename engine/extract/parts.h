// Long texts read in parts, so that the cost of each byte and the memory for
// reading it do not depend on how many there are.

#ifndef ONRECORD_ENGINE_EXTRACT_PARTS_H_
#define ONRECORD_ENGINE_EXTRACT_PARTS_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/extract/statement/extraction.h"

namespace onrecord {
namespace extract {

// No part is longer: 256 KiB, some 40,000 words. Longer than nearly every
// article, so that these are read as one.
constexpr size_t kMostPartBytes = size_t{1} << 18;

// Cuts `text`, valid UTF-8, into parts of at most kMostPartBytes and about the
// same length: at the end of a paragraph, else of a line, else at a space, else
// between two characters. Together they are the text.
std::vector<absl::string_view> SplitIntoParts(absl::string_view text);

// Puts what was extracted from the parts together again.
class PartJoiner {
 public:
  // `count` parts will be added.
  explicit PartJoiner(size_t count) : count_(count) {}

  // Adds what the next part gives, which begins at byte `offset` of the text.
  // Entities of one name and kind become one.
  void Add(uint32_t offset, Extraction part);

  Extraction Take() { return std::move(whole_); }

 private:
  using Key = std::tuple<std::string, Actor::Kind, bool, std::string>;

  int AddEntity(uint32_t offset, Entity entity);

  const size_t count_;
  Extraction whole_;
  absl::flat_hash_map<Key, int> entities_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_PARTS_H_
