// A person's decisions as events.

#ifndef ONRECORD_ENGINE_ANALYST_DECIDE_H_
#define ONRECORD_ENGINE_ANALYST_DECIDE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/analyst/change.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Returns the events that record `change`, to be appended as one commit. `view`
// must hold everything that `log` does.
//
// Returns NOT_FOUND, with the nearest name if one is near, if the change is of
// something that is not recorded; INVALID_ARGUMENT, naming the field, if it is
// none, or contradicts itself or what is recorded (overlapping roles); and
// FAILED_PRECONDITION if it changes nothing, would make a circle of merges, or
// something else must be undone first.
absl::StatusOr<std::vector<StreamAppend>> EventsOf(
    const Change& change, const Decision& decision, EventLog& log,
    const ProjectionReader& view);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_DECIDE_H_
