#include "storage/event_log.h"

#include <utility>

namespace onrecord {
namespace {

std::vector<StreamAppendView> ViewsOf(absl::Span<const StreamAppend> appends) {
  std::vector<StreamAppendView> views;
  views.reserve(appends.size());
  for (const StreamAppend& append : appends) {
    views.push_back({append.stream, append.expected, append.events});
  }
  return views;
}

}  // namespace

std::future<absl::StatusOr<AppendResult>> ReadyAppend(
    absl::StatusOr<AppendResult> result) {
  std::promise<absl::StatusOr<AppendResult>> promise;
  promise.set_value(std::move(result));
  return promise.get_future();
}

absl::StatusOr<AppendResult> EventLog::Append(
    absl::Span<const StreamAppend> appends, const AppendOptions& options) {
  return DoAppend(ViewsOf(appends), options);
}

absl::StatusOr<AppendResult> EventLog::Append(absl::string_view stream,
                                              ExpectedRevision expected,
                                              absl::Span<const NewEvent> events,
                                              const AppendOptions& options) {
  const StreamAppendView append{stream, expected, events};
  return DoAppend(absl::MakeConstSpan(&append, 1), options);
}

std::future<absl::StatusOr<AppendResult>> EventLog::AppendAsync(
    absl::Span<const StreamAppend> appends, const AppendOptions& options) {
  return DoAppendAsync(ViewsOf(appends), options);
}

std::future<absl::StatusOr<AppendResult>> EventLog::AppendAsync(
    absl::string_view stream, ExpectedRevision expected,
    absl::Span<const NewEvent> events, const AppendOptions& options) {
  const StreamAppendView append{stream, expected, events};
  return DoAppendAsync(absl::MakeConstSpan(&append, 1), options);
}

absl::StatusOr<AppendResult> EventLog::ImportCommit(const CommitRecord& commit,
                                                    bool sync) {
  return ImportCommitAsync(commit, sync).get();
}

}  // namespace onrecord
