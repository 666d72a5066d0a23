// What an event says, in a line for people.

#ifndef ONRECORD_ENGINE_REPORT_EVENT_TEXT_H_
#define ONRECORD_ENGINE_REPORT_EVENT_TEXT_H_

#include <string>

#include "proto/event.pb.h"

namespace onrecord {

// Returns what `event` records about statements, actors and topics, by their
// ids; if a person decided it, who and why stand behind it in brackets. Empty
// for other events.
std::string EventText(const NewEvent& event);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_EVENT_TEXT_H_
