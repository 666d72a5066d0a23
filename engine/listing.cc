#include "engine/listing.h"

#include <set>
#include <string>
#include <utility>

#include "engine/projections/actor_record.h"
#include "engine/projections/topics.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr int kListingKinds[] = {
    NewEvent::kActorIntroducedFieldNumber, NewEvent::kActorAliasedFieldNumber,
    NewEvent::kRoleHeldFieldNumber,        NewEvent::kMembershipHeldFieldNumber,
    NewEvent::kActorsMergedFieldNumber,    NewEvent::kActorsSplitFieldNumber,
    NewEvent::kTopicDefinedFieldNumber,    NewEvent::kTopicsMergedFieldNumber,
};

}  // namespace

absl::Span<const int> Listing::Kinds() { return kListingKinds; }

absl::Status Listing::ReadTopics(const ProjectionReader& view) {
  topics_.clear();
  codebook_.clear_topics();
  return Topics(&view).ForEachOwn([this](const TopicFact& fact) {
    topics_[fact.topic().id()] = fact;
    if (!fact.found()) *codebook_.add_topics() = fact.topic();
    return absl::OkStatus();
  });
}

absl::Status Listing::MoveTo(std::unique_ptr<ProjectionReader> view,
                             uint64_t log_position) {
  if (log_position_ == 0) {
    ONRECORD_RETURN_IF_ERROR(ReadTopics(*view));
    ONRECORD_RETURN_IF_ERROR(directory_.Read(std::move(view)));
    log_position_ = log_position;
    return absl::OkStatus();
  }
  std::set<std::string> changed;
  bool topics_changed = false;
  ReadOptions options;
  options.known_at = log_position;
  const std::unique_ptr<EventReader> news =
      log_->ReadKinds(kListingKinds, log_position_ + 1, options);
  for (; news->Valid(); news->Next()) {
    const NewEvent& event = news->event().event();
    topics_changed = topics_changed || !TopicOf(event).empty();
    if (!ActorOf(event).empty()) changed.insert(ActorOf(event));
  }
  ONRECORD_RETURN_IF_ERROR(news->status());
  if (topics_changed) ONRECORD_RETURN_IF_ERROR(ReadTopics(*view));
  ONRECORD_RETURN_IF_ERROR(directory_.MoveTo(std::move(view), changed));
  log_position_ = log_position;
  return absl::OkStatus();
}

}  // namespace onrecord
