// Events in and out.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/capi/encoding.h"
#include "engine/capi/handles.h"
#include "engine/capi/onrecord.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"
#include "storage/expected_revision.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::StatusOr<ExpectedRevision> ExpectedOf(int64_t expected) {
  if (expected >= 0) {
    return ExpectedRevision::Exactly(static_cast<uint64_t>(expected));
  }
  switch (expected) {
    case ONRECORD_ANY:
      return ExpectedRevision::Any();
    case ONRECORD_NO_STREAM:
      return ExpectedRevision::NoStream();
    case ONRECORD_STREAM_EXISTS:
      return ExpectedRevision::StreamExists();
    default:
      return absl::InvalidArgumentError(
          absl::StrCat("`expected_revision` is ", expected));
  }
}

absl::StatusOr<AppendResult> Append(Timeline& timeline,
                                    absl::string_view stream, int64_t expected,
                                    onrecord_encoding encoding,
                                    absl::string_view bytes,
                                    absl::string_view commit_id) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<NewEvent> events,
                            DecodeAll<NewEvent>(encoding, bytes));
  ONRECORD_ASSIGN_OR_RETURN(const ExpectedRevision revision,
                            ExpectedOf(expected));
  return timeline.Append(stream, revision, events, commit_id);
}

absl::StatusOr<std::string> Read(Timeline& timeline, const char* stream,
                                 uint64_t from, uint64_t limit,
                                 onrecord_encoding encoding) {
  const std::unique_ptr<EventReader> reader =
      stream == nullptr ? timeline.log()->ReadLog(from, {})
                        : timeline.log()->ReadStream(stream, from, {});
  std::string events;
  for (uint64_t n = 0; n < limit && reader->Valid(); ++n, reader->Next()) {
    const RecordedEvent& event = reader->event();
    ONRECORD_RETURN_IF_ERROR(reader->status());
    ONRECORD_RETURN_IF_ERROR(EncodeMessage(event, encoding, &events));
  }
  ONRECORD_RETURN_IF_ERROR(reader->status());
  return events;
}

}  // namespace
}  // namespace onrecord

using onrecord::CopyOut;
using onrecord::Guarded;
using onrecord::ViewOf;

onrecord_code onrecord_append(onrecord_timeline* timeline, const char* stream,
                              int64_t expected_revision,
                              onrecord_encoding encoding, const char* events,
                              size_t size, const char* commit_id,
                              onrecord_append_result* result, char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        const onrecord::AppendResult appended,
        onrecord::Append(*timeline->timeline, ViewOf(stream), expected_revision,
                         encoding, {events, size}, ViewOf(commit_id)));
    if (result != nullptr) {
      *result = {appended.commit, appended.first_log_position,
                 appended.last_log_position, appended.already_recorded ? 1 : 0,
                 0};
    }
    return absl::OkStatus();
  });
}

onrecord_code onrecord_read(onrecord_timeline* timeline, const char* stream,
                            uint64_t from, uint64_t limit,
                            onrecord_encoding encoding, char** events,
                            size_t* events_size, char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        const std::string bytes,
        onrecord::Read(*timeline->timeline, stream, from, limit, encoding));
    *events = CopyOut(bytes);
    *events_size = bytes.size();
    return absl::OkStatus();
  });
}

onrecord_subscription* onrecord_subscribe(onrecord_timeline* timeline,
                                          uint64_t checkpoint) {
  return new (std::nothrow)
      onrecord_subscription{timeline->timeline->Subscribe(checkpoint)};
}

onrecord_code onrecord_subscription_next(onrecord_subscription* subscription,
                                         int64_t timeout_ms,
                                         onrecord_encoding encoding,
                                         char** event, size_t* event_size,
                                         char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        const onrecord::RecordedEvent* const next,
        subscription->subscription.Next(absl::Milliseconds(timeout_ms)));
    if (next == nullptr) {
      *event = nullptr;
      *event_size = 0;
      return absl::OkStatus();
    }
    std::string bytes;
    ONRECORD_RETURN_IF_ERROR(onrecord::EncodeMessage(*next, encoding, &bytes));
    *event = CopyOut(bytes);
    *event_size = bytes.size();
    return absl::OkStatus();
  });
}

uint64_t onrecord_subscription_checkpoint(
    const onrecord_subscription* subscription) {
  return subscription->subscription.checkpoint();
}

void onrecord_subscription_destroy(onrecord_subscription* subscription) {
  delete subscription;
}
