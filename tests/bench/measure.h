// What every benchmark does with its clock and its figures.

#ifndef ONRECORD_TESTS_BENCH_MEASURE_H_
#define ONRECORD_TESTS_BENCH_MEASURE_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace bench {

// Ends the program with a message: a benchmark has nothing better to do.
[[noreturn]] void Die(absl::string_view what);

// Does so unless `ok`.
void Require(bool ok, absl::string_view what);

// The middle of `values`, the upper one of two; 0 if there are none.
double Median(std::vector<double> values);

// The seconds that `work` takes.
double Seconds(const std::function<void()>& work);

// Prints a figure that there is a goal for as a line of JSON: `goal` says what
// the figure is of and, if it is one, that less is better.
void PrintAtLeast(absl::string_view goal, double target, double value);
void PrintAtMost(absl::string_view goal, double target, double value);

}  // namespace bench
}  // namespace onrecord

#endif  // ONRECORD_TESTS_BENCH_MEASURE_H_
