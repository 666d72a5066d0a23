// Making a damaged log usable again, at the price of its damaged end.

#ifndef ONRECORD_STORAGE_LOG_REPAIR_H_
#define ONRECORD_STORAGE_LOG_REPAIR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace leveldb {
class Env;
}  // namespace leveldb

namespace onrecord {

struct RepairOptions {
  // Cut even what was acknowledged as synced, if nothing less will do. What is
  // lost is reported.
  bool give_up_acknowledged = false;

  // Null: the machine's file system.
  leveldb::Env* env = nullptr;
};

struct RepairReport {
  // What the log holds now.
  uint64_t commits = 0;
  uint64_t last_log_position = 0;

  // Acknowledged commits that are gone, whether or not repair cut them.
  uint64_t acknowledged_commits_lost = 0;

  // What was done, and what was lost by it: a sentence each. Empty if nothing
  // was wrong.
  std::vector<std::string> actions;
};

// Repairs the log in `dir`, which must not be open: cuts the end of the
// write-ahead log where it is damaged, cuts events behind a hole, writes the
// head marker again, makes the index again. It cuts only what lies behind the
// last head that was known to be on disk. Originals of files that it cuts stay
// beside them, with `.damaged` after their name.
//
// Returns DATA_LOSS, having cut nothing, if what was acknowledged is damaged: a
// backup is better than what is left. Returns FAILED_PRECONDITION if the log is
// open.
absl::StatusOr<RepairReport> RepairLog(absl::string_view dir,
                                       const RepairOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_REPAIR_H_
