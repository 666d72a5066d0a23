// Opening the log that a command's flags name, without its projections.

#ifndef ONRECORD_ENGINE_CLI_LOG_OPEN_H_
#define ONRECORD_ENGINE_CLI_LOG_OPEN_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/cli/command.h"
#include "engine/cli/open.h"
#include "storage/clock.h"
#include "storage/event_log.h"

namespace onrecord {

// A log and the clock that it reads.
struct OpenedLog {
  std::unique_ptr<Clock> clock;  // null: the machine's
  std::unique_ptr<EventLog> log;
};

// Opens the log at `context.log_name()`. Errors as OpenEventLog.
absl::StatusOr<OpenedLog> OpenLog(const Context& context, IfMissing if_missing);

// Opens the log in a directory, or at a URL: a second one beside the command's
// own.
absl::StatusOr<std::unique_ptr<EventLog>> OpenLogIn(const std::string& name,
                                                    IfMissing if_missing);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_LOG_OPEN_H_
