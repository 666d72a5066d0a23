// The questions of the JSON API: one table, which the server answers from and
// its description is made from.

#ifndef ONRECORD_ENGINE_SERVE_ENDPOINT_H_
#define ONRECORD_ENGINE_SERVE_ENDPOINT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/timeline.h"

namespace google {
namespace protobuf {
class Descriptor;
}  // namespace protobuf
}  // namespace google

namespace onrecord {

// A question's parameters by name, each at most once.
using Parameters = std::map<std::string, std::string>;

struct Parameter {
  absl::string_view name;
  absl::string_view description;
  bool required = false;
  bool is_flag = false;  // "true" or "false"
};

struct Endpoint {
  absl::string_view path;
  absl::string_view summary;
  std::vector<Parameter> parameters;

  // What the rows are.
  const google::protobuf::Descriptor* row = nullptr;

  // The rows as proto3 JSON, as known at `known_at`, a log position.
  std::function<absl::StatusOr<std::vector<std::string>>(
      Timeline& timeline, const Parameters& parameters, uint64_t known_at)>
      answer;
};

// All of them. Never destroyed.
const std::vector<Endpoint>& Endpoints();

// Returns the JSON object {"logPosition","stale","rows"} that answers the
// question; `stale` is there only if the log's server was not reached, and says
// how far the answer goes.
//
// Returns INVALID_ARGUMENT, naming the parameter, if one is unknown, missing,
// or malformed, and what the timeline returns.
absl::StatusOr<std::string> Answer(const Endpoint& endpoint, Timeline& timeline,
                                   const Parameters& parameters);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_ENDPOINT_H_
