// Where each statement stands in the positions, by its id.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_
#define ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/day.h"
#include "engine/projections/projection_state.h"

namespace onrecord {

// What positions need to know of a statement, as it stands now.
struct StatementSummary {
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  // Of the first record.
  uint64_t log_position = 0;

  // Numbers; kNone if unknown. `speaker` is the body that an unnamed one spoke
  // from.
  uint32_t speaker = kNone;
  uint32_t topic = kNone;
  bool unnamed = false;

  DayRange said;
  bool has_stance = false;
  double stance = 0;
  bool conditional = false;

  // Reported within a statement of somebody else.
  bool second_hand = false;

  bool retracted = false;

  // Only this reading of the text was wrong; other sources of the same words
  // stand.
  bool misread = false;

  // A person has corrected it: a machine's corrections are passed over.
  bool by_person = false;

  // Others repeat its words.
  bool repeated = false;

  // The id of the statement whose words it repeats. Empty if none.
  std::string duplicate_of;

  // Whether it can make a position.
  bool HasPosition() const {
    return !retracted && has_stance && speaker != kNone && topic != kNone;
  }
};

// Summaries by id. Those of ids that differ only in their last two bytes, as an
// article's mostly do, are stored together. Changed ones are kept in memory
// until Flush. Thread-compatible.
class StatementIndex {
 public:
  // Null if there is none. The pointer dies with the next call.
  absl::StatusOr<const StatementSummary*> Find(absl::string_view id,
                                               ProjectionState& state);

  absl::Status Put(absl::string_view id, StatementSummary summary,
                   ProjectionState& state);

  void Flush(ProjectionState& state);

  // About how much memory the changes since the last Flush take.
  size_t changed_bytes() const { return changed_bytes_; }

  // Forgets everything that is in memory.
  void Drop();

 private:
  // In order of the last bytes.
  struct Group {
    std::vector<std::pair<std::string, StatementSummary>> members;
    bool changed = false;
  };

  absl::StatusOr<Group*> Load(absl::string_view id, ProjectionState& state);

  absl::flat_hash_map<std::string, Group> groups_;
  size_t changed_bytes_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_
