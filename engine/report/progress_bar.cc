#include "engine/report/progress_bar.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace onrecord {
namespace {

constexpr absl::Duration kBefore = absl::Milliseconds(500);
constexpr absl::Duration kBetween = absl::Milliseconds(100);
constexpr size_t kLongestBar = 40;
constexpr size_t kShortestBar = 5;

// 12345678 as "12,345,678".
std::string Grouped(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Left(absl::Duration left) {
  const int64_t seconds = absl::ToInt64Seconds(left);
  if (seconds < 60) return absl::StrCat(seconds, " s left");
  if (seconds < 3600) {
    return absl::StrFormat("%d min %02d s left", seconds / 60, seconds % 60);
  }
  return absl::StrFormat("%d h %02d min left", seconds / 3600,
                         seconds / 60 % 60);
}

}  // namespace

std::string ProgressLine(absl::string_view what, uint64_t begun, uint64_t done,
                         uint64_t total, absl::Duration elapsed, size_t width) {
  const double share =
      total == 0 ? 1 : std::min(1.0, static_cast<double>(done) / total);
  const double seconds = absl::ToDoubleSeconds(elapsed);
  const double rate =
      seconds > 0 && done > begun ? (done - begun) / seconds : 0;
  std::string figures =
      absl::StrFormat("%3d %%", static_cast<int>(100 * share));
  if (rate > 0) {
    absl::StrAppend(
        &figures, "  ", Grouped(static_cast<uint64_t>(rate)), "/s  ",
        Left(absl::Seconds((total - std::min(done, total)) / rate)));
  }
  const size_t others = what.size() + figures.size() + 5;  // " [", "]  "
  const size_t room = width > others ? width - others : 0;
  if (room < kShortestBar) return absl::StrCat(what, " ", figures);
  const size_t bar = std::min(room, kLongestBar);
  const auto filled = static_cast<size_t>(share * static_cast<double>(bar));
  return absl::StrCat(what, " [", std::string(filled, '#'),
                      std::string(bar - filled, '-'), "]  ", figures);
}

ProgressBar::ProgressBar(absl::string_view what, size_t width,
                         std::ostream& out, Clock* clock)
    : what_(what), width_(width), out_(out), clock_(clock) {}

ProgressBar::~ProgressBar() {
  if (drawn_) out_ << "\r\x1B[K" << std::flush;
}

void ProgressBar::Update(uint64_t done, uint64_t total) {
  const absl::Time now = clock_->Now();
  if (!began_) {
    began_ = true;
    began_at_ = now;
    first_done_ = done;
  }
  if (now - began_at_ < kBefore || (drawn_ && now - drawn_at_ < kBetween)) {
    return;
  }
  drawn_ = true;
  drawn_at_ = now;
  out_ << "\r"
       << ProgressLine(what_, first_done_, done, total, now - began_at_, width_)
       << "\x1B[K" << std::flush;
}

}  // namespace onrecord
