#include "storage/append_group.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status CommitIdTaken(absl::string_view commit_id) {
  return absl::AlreadyExistsError(absl::StrCat(
      "`commit_id` ", commit_id, " is recorded with other content"));
}

absl::Status EventIdTaken(absl::string_view event_id) {
  return absl::AlreadyExistsError(
      absl::StrCat("`id` ", event_id, " is the id of another event"));
}

absl::Status HashTaken(absl::string_view field, absl::string_view id) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", field, "` ", id,
                   " has the hash of another one in the log; take another"));
}

bool SameContent(const PreparedAppend& a, const PreparedAppend& b) {
  if (a.events() != b.events() || a.streams().size() != b.streams().size() ||
      a.text_hashes() != b.text_hashes()) {
    return false;
  }
  for (size_t i = 0; i < a.streams().size(); ++i) {
    if (a.streams()[i].name != b.streams()[i].name ||
        a.streams()[i].events != b.streams()[i].events) {
      return false;
    }
  }
  for (size_t i = 0; i < a.events(); ++i) {
    if (!SameEvent(a.event(i), b.event(i))) return false;
  }
  return true;
}

// Whether `commit` is what `append` would have recorded.
bool SameContent(const RecordedCommit& commit, const PreparedAppend& append) {
  std::string texts;
  for (const Sha256Hash& hash : append.text_hashes()) {
    texts.append(hash.data(), hash.size());
  }
  if (commit.blocks().front().texts() != texts) return false;
  if (commit.blocks().front().commit_events() != append.events()) return false;
  auto stream = append.streams().begin();
  size_t event = 0;
  for (const Block& block : commit.blocks()) {
    for (size_t i = 0; i < block.events(); ++i, ++event) {
      if (event == stream->first_event + stream->events) ++stream;
      if (block.run_of(i).stream != stream->name ||
          !SameEvent(block.event_bytes(i), append.event(event))) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

void AppendGroup::Start(int64_t now_us) {
  const IndexCheckpoint& end = index_->checkpoint();
  recorded_time_us_ = std::max(now_us, end.recorded_time_us);
  next_commit_ = end.commits;
  next_log_position_ = end.last_log_position + 1;
  next_text_ = end.texts;
  batch_.Clear();
  commits_.clear();
  by_commit_id_.clear();
  next_revisions_.clear();
  event_ids_.clear();
  text_hashes_.clear();
}

absl::StatusOr<AppendResult> AppendGroup::Add(const PreparedAppend& append) {
  if (!append.commit_id().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<AppendResult> recorded,
                              FindRecorded(append));
    if (recorded.has_value()) return *recorded;
  }
  ONRECORD_RETURN_IF_ERROR(CheckRevisions(append));
  ONRECORD_RETURN_IF_ERROR(CheckEventIds(append));
  ONRECORD_RETURN_IF_ERROR(AddTexts(append));
  return AddCommit(append);
}

absl::StatusOr<std::optional<AppendResult>> AppendGroup::FindRecorded(
    const PreparedAppend& append) {
  const std::string& id = append.commit_id();
  const auto added = by_commit_id_.find(id);
  if (added != by_commit_id_.end()) {
    if (!SameContent(*added->second.append, append)) return CommitIdTaken(id);
    AppendResult result = added->second.result;
    result.already_recorded = true;
    return std::optional(result);
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> block,
                            index_->FindCommit(id));
  if (!block.has_value()) return std::optional<AppendResult>();
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::Read(*store_, *block));
  if (commit.commit_id() != id) return HashTaken("commit_id", id);
  if (!SameContent(commit, append)) return CommitIdTaken(id);
  AppendResult result = commit.result();
  result.already_recorded = true;
  return std::optional(result);
}

absl::StatusOr<uint64_t> AppendGroup::NextRevision(absl::string_view stream) {
  const auto changed = next_revisions_.find(stream);
  if (changed != next_revisions_.end()) return changed->second;
  return index_->NextRevision(stream);
}

absl::Status AppendGroup::CheckRevisions(const PreparedAppend& append) {
  for (const PreparedAppend::Stream& stream : append.streams()) {
    ONRECORD_ASSIGN_OR_RETURN(const uint64_t next, NextRevision(stream.name));
    const std::optional<uint64_t> current =
        next == 0 ? std::nullopt : std::optional(next - 1);
    if (!stream.expected.Admits(current)) {
      return WrongExpectedRevisionError(stream.name, stream.expected, current);
    }
  }
  return absl::OkStatus();
}

absl::Status AppendGroup::CheckEventIds(const PreparedAppend& append) {
  for (const auto& [event, id] : append.event_ids()) {
    if (event_ids_.contains(id)) return EventIdTaken(id);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> log_position,
                              index_->FindEvent(id));
    if (!log_position.has_value()) continue;
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent recorded,
                              ReadEvent(*store_, *log_position));
    if (recorded.event().id() == id) return EventIdTaken(id);
    return HashTaken("id", id);
  }
  return absl::OkStatus();
}

absl::Status AppendGroup::AddTexts(const PreparedAppend& append) {
  for (size_t i = 0; i < append.texts().size(); ++i) {
    const Sha256Hash& hash = append.text_hashes()[i];
    if (text_hashes_.contains(AsView(hash))) continue;
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> number,
                              index_->FindText(hash));
    if (number.has_value()) continue;
    LogStore::PutText(next_text_++, hash, append.texts()[i], &batch_);
    text_hashes_.insert(AsView(hash));
  }
  return absl::OkStatus();
}

absl::StatusOr<AppendResult> AppendGroup::AddCommit(
    const PreparedAppend& append) {
  CommitHeader header;
  header.commit = next_commit_;
  header.first_log_position = next_log_position_;
  header.recorded_time_us = recorded_time_us_;
  header.events = append.events();
  header.commit_id = append.commit_id();
  header.texts = append.text_hashes();

  std::vector<EncodedEvent> events(append.events());
  for (size_t i = 0; i < events.size(); ++i) {
    events[i] = {append.event(i), append.kinds(i)};
  }
  std::vector<StreamEvents> streams;
  streams.reserve(append.streams().size());
  for (const PreparedAppend::Stream& stream : append.streams()) {
    ONRECORD_ASSIGN_OR_RETURN(const uint64_t next, NextRevision(stream.name));
    streams.push_back({stream.name, next,
                       absl::MakeConstSpan(events).subspan(stream.first_event,
                                                           stream.events)});
    next_revisions_[stream.name] = next + stream.events;
  }
  commits_.push_back(EncodeCommit(header, streams, kBlockBytes));
  for (const EncodedBlock& block : commits_.back()) {
    LogStore::PutBlock(block, &batch_);
  }

  AppendResult result;
  result.commit = next_commit_++;
  result.first_log_position = next_log_position_;
  next_log_position_ += append.events();
  result.last_log_position = next_log_position_ - 1;
  for (const auto& [event, id] : append.event_ids()) event_ids_.insert(id);
  if (!append.commit_id().empty()) {
    by_commit_id_[append.commit_id()] = {&append, result};
  }
  return result;
}

}  // namespace onrecord
