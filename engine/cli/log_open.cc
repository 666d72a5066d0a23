#include "engine/cli/log_open.h"

#include "storage/leveldb_event_log.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::StatusOr<OpenedLog> OpenLog(const Context& context,
                                  IfMissing if_missing) {
  OpenedLog opened;
  opened.clock = MakeClock(context);
  LogOptions options;
  options.create_if_missing = if_missing == IfMissing::kCreate;
  options.read_only = context.read_only;
  if (opened.clock != nullptr) options.clock = opened.clock.get();
  ONRECORD_ASSIGN_OR_RETURN(opened.log,
                            OpenLevelDbEventLog(context.db, options));
  return opened;
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenLogIn(const std::string& dir,
                                                    IfMissing if_missing) {
  LogOptions options;
  options.create_if_missing = if_missing == IfMissing::kCreate;
  return OpenLevelDbEventLog(dir, options);
}

}  // namespace onrecord
