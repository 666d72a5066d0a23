#include "tests/testing/log_events.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace testing {

NewEvent MakeEvent(absl::string_view label) {
  NewEvent event;
  event.mutable_actor_introduced()->set_name(std::string(label));
  return event;
}

std::vector<NewEvent> MakeEvents(const std::vector<std::string>& labels) {
  std::vector<NewEvent> events;
  for (const std::string& label : labels) events.push_back(MakeEvent(label));
  return events;
}

std::string LabelOf(const RecordedEvent& event) {
  return event.event().actor_introduced().name();
}

std::string Contents(std::unique_ptr<EventReader> reader) {
  std::string contents;
  for (; reader->Valid(); reader->Next()) {
    const RecordedEvent& event = reader->event();
    EXPECT_EQ(reader->log_position(), event.log_position());
    EXPECT_EQ(reader->stream(), event.stream());
    EXPECT_EQ(reader->revision(), event.revision());
    absl::StrAppend(&contents, contents.empty() ? "" : " ",
                    event.log_position(), ":", event.stream(), "@",
                    event.revision(), "=", LabelOf(event));
  }
  EXPECT_TRUE(reader->status().ok()) << reader->status();
  return contents;
}

std::string Contents(EventLog* log) { return Contents(log->ReadLog(1, {})); }

}  // namespace testing
}  // namespace onrecord
