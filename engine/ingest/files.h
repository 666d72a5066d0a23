// Reading files whole, with errors that name them.

#ifndef ONRECORD_ENGINE_INGEST_FILES_H_
#define ONRECORD_ENGINE_INGEST_FILES_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// The name that stands for standard input.
inline constexpr char kStandardInput[] = "-";

// Returns all bytes of the file `path`, or of standard input for "-".
//
// Returns NOT_FOUND if there is none, INVALID_ARGUMENT if it is a directory,
// and INTERNAL if it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Calls `line` for each line of `content` that is not blank, with its number
// from 1. Stops at the first error and returns it with `path` and the number
// in front.
absl::Status ForEachLine(
    absl::string_view path, absl::string_view content,
    const std::function<absl::Status(absl::string_view line)>& line);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_FILES_H_
