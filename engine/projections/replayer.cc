#include "engine/projections/replayer.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Fewer events are not worth starting a thread for.
constexpr uint64_t kEventsWorthAThread = 2048;

// A state that is made from the start is written when so much has changed.
constexpr size_t kSpillBytes = size_t{8} << 20;

// How many keys one batch deletes when a state is cleared.
constexpr size_t kDeletesPerBatch = 10000;

// No projection's name begins like this.
std::string CheckpointKey(absl::string_view projection) {
  return absl::StrCat("!checkpoint/", projection);
}

bool IsName(absl::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

absl::Status Annotate(const absl::Status& status, absl::string_view projection,
                      uint64_t log_position) {
  if (status.ok()) return status;
  return absl::Status(
      status.code(),
      absl::StrCat("projection `", projection, "` at log position ",
                   log_position, ": ", status.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Replayer>> Replayer::Create(
    EventLog* log, ProjectionStore* store,
    std::vector<std::unique_ptr<Projection>> projections,
    const ReplayOptions& options) {
  std::unique_ptr<Replayer> replayer(new Replayer(log, store, options));
  for (std::unique_ptr<Projection>& projection : projections) {
    ONRECORD_RETURN_IF_ERROR(replayer->Add(std::move(projection)));
  }
  return replayer;
}

absl::Status Replayer::Add(std::unique_ptr<Projection> projection) {
  const std::string name(projection->name());
  if (!IsName(name)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`name` of a projection is malformed: \"", name, "\""));
  }
  if (GetCheckpoint(name).ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`name` of a projection is used twice: ", name));
  }
  Member member;
  member.projection = std::move(projection);
  member.state = std::make_unique<ProjectionState>(store_, name, threads() > 1);
  ONRECORD_ASSIGN_OR_RETURN(
      const std::optional<Checkpoint> saved,
      GetMessage<Checkpoint>(*store_, CheckpointKey(name)));
  bool usable =
      saved.has_value() && saved->version() == member.projection->version();
  if (usable) {
    ONRECORD_ASSIGN_OR_RETURN(usable, IsOfThisLog(*saved));
  }
  if (usable) {
    member.saved = *saved;
    member.current = *saved;
  } else {
    ONRECORD_RETURN_IF_ERROR(Clear(member));
  }
  members_.push_back(std::move(member));
  return absl::OkStatus();
}

absl::StatusOr<bool> Replayer::IsOfThisLog(const Checkpoint& checkpoint) const {
  if (checkpoint.log_position() == 0) return true;
  if (checkpoint.log_position() > log_->last_log_position()) return false;
  const std::unique_ptr<EventReader> reader =
      log_->ReadLog(checkpoint.log_position(), {});
  if (!reader->Valid()) {
    ONRECORD_RETURN_IF_ERROR(reader->status());
    return false;
  }
  const RecordedEvent& event = reader->event();
  ONRECORD_RETURN_IF_ERROR(reader->status());
  return event.event().id() == checkpoint.event_id() &&
         event.recorded_time_us() == checkpoint.recorded_time_us();
}

// The checkpoint goes first: if clearing is interrupted, it starts again.
absl::Status Replayer::Clear(Member& member) {
  const std::string name(member.projection->name());
  member.projection->DropCache();
  member.state->Forget();
  member.saved.Clear();
  member.saved.set_projection(name);
  member.saved.set_version(member.projection->version());
  member.current = member.saved;
  member.spilled = true;

  ProjectionBatch batch;
  batch.Delete(CheckpointKey(name));
  ONRECORD_RETURN_IF_ERROR(store_->Write(batch));
  const std::string scope = ScopedReader(store_, name).scope();
  while (true) {
    ProjectionBatch deletes;
    auto scan = store_->Scan(scope);
    for (size_t i = 0; i < kDeletesPerBatch && scan->Valid(); ++i) {
      deletes.Delete(scan->key());
      scan->Next();
    }
    ONRECORD_RETURN_IF_ERROR(scan->status());
    if (deletes.empty()) break;
    ONRECORD_RETURN_IF_ERROR(store_->Write(deletes));
  }
  member.spilled = false;
  return absl::OkStatus();
}

absl::Status Replayer::CatchUp() {
  const uint64_t last = log_->last_log_position();
  if (members_.empty() || log_position() >= last) return absl::OkStatus();
  absl::Status status = Fold(last);
  if (status.ok()) status = SaveCheckpoint();
  if (!status.ok()) {
    // What failed first is what is told.
    GiveUpChanges().IgnoreError();
    return status;
  }
  ReportProgress(last, last);
  return absl::OkStatus();
}

absl::Status Replayer::Rebuild(absl::string_view projection) {
  for (Member& member : members_) {
    if (member.projection->name() != projection) continue;
    ONRECORD_RETURN_IF_ERROR(Clear(member));
    return CatchUp();
  }
  return absl::NotFoundError(absl::StrCat("no projection `", projection, "`"));
}

FeedOptions Replayer::MakeFeedOptions(uint64_t last) const {
  FeedOptions options;
  options.first_log_position = log_position() + 1;
  options.last_log_position = last;
  options.messages = false;
  for (const Member& member : members_) {
    const bool briefs = member.projection->takes_briefs();
    options.messages |= !briefs;
    options.briefs |= briefs;
  }
  options.ahead = threads() > 1 && last - log_position() >= kEventsWorthAThread;
  return options;
}

unsigned Replayer::threads() const {
  return options_.threads > 0 ? static_cast<unsigned>(options_.threads)
                              : std::thread::hardware_concurrency();
}

absl::Status Replayer::Fold(uint64_t last) {
  for (Member& member : members_) {
    // Left by a failure.
    if (member.spilled) ONRECORD_RETURN_IF_ERROR(Clear(member));
  }
  EventFeed feed(log_, MakeFeedOptions(last));
  while (const EventBatch* const batch = feed.Next()) {
    for (const EventBatch::Item& item : batch->items()) {
      ONRECORD_RETURN_IF_ERROR(ApplyToAll(item));
    }
    NoteLast(*batch);
    const uint64_t position = batch->items().back().log_position;
    if (position < last) ReportProgress(position, last);
    if (options_.stop != nullptr && *options_.stop && position < last) {
      ONRECORD_RETURN_IF_ERROR(SaveCheckpoint());
      return absl::CancelledError(absl::StrCat(
          "the replay was stopped at log position ", position, " of ", last));
    }
    ONRECORD_RETURN_IF_ERROR(MakeRoom());
  }
  return feed.status();
}

absl::Status Replayer::ApplyToAll(const EventBatch::Item& item) {
  const uint64_t position = item.log_position;
  for (Member& member : members_) {
    if (position <= member.current.log_position()) continue;
    Projection& projection = *member.projection;
    const absl::Status status =
        item.has_brief && projection.takes_briefs()
            ? projection.ApplyBrief(item.brief, *member.state)
            : projection.Apply(*item.event, *member.state);
    if (!status.ok()) return Annotate(status, projection.name(), position);
    member.current.set_log_position(position);
  }
  return absl::OkStatus();
}

// For a checkpoint: all of `batch` was applied.
void Replayer::NoteLast(const EventBatch& batch) {
  for (Member& member : members_) {
    if (member.current.log_position() != batch.items().back().log_position) {
      continue;
    }
    member.current.set_event_id(batch.last_event_id());
    member.current.set_recorded_time_us(batch.last_recorded_time_us());
  }
}

// Writes what has grown too large.
absl::Status Replayer::MakeRoom() {
  const size_t spill = std::min(kSpillBytes, options_.max_rebuild_bytes);
  size_t pending = 0;
  for (Member& member : members_) {
    const size_t unflushed = member.projection->unflushed_bytes();
    if (member.saved.log_position() > 0) {
      pending += member.state->pending_bytes() + unflushed;
      continue;
    }
    if (unflushed > options_.max_rebuild_bytes) {
      ONRECORD_RETURN_IF_ERROR(Annotate(member.projection->Flush(*member.state),
                                        member.projection->name(),
                                        member.current.log_position()));
    }
    if (member.state->pending_bytes() > spill) {
      member.spilled = true;
      ONRECORD_RETURN_IF_ERROR(member.state->Spill(store_));
    }
  }
  if (pending <= options_.max_pending_bytes) return absl::OkStatus();
  return SaveCheckpoint();
}

absl::Status Replayer::SaveCheckpoint() {
  ProjectionBatch batch;
  for (Member& member : members_) {
    const std::string name(member.projection->name());
    ONRECORD_RETURN_IF_ERROR(Annotate(member.projection->Flush(*member.state),
                                      name, member.current.log_position()));
    if (member.saved.log_position() == 0 &&
        member.state->pending_bytes() > kSpillBytes) {
      member.spilled = true;
      ONRECORD_RETURN_IF_ERROR(member.state->Spill(store_));
    }
    member.state->WriteTo(&batch);
    batch.Put(CheckpointKey(name), member.current.SerializeAsString());
  }
  ONRECORD_RETURN_IF_ERROR(store_->Write(batch));
  for (Member& member : members_) {
    member.state->Forget();
    member.saved = member.current;
    member.spilled = false;
  }
  return absl::OkStatus();
}

// Leaves states as at their last checkpoints.
absl::Status Replayer::GiveUpChanges() {
  absl::Status status;
  for (Member& member : members_) {
    member.state->Forget();
    member.projection->DropCache();
    member.current = member.saved;
    if (member.spilled) status.Update(Clear(member));
  }
  return status;
}

uint64_t Replayer::log_position() const {
  uint64_t position = members_.empty() ? 0 : kLatest;
  for (const Member& member : members_) {
    position = std::min(position, member.current.log_position());
  }
  return position;
}

absl::StatusOr<Checkpoint> Replayer::GetCheckpoint(
    absl::string_view projection) const {
  for (const Member& member : members_) {
    if (member.projection->name() == projection) return member.saved;
  }
  return absl::NotFoundError(absl::StrCat("no projection `", projection, "`"));
}

void Replayer::ReportProgress(uint64_t position, uint64_t last) const {
  if (options_.progress) options_.progress({position, last});
}

}  // namespace onrecord
