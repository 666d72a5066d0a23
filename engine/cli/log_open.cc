#include "engine/cli/log_open.h"

#include "storage/open_event_log.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::StatusOr<OpenedLog> OpenLog(const Context& context,
                                  IfMissing if_missing) {
  OpenedLog opened;
  opened.clock = MakeClock(context);
  OpenLogOptions options;
  options.create_if_missing = if_missing == IfMissing::kCreate;
  options.read_only = context.read_only;
  options.accept_data_loss = context.accept_data_loss;
  if (opened.clock != nullptr) options.clock = opened.clock.get();
  ONRECORD_ASSIGN_OR_RETURN(opened.log,
                            OpenEventLog(context.log_name(), options));
  return opened;
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenLogIn(const std::string& name,
                                                    IfMissing if_missing) {
  OpenLogOptions options;
  options.create_if_missing = if_missing == IfMissing::kCreate;
  return OpenEventLog(name, options);
}

}  // namespace onrecord
