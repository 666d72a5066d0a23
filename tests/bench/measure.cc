#include "tests/bench/measure.h"

#include <errno.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

namespace onrecord {
namespace bench {

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

}  // namespace bench
}  // namespace onrecord
