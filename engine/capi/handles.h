// What stands behind the C API's handles, and what its functions share.

#ifndef ONRECORD_ENGINE_CAPI_HANDLES_H_
#define ONRECORD_ENGINE_CAPI_HANDLES_H_

#include <exception>
#include <memory>
#include <new>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/capi/onrecord.h"
#include "engine/timeline.h"
#include "storage/subscription.h"

struct onrecord_options {
  onrecord::TimelineOptions options;
};

struct onrecord_timeline {
  std::unique_ptr<onrecord::Timeline> timeline;
};

struct onrecord_subscription {
  onrecord::Subscription subscription;
};

namespace onrecord {

// A copy of `bytes`, and a NUL, for onrecord_free.
char* CopyOut(absl::string_view bytes);

// Sets *error, if there is one to set, and returns the code.
onrecord_code Report(const absl::Status& status, char** error);

// Runs `call`, which returns an absl::Status, and lets nothing else out of it.
template <typename Call>
onrecord_code Guarded(char** error, Call call) noexcept {
  try {
    return Report(call(), error);
  } catch (const std::bad_alloc&) {
    return ONRECORD_RESOURCE_EXHAUSTED;
  } catch (const std::exception& thrown) {
    return Report(absl::InternalError(thrown.what()), error);
  }
}

inline absl::string_view ViewOf(const char* text) {
  return text == nullptr ? absl::string_view() : absl::string_view(text);
}

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CAPI_HANDLES_H_
