// Small events, and what a log holds as one line.

#ifndef ONRECORD_TESTS_TESTING_LOG_EVENTS_H_
#define ONRECORD_TESTS_TESTING_LOG_EVENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/event_log.h"

namespace onrecord {
namespace testing {

// An event whose body holds `label`, and nothing else that matters.
NewEvent MakeEvent(absl::string_view label);
std::vector<NewEvent> MakeEvents(const std::vector<std::string>& labels);

// The label of an event made by MakeEvent.
std::string LabelOf(const RecordedEvent& event);

// "1:stream@0=label 2:stream@1=label …" of what `reader` gives. Fails the test
// if it does not end well.
std::string Contents(std::unique_ptr<EventReader> reader);
std::string Contents(EventLog* log);

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_LOG_EVENTS_H_
