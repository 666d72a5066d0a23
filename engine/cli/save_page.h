// Writing the page of `replay --output`.

#ifndef ONRECORD_ENGINE_CLI_SAVE_PAGE_H_
#define ONRECORD_ENGINE_CLI_SAVE_PAGE_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "engine/projections/positions.h"
#include "engine/timeline.h"

namespace onrecord {

// Writes the page of `query` to the file `path`, and says so on `out`. The file
// appears whole or not at all.
//
// Returns INTERNAL if it cannot be written, and what MakePageData does.
absl::Status SavePage(Timeline& timeline, const PositionQuery& query,
                      const std::string& path, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_SAVE_PAGE_H_
