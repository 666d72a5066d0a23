#include "engine/analyst/decided_events.h"

#include <algorithm>

#include "storage/expected_revision.h"

namespace onrecord {

NewEvent& DecidedEvents::Add(absl::string_view stream) {
  auto append = std::find_if(
      appends_.begin(), appends_.end(),
      [&](const StreamAppend& one) { return one.stream == stream; });
  if (append == appends_.end()) {
    appends_.push_back({std::string(stream), ExpectedRevision::Any(), {}});
    append = appends_.end() - 1;
  }
  NewEvent& event = append->events.emplace_back();
  event.mutable_producer()->set_name(decision_.by);
  event.set_causation_id(cause_);
  return event;
}

}  // namespace onrecord
