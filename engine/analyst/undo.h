// Taking decisions back.

#ifndef ONRECORD_ENGINE_ANALYST_UNDO_H_
#define ONRECORD_ENGINE_ANALYST_UNDO_H_

#include "absl/status/status.h"
#include "engine/analyst/change.h"
#include "engine/analyst/decided_events.h"

namespace onrecord {

// Adds, last decision first, the events after which everything is as it was
// before those decisions. Errors as EventsOf; FAILED_PRECONDITION too if an
// event changed nothing, or what it changed was changed again since.
absl::Status Decide(const Undo& change, const Known& known,
                    DecidedEvents& events);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_UNDO_H_
