// The files of a log, and whether a directory is one.

#ifndef ONRECORD_STORAGE_LOG_DIRECTORY_H_
#define ONRECORD_STORAGE_LOG_DIRECTORY_H_

#include <leveldb/env.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

struct LogPaths {
  explicit LogPaths(absl::string_view dir);

  std::string dir;
  std::string identity;  // a line that says what the directory is
  std::string log;       // LevelDB: the log itself
  std::string index;     // LevelDB: what can be made again from the log
  std::string head;      // the head marker
};

// Makes sure that `paths.dir` is a log's directory, making it one if it is
// empty or missing and that is allowed.
//
// Returns NOT_FOUND if there is no log and none may be created,
// FAILED_PRECONDITION if the directory belongs to something else or cannot be
// written, and UNIMPLEMENTED if a newer version wrote it.
absl::Status PrepareLogDirectory(leveldb::Env* env, const LogPaths& paths,
                                 bool create_if_missing);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_DIRECTORY_H_
