#include "tests/embedding/desk_service.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/embedding/assignment.pb.h"

namespace onrecord_example {

absl::StatusOr<std::unique_ptr<DeskService>> DeskService::Open(
    absl::string_view dir, onrecord::TimelineOptions options) {
  options.projections.push_back([] { return std::make_unique<Workload>(); });
  auto timeline = onrecord::Timeline::Open(dir, options);
  if (!timeline.ok()) return timeline.status();
  return absl::WrapUnique(new DeskService(*std::move(timeline)));
}

DeskService::DeskService(std::unique_ptr<onrecord::Timeline> timeline)
    : timeline_(std::move(timeline)), follower_([this] { Follow(); }) {}

DeskService::~DeskService() {
  stopping_ = true;
  timeline_->Stop();
  follower_.join();
}

absl::Status DeskService::Assign(absl::string_view reporter,
                                 absl::string_view topic) {
  Assignment assignment;
  assignment.set_reporter(std::string(reporter));
  assignment.set_topic(std::string(topic));
  onrecord::NewEvent event;
  event.mutable_application_event()->mutable_payload()->PackFrom(assignment);
  return timeline_
      ->Append(absl::StrCat("desk/", topic), onrecord::ExpectedRevision::Any(),
               {event})
      .status();
}

absl::Status DeskService::Read(const onrecord::Article& article) {
  return timeline_->Ingest({article}).status();
}

absl::StatusOr<Load> DeskService::LoadOf(absl::string_view reporter) {
  return onrecord_example::LoadOf(*timeline_, reporter);
}

absl::StatusOr<int> DeskService::CountPositions() {
  const auto positions = timeline_->Positions({});
  if (!positions.ok()) return positions.status();
  return static_cast<int>(positions->size());
}

void DeskService::Follow() {
  onrecord::Subscription subscription = timeline_->Subscribe(0);
  while (!stopping_) {
    const auto event = subscription.Next(absl::Milliseconds(20));
    if (!event.ok()) return;
    if (*event == nullptr) continue;
    if ((*event)->log_position() != followed_ + 1) in_order_ = false;
    followed_ = (*event)->log_position();
    ++followed_events_;
  }
}

}  // namespace onrecord_example
