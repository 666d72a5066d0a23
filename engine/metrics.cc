#include "engine/metrics.h"

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

constexpr std::array<absl::string_view, Metrics::kQueries> kQueryNames = {
    "positions",  "shifts", "diff",   "network", "why",
    "statements", "actors", "topics", "other"};

void AppendHeader(absl::string_view name, absl::string_view type,
                  absl::string_view help, std::string* out) {
  absl::StrAppend(out, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", type,
                  "\n");
}

void AppendNumber(absl::string_view name, absl::string_view type,
                  absl::string_view help, uint64_t value, std::string* out) {
  AppendHeader(name, type, help, out);
  absl::StrAppend(out, name, " ", value, "\n");
}

void AppendHistogram(absl::string_view name, absl::string_view help,
                     const Histogram& histogram, std::string* out) {
  AppendHeader(name, "histogram", help, out);
  histogram.AppendText(name, "", out);
}

std::string QueryLabel(size_t query) {
  return absl::StrCat("query=\"", kQueryNames[query], "\"");
}

}  // namespace

void Histogram::Observe(std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_ns_.fetch_add(static_cast<uint64_t>(took.count()),
                    std::memory_order_relaxed);
}

void Histogram::AppendText(absl::string_view name, absl::string_view labels,
                           std::string* out) const {
  const absl::string_view comma = labels.empty() ? "" : ",";
  const std::string braces =
      labels.empty() ? "" : absl::StrCat("{", labels, "}");
  uint64_t count = 0;
  for (size_t i = 0; i <= kBounds.size(); ++i) {
    count += buckets_[i].load(std::memory_order_relaxed);
    const std::string bound =
        i < kBounds.size() ? absl::StrCat(kBounds[i]) : "+Inf";
    absl::StrAppend(out, name, "_bucket{", labels, comma, "le=\"", bound,
                    "\"} ", count, "\n");
  }
  const double sum =
      static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) / 1e9;
  absl::StrAppend(out, name, "_sum", braces, " ", sum, "\n");
  absl::StrAppend(out, name, "_count", braces, " ", count, "\n");
}

void Metrics::CountAppend(const absl::Status& status, size_t events,
                          std::chrono::nanoseconds took) {
  append_seconds_.Observe(took);
  if (status.ok()) {
    events_appended_ += events;
  } else if (absl::IsAborted(status)) {
    ++append_conflicts_;
  } else {
    ++append_failures_;
  }
}

void Metrics::CountIngest(const absl::Status& status, size_t articles,
                          std::chrono::nanoseconds took) {
  ingest_seconds_.Observe(took);
  articles_ingested_ += articles;
  if (!status.ok()) ++ingest_failures_;
}

void Metrics::CountReplay(uint64_t events, std::chrono::nanoseconds took) {
  events_replayed_ += events;
  replay_seconds_.Observe(took);
}

void Metrics::CountQuery(Query query, const absl::Status& status,
                         std::chrono::nanoseconds took) {
  query_seconds_[query].Observe(took);
  if (!status.ok()) ++query_failures_[query];
}

std::string Metrics::Text(const Gauges& gauges) const {
  std::string out;
  AppendNumber("onrecord_log_position", "gauge",
               "Log position of the last event.", gauges.last_log_position,
               &out);
  AppendNumber("onrecord_projected_log_position", "gauge",
               "Log position up to which the projections have come.",
               gauges.projected_log_position, &out);
  AppendNumber("onrecord_commits", "gauge", "Commits in the log.",
               gauges.commits, &out);
  AppendNumber("onrecord_texts", "gauge", "Texts beside the log.", gauges.texts,
               &out);
  AppendNumber("onrecord_log_bytes", "gauge", "Bytes of the log on disk.",
               gauges.bytes_on_disk, &out);
  AppendNumber("onrecord_appended_events_total", "counter",
               "Events appended by the service.", events_appended_, &out);
  AppendNumber("onrecord_append_conflicts_total", "counter",
               "Appends refused for a wrong expected revision.",
               append_conflicts_, &out);
  AppendNumber("onrecord_append_failures_total", "counter",
               "Appends that failed otherwise.", append_failures_, &out);
  AppendHistogram("onrecord_append_seconds", "How long appends took.",
                  append_seconds_, &out);
  AppendNumber("onrecord_ingested_articles_total", "counter",
               "Articles ingested.", articles_ingested_, &out);
  AppendNumber("onrecord_ingest_failures_total", "counter",
               "Ingests that failed.", ingest_failures_, &out);
  AppendHistogram("onrecord_ingest_seconds", "How long ingests took.",
                  ingest_seconds_, &out);
  AppendNumber("onrecord_replayed_events_total", "counter",
               "Events folded into the projections.", events_replayed_, &out);
  AppendHistogram("onrecord_replay_seconds",
                  "How long catching up with the log took.", replay_seconds_,
                  &out);
  AppendHeader("onrecord_query_failures_total", "counter",
               "Queries that failed.", &out);
  for (size_t i = 0; i < kQueries; ++i) {
    absl::StrAppend(&out, "onrecord_query_failures_total{", QueryLabel(i), "} ",
                    query_failures_[i].load(), "\n");
  }
  AppendHeader("onrecord_query_seconds", "histogram",
               "How long queries took, catching up included.", &out);
  for (size_t i = 0; i < kQueries; ++i) {
    query_seconds_[i].AppendText("onrecord_query_seconds", QueryLabel(i), &out);
  }
  return out;
}

}  // namespace onrecord
