#include "storage/event_log.h"

namespace onrecord {

absl::StatusOr<AppendResult> EventLog::Append(absl::string_view stream,
                                              ExpectedRevision expected,
                                              absl::Span<const NewEvent> events,
                                              const AppendOptions& options) {
  StreamAppend append;
  append.stream = std::string(stream);
  append.expected = expected;
  append.events.assign(events.begin(), events.end());
  return Append(absl::MakeConstSpan(&append, 1), options);
}

}  // namespace onrecord
