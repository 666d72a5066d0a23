#include "engine/report/known_points.h"

#include <memory>
#include <utility>

#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The last of the points of each stretch of `unit`.
std::vector<KnownPoint> LastOfEach(absl::Duration unit,
                                   const std::vector<KnownPoint>& points) {
  std::vector<KnownPoint> last;
  for (size_t i = 0; i < points.size(); ++i) {
    const auto stretch = [&](size_t n) {
      return absl::Floor(points[n].time - absl::UnixEpoch(), unit);
    };
    if (i + 1 == points.size() || stretch(i) != stretch(i + 1)) {
      last.push_back(points[i]);
    }
  }
  return last;
}

std::vector<KnownPoint> Evenly(size_t count,
                               const std::vector<KnownPoint>& points) {
  std::vector<KnownPoint> some;
  for (size_t i = 1; i <= count; ++i) {
    some.push_back(points[i * points.size() / count - 1]);
  }
  return some;
}

}  // namespace

absl::StatusOr<std::vector<KnownPoint>> FindKnownPoints(EventLog& log,
                                                        uint64_t last,
                                                        size_t max_points) {
  std::vector<KnownPoint> points;
  const std::unique_ptr<EventReader> reader = log.ReadLog(1, {});
  for (; reader->Valid() && reader->log_position() <= last; reader->Next()) {
    const absl::Time time =
        absl::FromUnixMicros(reader->event().recorded_time_us());
    if (!points.empty() && points.back().time == time) points.pop_back();
    points.push_back({reader->log_position(), time});
  }
  ONRECORD_RETURN_IF_ERROR(reader->status());
  if (points.empty()) return std::vector<KnownPoint>(1);
  for (const absl::Duration unit :
       {absl::Seconds(1), absl::Minutes(1), absl::Hours(1), absl::Hours(24),
        absl::Hours(30 * 24)}) {
    if (points.size() <= max_points) return points;
    std::vector<KnownPoint> fewer = LastOfEach(unit, points);
    if (2 * fewer.size() <= max_points) break;  // far fewer than there may be
    points = std::move(fewer);
  }
  if (points.size() <= max_points) return points;
  return Evenly(max_points, points);
}

}  // namespace onrecord
