#include "tests/bench/measure.h"

#include <errno.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_format.h"

namespace onrecord {
namespace bench {
namespace {

void PrintGoal(absl::string_view goal, double target, double value,
               bool holds) {
  std::cout << absl::StreamFormat(
                   "{\"goal\":\"%s\",\"target\":%g,\"value\":%.3f,"
                   "\"holds\":%s}",
                   goal, target, value, holds ? "true" : "false")
            << std::endl;
}

}  // namespace

void Die(absl::string_view what) {
  std::cerr << program_invocation_short_name << ": " << what << "\n";
  std::exit(1);
}

void Require(bool ok, absl::string_view what) {
  if (!ok) Die(what);
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double Seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

void PrintAtLeast(absl::string_view goal, double target, double value) {
  PrintGoal(goal, target, value, value >= target);
}

void PrintAtMost(absl::string_view goal, double target, double value) {
  PrintGoal(goal, target, value, value <= target);
}

}  // namespace bench
}  // namespace onrecord
