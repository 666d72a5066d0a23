#include "storage/directory_follower.h"

#include <leveldb/env.h>

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "storage/head_marker.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_directory.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::Status DirectoryFollower::Poll(
    absl::FunctionRef<absl::Status(const RecordedEvent&)> use) {
  // A marker that is being replaced at this moment may not read; a log that is
  // damaged says so when it is opened.
  const absl::StatusOr<std::optional<HeadMark>> mark =
      HeadMarker::Read(leveldb::Env::Default(), LogPaths(dir_).head);
  if (mark.ok() && mark->has_value() &&
      (*mark)->last_log_position <= checkpoint_) {
    return absl::OkStatus();
  }
  LogOptions options;
  options.create_if_missing = false;
  absl::StatusOr<std::unique_ptr<EventLog>> log =
      OpenLevelDbEventLog(dir_, options);
  if (absl::IsFailedPrecondition(log.status())) return absl::OkStatus();
  ONRECORD_RETURN_IF_ERROR(log.status());
  const std::unique_ptr<EventReader> reader =
      (*log)->ReadLog(checkpoint_ + 1, {});
  for (; reader->Valid(); reader->Next()) {
    const RecordedEvent& event = reader->event();
    ONRECORD_RETURN_IF_ERROR(reader->status());
    ONRECORD_RETURN_IF_ERROR(use(event));
    checkpoint_ = event.log_position();
  }
  return reader->status();
}

}  // namespace onrecord
