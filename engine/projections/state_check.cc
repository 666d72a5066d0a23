#include "engine/projections/state_check.h"

#include "engine/projections/certificate.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::StatusOr<std::vector<std::string>> FindWrongStates(
    const ProjectionReader& kept, const ProjectionReader& rebuilt,
    absl::Span<const std::string> projections) {
  std::vector<std::string> wrong;
  for (const std::string& name : projections) {
    ONRECORD_ASSIGN_OR_RETURN(const std::string right,
                              HashOfState(rebuilt, name));
    const absl::StatusOr<std::string> found = HashOfState(kept, name);
    if (!found.ok() || *found != right) wrong.push_back(name);
  }
  return wrong;
}

}  // namespace onrecord
