// Whether projections' states are what the log gives.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STATE_CHECK_H_
#define ONRECORD_ENGINE_PROJECTIONS_STATE_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/projection_store.h"

namespace onrecord {

// The names among `projections` whose states differ between `kept` and
// `rebuilt`, two stores that stand at the same log position. Returns DATA_LOSS
// if what `rebuilt` holds does not read; what does not read in `kept` differs.
absl::StatusOr<std::vector<std::string>> FindWrongStates(
    const ProjectionReader& kept, const ProjectionReader& rebuilt,
    absl::Span<const std::string> projections);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STATE_CHECK_H_
