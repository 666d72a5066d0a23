#include "engine/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace onrecord {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, CountsWhatSucceedsAndWhatFails) {
  Metrics metrics;
  metrics.CountAppend(absl::OkStatus(), 3, std::chrono::microseconds(50));
  metrics.CountAppend(absl::AbortedError(""), 0, std::chrono::milliseconds(2));
  metrics.CountAppend(absl::InternalError(""), 0, std::chrono::seconds(100));
  metrics.CountQuery(Metrics::kWhy, absl::NotFoundError(""),
                     std::chrono::milliseconds(1));
  Metrics::Gauges gauges;
  gauges.last_log_position = 7;
  const std::string text = metrics.Text(gauges);
  for (const char* line :
       {"onrecord_log_position 7\n", "onrecord_appended_events_total 3\n",
        "onrecord_append_conflicts_total 1\n",
        "onrecord_append_failures_total 1\n",
        "onrecord_append_seconds_bucket{le=\"1e-05\"} 0\n",
        "onrecord_append_seconds_bucket{le=\"0.0001\"} 1\n",
        "onrecord_append_seconds_bucket{le=\"0.005\"} 2\n",
        "onrecord_append_seconds_bucket{le=\"60\"} 2\n",
        "onrecord_append_seconds_bucket{le=\"+Inf\"} 3\n",
        "onrecord_append_seconds_count 3\n",
        "onrecord_query_failures_total{query=\"why\"} 1\n",
        "onrecord_query_seconds_bucket{query=\"why\",le=\"0.001\"} 1\n",
        "onrecord_query_seconds_count{query=\"why\"} 1\n",
        "onrecord_query_seconds_count{query=\"positions\"} 0\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

// What the exposition format asks of every line.
TEST(MetricsTest, TheTextIsWellFormed) {
  std::set<std::string> typed;
  std::set<std::string> seen;
  const std::string text = Metrics().Text({});
  ASSERT_TRUE(absl::EndsWith(text, "\n"));
  for (const absl::string_view line :
       absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (words[0] == "#") {
      ASSERT_GE(words.size(), 4u) << line;
      if (words[1] == "TYPE") {
        EXPECT_TRUE(typed.insert(words[2]).second) << line;
      }
      continue;
    }
    ASSERT_EQ(words.size(), 2u) << line;
    double value = 0;
    EXPECT_TRUE(absl::SimpleAtod(words[1], &value)) << line;
    EXPECT_TRUE(seen.insert(words[0]).second) << line;
    std::string name = words[0].substr(0, words[0].find('{'));
    for (const char* suffix : {"_bucket", "_sum", "_count"}) {
      if (typed.count(name) == 0 && absl::EndsWith(name, suffix)) {
        name.resize(name.size() - std::string(suffix).size());
      }
    }
    EXPECT_EQ(typed.count(name), 1u) << line;
  }
  EXPECT_GT(seen.size(), 50u);
}

}  // namespace
}  // namespace onrecord
