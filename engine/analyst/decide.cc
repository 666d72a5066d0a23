#include "engine/analyst/decide.h"

#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "engine/analyst/actor_decisions.h"
#include "engine/analyst/decided_events.h"
#include "engine/analyst/statement_decisions.h"
#include "engine/analyst/topic_decisions.h"
#include "engine/analyst/undo.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status CheckDecision(const Decision& decision) {
  if (absl::StripAsciiWhitespace(decision.by).empty()) {
    return absl::InvalidArgumentError("`by` is empty, expected who decides");
  }
  if (absl::StripAsciiWhitespace(decision.reason).empty()) {
    return absl::InvalidArgumentError("`reason` is empty, expected why");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<StreamAppend>> EventsOf(
    const Change& change, const Decision& decision, EventLog& log,
    const ProjectionReader& view) {
  ONRECORD_RETURN_IF_ERROR(CheckDecision(decision));
  const Known known(log, view);
  DecidedEvents events(decision);
  ONRECORD_RETURN_IF_ERROR(std::visit(
      [&](const auto& one) { return Decide(one, known, events); }, change));
  return std::move(events).Take();
}

}  // namespace onrecord
