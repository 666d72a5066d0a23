// Where each statement stands in the positions, by its id.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_
#define ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/day.h"
#include "engine/projections/id_index.h"
#include "engine/projections/projection_state.h"
#include "storage/projection_store.h"

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

  DayRange said;
  double stance = 0;
  bool has_stance = false;
  bool conditional = false;
  bool unnamed = false;

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

// Statements of one stretch of the log, as they are stored together.
class StatementPage {
 public:
  // How many log positions a page is of.
  static constexpr uint64_t kLogPositions = 64;
  static uint64_t NumberOf(uint64_t log_position) {
    return log_position / kLogPositions;
  }

  struct Row {
    uint32_t id_begin = 0;
    uint32_t id_size = 0;
    StatementSummary summary;
  };

  explicit StatementPage(uint64_t number) : number_(number) {}

  // Returns whether `bytes`, of Encode, decode.
  bool Decode(absl::string_view bytes);
  std::string Encode() const;

  uint64_t number() const { return number_; }
  const std::vector<Row>& rows() const { return rows_; }
  absl::string_view IdOf(const Row& row) const {
    return absl::string_view(ids_).substr(row.id_begin, row.id_size);
  }

  // The row of `id`, whose hash is `hash`; null if there is none.
  Row* Find(absl::string_view id, uint32_t hash);

  // Log positions must grow.
  void Append(absl::string_view id, uint32_t hash, StatementSummary summary);

  // Makes it an empty page; keeps the memory.
  void Reset(uint64_t number);

 private:
  uint64_t number_;
  std::vector<Row> rows_;
  std::string marks_;  // a byte of the hash of each id, row by row
  std::string ids_;
};

// Summaries by id. They are stored in the order of the log, a page for each
// stretch of it, so that the many that come in are written once and side by
// side. An index tells in which pages to look for an id: by what the ids of an
// article begin with, up to the last of "@/#:", until that is in too many
// pages; by the whole id from then on. Thread-compatible.
class StatementIndex {
 public:
  StatementIndex();

  // Null if there is none. The pointer dies with the next call.
  absl::StatusOr<const StatementSummary*> Find(absl::string_view id,
                                               ProjectionState& state);

  // Replaces the summary of `id`, or adds it. Its log position stays the same.
  absl::Status Put(absl::string_view id, StatementSummary summary,
                   ProjectionState& state);

  // Adds the summary of `id`.
  // REQUIRES: Find(id) has just given null, and `summary.log_position` is
  // greater than all others.
  absl::Status Add(absl::string_view id, StatementSummary summary,
                   ProjectionState& state);

  void Flush(ProjectionState& state);

  // About how much memory the changes since the last Flush take.
  size_t changed_bytes() const { return changed_bytes_ + ids_.changed_bytes(); }

  // Forgets everything that is in memory.
  void Drop();

 private:
  struct Loaded {
    bool changed = false;
    std::unique_ptr<StatementPage> page;
  };

  absl::StatusOr<Loaded*> Load(uint64_t number, ProjectionState& state);
  absl::StatusOr<Loaded*> FindPage(absl::string_view id, ProjectionState& state,
                                   StatementPage::Row** row);
  absl::Status LookUpStart(absl::string_view id, ProjectionState& state);
  void WriteChanged(ProjectionState& state);
  void MakeRoom(ProjectionState& state);

  IdIndex ids_;
  absl::flat_hash_map<uint64_t, Loaded> pages_;
  std::vector<std::unique_ptr<StatementPage>> spare_;  // kept for their memory
  Loaded* last_ = nullptr;                             // of pages_, if it is
  uint64_t last_begun_ = 0;  // page that was added to last; 0 if unknown
  size_t changed_bytes_ = 0;

  uint64_t last_hash_ = 0;  // of the id that was looked up last

  // The pages for the start that was looked up last: ids mostly come together.
  std::string start_;
  IdIndex::Pages start_pages_;
  bool start_known_ = false;
};

// Tells the ids of statements by the log positions of their first records.
// Reads the state of the projection; keeps pages that it has read.
// Thread-compatible.
class StatementIds {
 public:
  explicit StatementIds(const ProjectionReader* state) : state_(*state) {}

  // Returns DATA_LOSS if there is none.
  absl::StatusOr<std::string> At(uint64_t log_position);

 private:
  const ProjectionReader& state_;
  absl::flat_hash_map<uint64_t, std::unique_ptr<StatementPage>> pages_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STATEMENT_INDEX_H_
