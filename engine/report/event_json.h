// Recorded events as JSON.

#ifndef ONRECORD_ENGINE_REPORT_EVENT_JSON_H_
#define ONRECORD_ENGINE_REPORT_EVENT_JSON_H_

#include <string>

#include "proto/event.pb.h"

namespace onrecord {

// Returns `event` as proto3 JSON on one line. The payload of an application's
// event of a type that this program does not know keeps its type's name, with
// its bytes in base64 as `value`.
std::string EventToJson(const RecordedEvent& event);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_EVENT_JSON_H_
