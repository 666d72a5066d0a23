#include "storage/block_source.h"

#include "absl/strings/str_cat.h"

namespace onrecord {

absl::Status LogDamage(uint64_t log_position, absl::string_view reason) {
  return absl::DataLossError(
      absl::StrCat("log position ", log_position, ": ", reason));
}

absl::Status LogDamage(uint64_t log_position, const absl::Status& status) {
  if (absl::IsUnavailable(status)) return status;
  return LogDamage(log_position, status.message());
}

}  // namespace onrecord
