// Articles that a client sends.

#ifndef ONRECORD_ENGINE_SERVE_ARTICLES_IN_H_
#define ONRECORD_ENGINE_SERVE_ARTICLES_IN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/timeline.h"

namespace onrecord {

// Records the articles of `body`: one JSON object, or one a line. Returns JSON
// that says how much was recorded.
//
// Returns INVALID_ARGUMENT, naming the line, if one is none or has no text, and
// what Timeline::Ingest returns; nothing is then recorded.
absl::StatusOr<std::string> IngestBody(absl::string_view body,
                                       Timeline& timeline);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_ARTICLES_IN_H_
