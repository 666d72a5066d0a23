// What positions need of a statement's event, read straight from stored bytes.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STATEMENT_BRIEF_H_
#define ONRECORD_ENGINE_PROJECTIONS_STATEMENT_BRIEF_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "engine/projections/day.h"
#include "proto/event.pb.h"

namespace onrecord {

// An event that records, corrects or retracts a statement, in the few fields
// that decide who stands where. Refers to the bytes or the message that it was
// read from. A value type.
struct StatementBrief {
  enum class Kind : uint8_t { kRecorded, kCorrected, kRetracted };
  Kind kind = Kind::kRecorded;
  uint64_t log_position = 0;

  // The statement that is recorded, corrected or retracted.
  absl::string_view id;

  // Of the statement as it is, or is right; absent in a retraction.
  absl::string_view actor_id;
  absl::string_view member_of;
  absl::string_view topic_id;
  absl::string_view parent_id;
  absl::string_view duplicate_of;
  DayRange said;
  double stance = 0;
  bool has_stance = false;
  bool conditional = false;

  // Only of a correction or retraction.
  CorrectionKind correction_kind = CORRECTION_KIND_UNSPECIFIED;
  absl::string_view by;

  // Whose statement it is: the actor, or the body of an unnamed one.
  absl::string_view who() const {
    return actor_id.empty() ? member_of : actor_id;
  }

  // NumberTable's hashes of who() and `topic_id`: taken where events are read
  // ahead.
  size_t who_hash = 0;
  size_t topic_hash = 0;
};

enum class BriefResult {
  kBrief,
  // An event of another kind.
  kOther,
  // Bytes that a serializer does not write, though a parser may take them
  // (a field twice, a wrong type), or damage. Parse them.
  kUnusual,
};

// Reads a serialized NewEvent into `*brief`, all but the log position. What it
// does not need is stepped over, so that it takes about a tenth of parsing.
// `*brief` counts only if it returns kBrief.
BriefResult ReadBrief(absl::string_view bytes, StatementBrief* brief);

// The same from a message: kBrief or kOther.
BriefResult ReadBrief(const NewEvent& event, StatementBrief* brief);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STATEMENT_BRIEF_H_
