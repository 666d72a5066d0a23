// JSON into messages, with errors of one line.

#ifndef ONRECORD_ENGINE_INGEST_JSON_H_
#define ONRECORD_ENGINE_INGEST_JSON_H_

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// What becomes of fields that a message does not have.
enum class UnknownFields { kPassOver, kRefuse };

// Parses `json`, one object in proto3 JSON, into `message`.
//
// Returns INVALID_ARGUMENT, with the reason on one line, if it does not parse,
// or has a field that the message does not know and `unknown` refuses it.
absl::Status ParseJson(absl::string_view json,
                       google::protobuf::Message& message,
                       UnknownFields unknown = UnknownFields::kPassOver);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_JSON_H_
