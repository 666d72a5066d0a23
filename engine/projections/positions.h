// Who stands where on what, on any day, as it was known at any time.

#ifndef ONRECORD_ENGINE_PROJECTIONS_POSITIONS_H_
#define ONRECORD_ENGINE_PROJECTIONS_POSITIONS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/projections/day.h"
#include "engine/projections/projection_state.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// A statement that shows a position.
struct Evidence {
  std::string statement_id;

  // Of the event that first recorded the statement.
  uint64_t log_position = 0;

  // Who spoke: the actor itself, a member or office-holder in a roll-up. For an
  // unnamed speaker, the body that it spoke from.
  std::string speaker_id;
  bool unnamed = false;

  // When it was said.
  DayRange said;
  double stance = 0;
  bool conditional = false;

  // Repeats another statement's words: a further source, not a further step.
  bool duplicate = false;

  // Reported within a statement of somebody else.
  bool second_hand = false;
};

// An actor's stance on a topic over a stretch of time.
struct Position {
  std::string actor_id;
  std::string topic_id;

  // First day; kUndated if it is not known when it was said.
  DayNumber from = kUndated;

  // First day on which it no longer held; absent while it does. The same as
  // `from` if it changed on one day.
  std::optional<DayNumber> to;

  double stance = 0;

  // Every statement for it so far holds only if something else does.
  bool conditional = false;

  // What a conditional statement since `from` would concede: the position
  // stands, softened. Absent if there is none.
  std::optional<double> softened;

  // In order of the time of saying, then of the log.
  std::vector<Evidence> evidence;
};

struct PositionQuery {
  // Empty: all.
  std::string actor_id;
  std::string topic_id;

  // As the world was on this day: later statements do not count. Undated ones
  // always do.
  std::optional<absl::CivilDay> as_of;

  // What the log held up to this log position, with the identities of then.
  uint64_t known_at = kLatest;

  // Of organisations and countries: made from their own statements and those of
  // their members and office-holders, at the time that they were.
  bool rollup = false;
};

// Answers from the state of a PositionsProjection. Thread-safe. Every call
// returns DATA_LOSS if what is stored does not decode.
class Positions {
 public:
  // `view` must outlive it and not move, as a Replayer's view does not: who is
  // asked for is looked up once.
  explicit Positions(const ProjectionReader* view);
  ~Positions();
  Positions(const Positions&) = delete;
  Positions& operator=(const Positions&) = delete;

  // The position that `query.actor_id` held on `query.topic_id` (both must be
  // given) on `query.as_of`; without evidence, and without `to`. Nothing if
  // there was none. Takes one ordered seek, two if `known_at` is given,
  // whatever the length of the log.
  absl::StatusOr<std::optional<Position>> At(const PositionQuery& query) const;

  // Calls `visit` for every position of the query, in order of actor, topic and
  // time, with its evidence. Stops at the first status that is not OK, and
  // returns it.
  absl::Status ForEach(
      const PositionQuery& query,
      absl::FunctionRef<absl::Status(const Position&)> visit) const;

 private:
  // What ids read as, and the numbers of that.
  class Names;

  const ScopedReader state_;
  const std::unique_ptr<Names> actors_;
  const std::unique_ptr<Names> topics_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_POSITIONS_H_
