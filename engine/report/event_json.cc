#include "engine/report/event_json.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/report/rows.h"

namespace onrecord {
namespace {

// A payload whose type is in this program has JSON of its own.
std::string JsonOfUnknownType(RecordedEvent event) {
  google::protobuf::Any& payload =
      *event.mutable_event()->mutable_application_event()->mutable_payload();
  google::protobuf::StringValue type;
  type.set_value(payload.type_url());
  google::protobuf::BytesValue bytes;
  bytes.set_value(payload.value());
  payload.PackFrom(bytes);
  // Quotes inside JSON's strings are escaped, so this is nowhere else.
  const std::string stand_in =
      absl::StrCat("\"@type\":\"", payload.type_url(), "\"");
  return absl::StrReplaceAll(
      ToJson(event), {{stand_in, absl::StrCat("\"@type\":", ToJson(type))}});
}

}  // namespace

std::string EventToJson(const RecordedEvent& event) {
  std::string json;
  if (google::protobuf::util::MessageToJsonString(event, &json).ok()) {
    return json;
  }
  return JsonOfUnknownType(event);
}

}  // namespace onrecord
