// What storage needs of a leveldb::Env beyond its interface.

#ifndef ONRECORD_STORAGE_ENV_FILES_H_
#define ONRECORD_STORAGE_ENV_FILES_H_

#include <leveldb/env.h>

#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Makes files that were created, renamed or removed in `dir` durable as such.
leveldb::Status SyncDirectory(leveldb::Env* env, const std::string& dir);

// Replaces the file at `dir`/`name`, if there is one, with one of these
// contents: after a crash it is the old one or the new one, whole.
leveldb::Status ReplaceFile(leveldb::Env* env, const std::string& dir,
                            const std::string& name,
                            absl::string_view contents);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_ENV_FILES_H_
