#include "absl/strings/match.h"
#include "storage/postgres_event_log.h"

namespace onrecord {

bool IsPostgresUrl(absl::string_view name) {
  return absl::StartsWith(name, "postgresql://") ||
         absl::StartsWith(name, "postgres://");
}

}  // namespace onrecord
