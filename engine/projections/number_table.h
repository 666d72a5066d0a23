// Short numbers for ids, so that keys and records that name them stay small.

#ifndef ONRECORD_ENGINE_PROJECTIONS_NUMBER_TABLE_H_
#define ONRECORD_ENGINE_PROJECTIONS_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection_state.h"
#include "storage/projection_store.h"

namespace onrecord {

// Numbers ids from 0, in the order in which they are first seen, for ever.
// Kept in a projection's state under two table tags. Thread-compatible.
class NumberTable {
 public:
  // `ids` is the tag of the table from number to id, `numbers` the one back.
  NumberTable(char ids, char numbers) : ids_table_(ids), table_(numbers) {}

  // Reads what the state holds. Call once, before the others, and after Drop.
  absl::Status Load(const ProjectionReader& reader);

  uint32_t NumberOf(absl::string_view id, ProjectionState& state) {
    return NumberOf(id, HashOf(id), state);
  }

  // The same where the hash is known.
  uint32_t NumberOf(absl::string_view id, size_t hash, ProjectionState& state);
  static size_t HashOf(absl::string_view id) {
    return absl::Hash<absl::string_view>()(id);
  }

  // Nothing if the id has no number.
  std::optional<uint32_t> Find(absl::string_view id) const;

  // REQUIRES: `number` was given out.
  const std::string& IdOf(uint32_t number) const { return ids_[number]; }

  uint32_t size() const { return static_cast<uint32_t>(ids_.size()); }

  void Drop();

 private:
  const char ids_table_;
  const char table_;
  std::vector<std::string> ids_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
};

// Looks up in the state, without loading it: nothing if the id has no number.
absl::StatusOr<std::optional<uint32_t>> FindNumber(
    const ProjectionReader& reader, char numbers, absl::string_view id);

// The id with this number. Returns DATA_LOSS if there is none.
absl::StatusOr<std::string> FindId(const ProjectionReader& reader, char ids,
                                   uint32_t number);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_NUMBER_TABLE_H_
