// What the page draws, asked of a timeline.

#ifndef ONRECORD_ENGINE_REPORT_PAGE_DATA_H_
#define ONRECORD_ENGINE_REPORT_PAGE_DATA_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "engine/projections/positions.h"
#include "engine/timeline.h"
#include "proto/page.pb.h"

namespace onrecord {

struct PageOptions {
  std::string title = "Who stood where, when, and on which words";

  // At how many points of knowledge, the last included, the page can show what
  // was known. More cost time and room: each is asked for on its own.
  size_t max_known_points = 40;

  // Fewer points are taken, but at least two, if segments times points would
  // be more than this.
  size_t max_rows = 400000;
};

// Asks `timeline` for all that a page of `query` shows: actor, topic and
// `known_at` narrow it; `as_of` and `rollup` are what it shows first.
//
// Returns what Timeline::Positions does.
absl::StatusOr<PageData> MakePageData(Timeline& timeline,
                                      const PositionQuery& query,
                                      const PageOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PAGE_DATA_H_
