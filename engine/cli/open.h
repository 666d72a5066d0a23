// Opening the timeline that a command's flags name.

#ifndef ONRECORD_ENGINE_CLI_OPEN_H_
#define ONRECORD_ENGINE_CLI_OPEN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "engine/cli/command.h"
#include "engine/extractor.h"
#include "engine/timeline.h"
#include "storage/clock.h"

namespace onrecord {

// A timeline and the clock that it reads.
struct OpenedTimeline {
  std::unique_ptr<Clock> clock;          // null: the machine's
  std::unique_ptr<Extractor> extractor;  // null: the engine's
  std::unique_ptr<Timeline> timeline;
};

enum class IfMissing { kCreate, kFail };

// The clock of --now, which was checked when it was read; null if it was not
// given.
std::unique_ptr<Clock> MakeClock(const Context& context);

// Opens the timeline in `context.db`, with `extractor` unless null in place of
// the engine's. Errors as Timeline::Open.
absl::StatusOr<OpenedTimeline> OpenTimeline(
    const Context& context, IfMissing if_missing,
    std::unique_ptr<Extractor> extractor = nullptr);

// Makes an empty timeline in memory; `extractor` as above.
absl::StatusOr<OpenedTimeline> OpenTimelineInMemory(
    const Context& context, std::unique_ptr<Extractor> extractor = nullptr);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_OPEN_H_
