#include "engine/cli/open.h"

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "storage/status_macros.h"

namespace onrecord {

std::unique_ptr<Clock> MakeClock(const Context& context) {
  if (context.now.empty()) return nullptr;
  absl::Time now;
  std::string error;
  absl::ParseTime(absl::RFC3339_full, context.now, &now, &error);
  return std::make_unique<FixedClock>(now);
}

absl::StatusOr<OpenedTimeline> OpenTimeline(const Context& context,
                                            IfMissing if_missing) {
  OpenedTimeline opened;
  opened.clock = MakeClock(context);
  TimelineOptions options;
  options.create_if_missing = if_missing == IfMissing::kCreate;
  if (opened.clock != nullptr) options.clock = opened.clock.get();
  ONRECORD_ASSIGN_OR_RETURN(opened.timeline,
                            Timeline::Open(context.db, options));
  return opened;
}

absl::StatusOr<OpenedTimeline> OpenTimelineInMemory(const Context& context) {
  OpenedTimeline opened;
  opened.clock = MakeClock(context);
  TimelineOptions options;
  if (opened.clock != nullptr) options.clock = opened.clock.get();
  ONRECORD_ASSIGN_OR_RETURN(opened.timeline, Timeline::OpenInMemory(options));
  return opened;
}

}  // namespace onrecord
