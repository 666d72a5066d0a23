// The example service's own projection.

#ifndef ONRECORD_TESTS_EMBEDDING_WORKLOAD_H_
#define ONRECORD_TESTS_EMBEDDING_WORKLOAD_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/timeline.h"

namespace onrecord_example {

// Counts, for each reporter, assignments and statements on assigned topics: it
// folds the service's own events and the engine's together.
class Workload : public onrecord::Projection {
 public:
  static constexpr absl::string_view kName = "workload";

  absl::string_view name() const override { return kName; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(const onrecord::RecordedEvent& event,
                     onrecord::ProjectionState& state) override;
};

struct Load {
  int64_t assignments = 0;
  int64_t statements = 0;  // on topics, since they were assigned
};

// What `timeline`, which must have the projection, says of a reporter.
absl::StatusOr<Load> LoadOf(onrecord::Timeline& timeline,
                            absl::string_view reporter);

}  // namespace onrecord_example

#endif  // ONRECORD_TESTS_EMBEDDING_WORKLOAD_H_
