// Options, opening, and what concerns a timeline as a whole.

#include <cstdlib>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/capi/handles.h"
#include "engine/capi/onrecord.h"
#include "engine/version.h"
#include "storage/head_text.h"
#include "storage/status_macros.h"

namespace onrecord {

char* CopyOut(absl::string_view bytes) {
  char* const copy = static_cast<char*>(std::malloc(bytes.size() + 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, bytes.data(), bytes.size());
  copy[bytes.size()] = '\0';
  return copy;
}

onrecord_code Report(const absl::Status& status, char** error) {
  if (!status.ok() && error != nullptr) *error = CopyOut(status.message());
  return static_cast<onrecord_code>(status.code());
}

namespace {

TimelineOptions OptionsOf(const onrecord_options* options) {
  return options == nullptr ? TimelineOptions() : options->options;
}

absl::Status HandOut(absl::StatusOr<std::unique_ptr<Timeline>> opened,
                     onrecord_timeline** timeline) {
  ONRECORD_RETURN_IF_ERROR(opened.status());
  *timeline = new onrecord_timeline{*std::move(opened)};
  return absl::OkStatus();
}

}  // namespace
}  // namespace onrecord

using onrecord::CopyOut;
using onrecord::Guarded;
using onrecord::ViewOf;

uint32_t onrecord_abi_version(void) { return ONRECORD_ABI_VERSION; }

const char* onrecord_version(void) { return onrecord::kVersion; }

void onrecord_free(void* pointer) { std::free(pointer); }

onrecord_options* onrecord_options_create(void) {
  return new (std::nothrow) onrecord_options;
}

void onrecord_options_destroy(onrecord_options* options) { delete options; }

void onrecord_options_set_create_if_missing(onrecord_options* options,
                                            int value) {
  options->options.create_if_missing = value != 0;
}

void onrecord_options_set_read_only(onrecord_options* options, int value) {
  options->options.read_only = value != 0;
}

void onrecord_options_set_sync(onrecord_options* options, int value) {
  options->options.sync = value != 0;
}

void onrecord_options_set_log(onrecord_options* options, const char* url) {
  options->options.log = std::string(ViewOf(url));
}

void onrecord_options_set_accept_data_loss(onrecord_options* options,
                                           int value) {
  options->options.accept_data_loss = value != 0;
}

void onrecord_options_set_cache_bytes(onrecord_options* options, size_t bytes) {
  options->options.cache_bytes = bytes;
}

void onrecord_options_set_write_buffer_bytes(onrecord_options* options,
                                             size_t bytes) {
  options->options.write_buffer_bytes = bytes;
}

onrecord_code onrecord_open(const char* dir, const onrecord_options* options,
                            onrecord_timeline** timeline, char** error) {
  return Guarded(error, [&] {
    return onrecord::HandOut(
        onrecord::Timeline::Open(ViewOf(dir), onrecord::OptionsOf(options)),
        timeline);
  });
}

onrecord_code onrecord_open_in_memory(const onrecord_options* options,
                                      onrecord_timeline** timeline,
                                      char** error) {
  return Guarded(error, [&] {
    return onrecord::HandOut(
        onrecord::Timeline::OpenInMemory(onrecord::OptionsOf(options)),
        timeline);
  });
}

void onrecord_stop(onrecord_timeline* timeline) { timeline->timeline->Stop(); }

void onrecord_close(onrecord_timeline* timeline) { delete timeline; }

onrecord_code onrecord_forget(onrecord_timeline* timeline,
                              const char* article_id, const char* reason,
                              const char* by, char** error) {
  return Guarded(error, [&] {
    return timeline->timeline
        ->Forget(ViewOf(article_id), ViewOf(reason), ViewOf(by))
        .status();
  });
}

onrecord_code onrecord_head(onrecord_timeline* timeline, char** head,
                            char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const onrecord::Head now,
                              timeline->timeline->log()->GetHead());
    *head = CopyOut(onrecord::HeadText(now));
    return absl::OkStatus();
  });
}

onrecord_code onrecord_backup(onrecord_timeline* timeline, const char* dir,
                              char** error) {
  return Guarded(
      error, [&] { return timeline->timeline->Backup(ViewOf(dir)).status(); });
}

onrecord_code onrecord_verify(onrecord_timeline* timeline, char** error) {
  return Guarded(error, [&]() -> absl::Status {
    std::string places;
    const auto report =
        timeline->timeline->Verify([&places](const onrecord::Damage& damage) {
          absl::StrAppend(&places, places.empty() ? "" : "\n", "log position ",
                          damage.log_position, ", stream ", damage.stream,
                          ", revision ", damage.revision, ": ", damage.reason);
        });
    ONRECORD_RETURN_IF_ERROR(report.status());
    return report->damages == 0 ? absl::OkStatus()
                                : absl::DataLossError(places);
  });
}

onrecord_code onrecord_metrics(onrecord_timeline* timeline, char** text,
                               char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::string metrics,
                              timeline->timeline->MetricsText());
    *text = CopyOut(metrics);
    return absl::OkStatus();
  });
}
