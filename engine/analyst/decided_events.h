// The events of one decision, while they are put together.

#ifndef ONRECORD_ENGINE_ANALYST_DECIDED_EVENTS_H_
#define ONRECORD_ENGINE_ANALYST_DECIDED_EVENTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/actors/lookup.h"
#include "engine/analyst/change.h"
#include "engine/projections/actors.h"
#include "engine/projections/statements.h"
#include "engine/projections/topics.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// What is recorded by now. `event_log` and `view` must outlive it.
struct Known {
  Known(EventLog& event_log, const ProjectionReader& view)
      : log(event_log),
        lookup(&view),
        actors(&view),
        topics(&view),
        statements(&view) {}

  EventLog& log;
  const Lookup lookup;
  const Actors actors;
  const Topics topics;
  const Statements statements;
};

// Collects events by stream. Thread-compatible.
class DecidedEvents {
 public:
  explicit DecidedEvents(Decision decision) : decision_(std::move(decision)) {}

  const Decision& decision() const { return decision_; }

  // Adds an event to `stream`, behind those that are there. The reference dies
  // with the next call.
  NewEvent& Add(absl::string_view stream);

  // Fills in who decided, and why. Returns `body`.
  template <typename Body>
  Body& Sign(Body& body) const {
    body.set_by(decision_.by);
    body.set_reason(decision_.reason);
    return body;
  }

  // The event that those added from now on undo.
  void set_cause(absl::string_view event_id) { cause_ = std::string(event_id); }

  std::vector<StreamAppend> Take() && { return std::move(appends_); }

 private:
  const Decision decision_;
  std::string cause_;
  std::vector<StreamAppend> appends_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_DECIDED_EVENTS_H_
