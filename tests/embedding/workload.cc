#include "tests/embedding/workload.h"

#include <memory>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/embedding/assignment.pb.h"

namespace onrecord_example {
namespace {

std::string AssignmentsKey(absl::string_view reporter) {
  return absl::StrCat("assignments/", reporter);
}

std::string StatementsKey(absl::string_view reporter) {
  return absl::StrCat("statements/", reporter);
}

// Who is on a topic.
std::string TopicKey(absl::string_view topic) {
  return absl::StrCat("topic/", topic);
}

}  // namespace

absl::Status Workload::Apply(const onrecord::RecordedEvent& event,
                             onrecord::ProjectionState& state) {
  const onrecord::NewEvent& body = event.event();
  Assignment assignment;
  if (body.application_event().payload().UnpackTo(&assignment)) {
    state.Put(TopicKey(assignment.topic()), assignment.reporter());
    return state.Add(AssignmentsKey(assignment.reporter()), 1);
  }
  const std::string& topic = body.statement_recorded().statement().topic_id();
  if (topic.empty()) return absl::OkStatus();
  const absl::StatusOr<std::optional<std::string>> reporter =
      state.Get(TopicKey(topic));
  if (!reporter.ok()) return reporter.status();
  if (!reporter->has_value()) return absl::OkStatus();
  return state.Add(StatementsKey(**reporter), 1);
}

absl::StatusOr<Load> LoadOf(onrecord::Timeline& timeline,
                            absl::string_view reporter) {
  const auto state = timeline.State(Workload::kName);
  if (!state.ok()) return state.status();
  const auto assignments = (*state)->GetNumber(AssignmentsKey(reporter));
  if (!assignments.ok()) return assignments.status();
  const auto statements = (*state)->GetNumber(StatementsKey(reporter));
  if (!statements.ok()) return statements.status();
  return Load{*assignments, *statements};
}

}  // namespace onrecord_example
