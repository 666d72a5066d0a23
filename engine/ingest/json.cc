#include "engine/ingest/json.h"

#include <google/protobuf/util/json_util.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {

absl::Status ParseJson(absl::string_view json,
                       google::protobuf::Message& message,
                       UnknownFields unknown) {
  ONRECORD_RETURN_IF_ERROR(CheckUtf8(json));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = unknown == UnknownFields::kPassOver;
  const auto status = google::protobuf::util::JsonStringToMessage(
      {json.data(), json.size()}, &message, options);
  if (status.ok()) return absl::OkStatus();
  // The parser quotes the input on further lines; the first says what is wrong.
  const std::string text(status.message().data(), status.message().size());
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  return absl::InvalidArgumentError(
      absl::StrCat("not a JSON object as expected: ", lines.front()));
}

}  // namespace onrecord
