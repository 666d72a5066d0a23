// A projection: a fold of the log's events into state.

#ifndef ONRECORD_ENGINE_PROJECTIONS_PROJECTION_H_
#define ONRECORD_ENGINE_PROJECTIONS_PROJECTION_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection_state.h"
#include "engine/projections/statement_brief.h"
#include "proto/event.pb.h"

namespace onrecord {

// Folds events into state. A Replayer reads the log, keeps the state and its
// checkpoint, and makes the state anew when the version changes; a subclass
// says only what one event does:
//
//   class StatementsPerActor : public Projection {
//    public:
//     absl::string_view name() const override { return "per_actor"; }
//     uint32_t version() const override { return 1; }
//     absl::Status Apply(const RecordedEvent& event,
//                        ProjectionState& state) override {
//       const NewEvent& body = event.event();
//       if (!body.has_statement_recorded()) return absl::OkStatus();
//       const Statement& said = body.statement_recorded().statement();
//       return state.Add(said.speaker().actor_id(), 1);
//     }
//   };
//
// A projection must be a function of the events alone: no clock, no randomness,
// no files, no order of a hash table. The same events give the same bytes of
// state, in however many runs they come and wherever checkpoints fall.
//
// Called by one thread at a time.
class Projection {
 public:
  virtual ~Projection() = default;

  // Unique among the projections of one store; 1 to 64 characters of
  // `a-z0-9_`. The same for the object's life.
  virtual absl::string_view name() const = 0;

  // Raised whenever the same events give another state. From 1.
  virtual uint32_t version() const = 0;

  // Folds one event in. Events come in the order of the log, each once. An
  // event that means nothing to the projection, or contradicts what it holds,
  // is passed over: the log cannot be changed any more. An error stops the
  // replay at the last checkpoint; it is for state that does not decode.
  virtual absl::Status Apply(const RecordedEvent& event,
                             ProjectionState& state) = 0;

  // For speed, where a few fields of statements are enough: a projection that
  // returns true here is given each event that records, corrects or retracts a
  // statement as a brief, and only the others through Apply. The same for the
  // object's life.
  virtual bool takes_briefs() const { return false; }
  virtual absl::Status ApplyBrief(const StatementBrief& /*brief*/,
                                  ProjectionState& /*state*/) {
    return absl::OkStatus();
  }

  // Writes to `state` whatever Apply has kept in members of its own. Called
  // before each checkpoint.
  virtual absl::Status Flush(ProjectionState& /*state*/) {
    return absl::OkStatus();
  }

  // About how many bytes the members take until Flush. A checkpoint falls due
  // when state and members have grown too large.
  virtual size_t unflushed_bytes() const { return 0; }

  // Forgets the members: the state that comes next is another one (after an
  // error, or before a rebuild).
  virtual void DropCache() {}
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_PROJECTION_H_
