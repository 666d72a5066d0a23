// Passing a failed status on to the caller in one line.

#ifndef ONRECORD_STORAGE_STATUS_MACROS_H_
#define ONRECORD_STORAGE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the function if `expression`, an absl::Status, is not OK.
#define ONRECORD_RETURN_IF_ERROR(expression)                                  \
  do {                                                                        \
    if (absl::Status onrecord_status = (expression); !onrecord_status.ok()) { \
      return onrecord_status;                                                 \
    }                                                                         \
  } while (false)

// Assigns the value of `expression`, an absl::StatusOr, to `target`, which may
// declare a variable; or returns its status from the function.
#define ONRECORD_ASSIGN_OR_RETURN(target, expression) \
  ONRECORD_ASSIGN_OR_RETURN_IMPL_(                    \
      ONRECORD_CONCAT_(onrecord_status_or_, __LINE__), target, expression)

#define ONRECORD_ASSIGN_OR_RETURN_IMPL_(status_or, target, expression) \
  auto status_or = (expression);                                       \
  if (!status_or.ok()) return std::move(status_or).status();           \
  target = *std::move(status_or)

#define ONRECORD_CONCAT_(a, b) ONRECORD_CONCAT_IMPL_(a, b)
#define ONRECORD_CONCAT_IMPL_(a, b) a##b

#endif  // ONRECORD_STORAGE_STATUS_MACROS_H_
