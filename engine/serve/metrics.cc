#include "engine/serve/metrics.h"

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

void AddHead(absl::string_view name, absl::string_view type,
             absl::string_view help, std::string& text) {
  absl::StrAppend(&text, "# HELP ", name, " ", help, "\n# TYPE ", name, " ",
                  type, "\n");
}

}  // namespace

void Metrics::CountRequest(absl::string_view path, int status) {
  MutexLock lock(&mu_);
  ++requests_[{std::string(path), status}];
}

std::string Metrics::Text(uint64_t last_log_position) const {
  std::string text;
  AddHead("onrecord_log_position", "gauge", "Number of events in the log.",
          text);
  absl::StrAppend(&text, "onrecord_log_position ", last_log_position, "\n");
  AddHead("onrecord_followers", "gauge", "Connections that follow events.",
          text);
  absl::StrAppend(&text, "onrecord_followers ", followers_.load(), "\n");
  AddHead("onrecord_events_sent_total", "counter",
          "Events sent to those who follow.", text);
  absl::StrAppend(&text, "onrecord_events_sent_total ", events_sent_.load(),
                  "\n");
  AddHead("onrecord_http_requests_total", "counter",
          "Requests answered, by route and status.", text);
  MutexLock lock(&mu_);
  for (const auto& [key, count] : requests_) {
    absl::StrAppend(&text, "onrecord_http_requests_total{path=\"", key.first,
                    "\",status=\"", key.second, "\"} ", count, "\n");
  }
  return text;
}

}  // namespace onrecord
