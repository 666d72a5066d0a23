#include "engine/report/page_data.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/projections/day.h"
#include "engine/report/known_points.h"
#include "engine/report/page_segments.h"
#include "engine/report/page_statements.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Nothing where `rows` failed as an actor or topic was not known then.
template <typename Row>
absl::StatusOr<std::vector<Row>> NoneIfUnknown(
    absl::StatusOr<std::vector<Row>> rows) {
  if (absl::IsNotFound(rows.status())) return std::vector<Row>();
  return rows;
}

PageKnown ToPageKnown(const KnownPoint& point) {
  PageKnown known;
  known.set_log_position(absl::StrCat(point.log_position));
  if (point.log_position > 0) {
    known.set_time(
        absl::FormatTime(absl::RFC3339_full, point.time, absl::UTCTimeZone()));
  }
  return known;
}

// Takes in what is held at one point of knowledge.
absl::Status AddPoint(Timeline& timeline, PositionQuery query, uint32_t point,
                      PageStatements& statements, PageSegmentTable& table) {
  ONRECORD_RETURN_IF_ERROR(statements.Begin(query.known_at, point));
  table.Begin(point);
  for (const bool rollup : {false, true}) {
    query.rollup = rollup;
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionRow> positions,
                              NoneIfUnknown(timeline.Positions(query)));
    for (const PositionRow& row : positions) {
      ONRECORD_ASSIGN_OR_RETURN(const std::vector<uint32_t> evidence,
                                statements.Find(row.evidence()));
      table.AddPosition(row, evidence, rollup);
    }
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<ShiftRow> shifts,
                              NoneIfUnknown(timeline.Shifts(query)));
    for (const ShiftRow& row : shifts) table.AddShift(row, rollup);
  }
  table.End();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PageData> MakePageData(Timeline& timeline,
                                      const PositionQuery& query,
                                      const PageOptions& options) {
  PositionQuery now = query;
  now.known_at = std::min(query.known_at, timeline.log()->last_log_position());
  now.as_of.reset();  // later days are there to be moved to
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionRow> positions,
                            timeline.Positions(now));
  const size_t affordable =
      options.max_rows / std::max<size_t>(positions.size(), 1);
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<KnownPoint> points,
      FindKnownPoints(
          *timeline.log(), now.known_at,
          std::min(options.max_known_points, std::max<size_t>(affordable, 2))));

  PageData data;
  data.set_title(options.title);
  data.set_rollup(query.rollup);
  if (query.as_of.has_value()) data.set_as_of(ToDayNumber(*query.as_of));
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<PageStatements> statements,
                            PageStatements::Create(&timeline, &data));
  PageSegmentTable table;
  for (const KnownPoint& point : points) {
    now.known_at = point.log_position;
    const auto number = static_cast<uint32_t>(data.known_size());
    *data.add_known() = ToPageKnown(point);
    ONRECORD_RETURN_IF_ERROR(
        AddPoint(timeline, now, number, *statements, table));
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<ActorRow> actors,
                            timeline.Actors(now.known_at));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<TopicRow> topics,
                            timeline.Topics(now.known_at));
  table.Write(actors, topics, data);
  return data;
}

}  // namespace onrecord
