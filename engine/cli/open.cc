#include "engine/cli/open.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "engine/cli/progress.h"
#include "engine/projections/replay_progress.h"
#include "storage/status_macros.h"

namespace onrecord {

std::unique_ptr<Clock> MakeClock(const Context& context) {
  if (context.now.empty()) return nullptr;
  absl::Time now;
  std::string error;
  absl::ParseTime(absl::RFC3339_full, context.now, &now, &error);
  return std::make_unique<FixedClock>(now);
}

namespace {

// Shows on `context.err` how far a replay is.
std::function<void(const ReplayProgress&)> ShowReplay(const Context& context) {
  OnProgress show = ShowProgress(context, "replaying");
  if (show == nullptr) return nullptr;
  return [show = std::move(show)](const ReplayProgress& progress) {
    show(progress.log_position, progress.last_log_position);
  };
}

// What the timeline is opened with; `opened` keeps what it refers to.
TimelineOptions OptionsFor(const Context& context,
                           std::unique_ptr<Extractor> extractor,
                           OpenedTimeline& opened) {
  opened.clock = MakeClock(context);
  opened.extractor = std::move(extractor);
  TimelineOptions options;
  if (opened.clock != nullptr) options.clock = opened.clock.get();
  if (opened.extractor != nullptr) options.extractor = opened.extractor.get();
  options.ingest_progress = ShowProgress(context, "reading");
  options.replay_progress = ShowReplay(context);
  return options;
}

}  // namespace

absl::StatusOr<OpenedTimeline> OpenTimeline(
    const Context& context, IfMissing if_missing,
    std::unique_ptr<Extractor> extractor) {
  OpenedTimeline opened;
  TimelineOptions options = OptionsFor(context, std::move(extractor), opened);
  options.create_if_missing = if_missing == IfMissing::kCreate;
  options.read_only = context.read_only;
  options.log = context.log;
  options.accept_data_loss = context.accept_data_loss;
  ONRECORD_ASSIGN_OR_RETURN(opened.timeline,
                            Timeline::Open(context.db, options));
  return opened;
}

absl::StatusOr<OpenedTimeline> OpenTimelineInMemory(
    const Context& context, std::unique_ptr<Extractor> extractor) {
  OpenedTimeline opened;
  const TimelineOptions options =
      OptionsFor(context, std::move(extractor), opened);
  ONRECORD_ASSIGN_OR_RETURN(opened.timeline, Timeline::OpenInMemory(options));
  return opened;
}

}  // namespace onrecord
