// Following a log whose directory other processes open, one after the other.

#ifndef ONRECORD_STORAGE_DIRECTORY_FOLLOWER_H_
#define ONRECORD_STORAGE_DIRECTORY_FOLLOWER_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/event_log.h"

namespace onrecord {

// Gives every event behind a checkpoint, once, in order, without holding the
// directory: it opens the log when the head marker says that there is more, and
// closes it again. Within the process that holds the log, a Subscription is
// what one wants.
//
// Thread-compatible.
class DirectoryFollower {
 public:
  // Begins behind the log position `checkpoint`; 0 is the start.
  DirectoryFollower(absl::string_view dir, uint64_t checkpoint)
      : dir_(dir), checkpoint_(checkpoint) {}

  // Calls `use` for every event that is there and has not been given yet. None
  // if another process holds the directory: a later call gives them.
  //
  // Returns what opening and reading the log return, and what `use` does.
  absl::Status Poll(absl::FunctionRef<absl::Status(const RecordedEvent&)> use);

  // The log position of the event given last.
  uint64_t checkpoint() const { return checkpoint_; }

 private:
  const std::string dir_;
  uint64_t checkpoint_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_DIRECTORY_FOLLOWER_H_
