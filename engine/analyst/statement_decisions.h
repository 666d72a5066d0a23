// Corrections and retractions of statements.

#ifndef ONRECORD_ENGINE_ANALYST_STATEMENT_DECISIONS_H_
#define ONRECORD_ENGINE_ANALYST_STATEMENT_DECISIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/analyst/change.h"
#include "engine/analyst/decided_events.h"
#include "proto/event.pb.h"
#include "proto/statement.pb.h"

namespace onrecord {

// Add the events of a change. Errors as EventsOf.
absl::Status Decide(const CorrectStatement& change, const Known& known,
                    DecidedEvents& events);
absl::Status Decide(const RetractStatement& change, const Known& known,
                    DecidedEvents& events);

// Adds the event by which `right` takes the place of the statement with its id.
void AddCorrection(const Statement& right, CorrectionKind kind,
                   DecidedEvents& events);

// Adds the event that withdraws a statement of an article.
void AddRetraction(const Statement& statement, CorrectionKind kind,
                   DecidedEvents& events);

// Makes `actor_id` the speaker of `statement`, as `by` decides.
void SetSpeaker(const std::string& actor_id, absl::string_view by,
                Statement& statement);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_STATEMENT_DECISIONS_H_
