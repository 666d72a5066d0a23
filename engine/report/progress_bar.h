// How far a long task is, on one line of a terminal.

#ifndef ONRECORD_ENGINE_REPORT_PROGRESS_BAR_H_
#define ONRECORD_ENGINE_REPORT_PROGRESS_BAR_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/clock.h"

namespace onrecord {

// Draws "what [####----]  45 %  12,345/s  8 s left", at most ten times a second
// and not before half a second has gone by, and wipes it away when destroyed.
// Thread-compatible.
class ProgressBar {
 public:
  // `what` is a word or two; `width` the columns of the terminal. `out` and
  // `clock` must outlive it.
  ProgressBar(absl::string_view what, size_t width, std::ostream& out,
              Clock* clock);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `done` of `total` steps are done. The first call begins the count.
  void Update(uint64_t done, uint64_t total);

 private:
  const std::string what_;
  const size_t width_;
  std::ostream& out_;
  Clock* const clock_;
  bool began_ = false;
  bool drawn_ = false;
  uint64_t first_done_ = 0;
  absl::Time began_at_;
  absl::Time drawn_at_;
};

// The line that ProgressBar draws when `done` of `total` are, after `begun` had
// been when it began, `elapsed` ago.
std::string ProgressLine(absl::string_view what, uint64_t begun, uint64_t done,
                         uint64_t total, absl::Duration elapsed, size_t width);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PROGRESS_BAR_H_
