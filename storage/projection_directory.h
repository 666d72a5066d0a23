// Where the projections of a log are.

#ifndef ONRECORD_STORAGE_PROJECTION_DIRECTORY_H_
#define ONRECORD_STORAGE_PROJECTION_DIRECTORY_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// The directory, inside that of the log, which OpenProjectionStore is to open.
inline std::string ProjectionDirectory(absl::string_view log_dir) {
  return absl::StrCat(log_dir, "/projections");
}

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PROJECTION_DIRECTORY_H_
