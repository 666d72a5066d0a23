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
  if (a.events().size() != b.events().size() ||
      a.streams().size() != b.streams().size() ||
      a.text_hashes() != b.text_hashes()) {
    return false;
  }
  for (size_t i = 0; i < a.streams().size(); ++i) {
    if (a.streams()[i].name != b.streams()[i].name ||
        a.streams()[i].events != b.streams()[i].events) {
      return false;
    }
  }
  for (size_t i = 0; i < a.events().size(); ++i) {
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
  if (commit.blocks().front().commit_events() != append.events().size())
    return false;
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

std::vector<Sha256Hash> TextsOf(const RecordedCommit& commit) {
  const absl::string_view texts = commit.blocks().front().texts();
  std::vector<Sha256Hash> hashes;
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    hashes.push_back(ToSha256Hash(texts.substr(i, kSha256Bytes)));
  }
  return hashes;
}

}  // namespace

void AppendGroup::Start(const LogEnd& end, int64_t now_us) {
  now_us_ = now_us;
  end_ = end;
  broken_ = absl::OkStatus();
  commits_.clear();
  text_writes_.clear();
  by_commit_id_.clear();
  imported_commit_ids_.clear();
  kinds_ = 0;
  next_revisions_.clear();
  event_ids_.clear();
  texts_.clear();
}

absl::StatusOr<AppendResult> AppendGroup::Add(const PreparedAppend& append) {
  if (!append.commit_id().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<AppendResult> recorded,
                              FindRecorded(append));
    if (recorded.has_value()) return *recorded;
  }
  ONRECORD_RETURN_IF_ERROR(CheckCondition(append));
  ONRECORD_RETURN_IF_ERROR(CheckRevisions(append));
  ONRECORD_RETURN_IF_ERROR(CheckEventIds(append));
  return Keep(AddCommit(append));
}

absl::StatusOr<AppendResult> AppendGroup::Keep(
    absl::StatusOr<AppendResult> result) {
  if (!result.ok()) broken_ = result.status();
  return result;
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
                            log_->FindCommit(id));
  if (!block.has_value()) return std::optional<AppendResult>();
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            log_->ReadCommit(*block));
  if (commit.commit_id() != id) return HashTaken("commit_id", id);
  if (!SameContent(commit, append)) return CommitIdTaken(id);
  AppendResult result = commit.result();
  result.already_recorded = true;
  return std::optional(result);
}

absl::StatusOr<uint64_t> AppendGroup::NextRevision(absl::string_view stream) {
  const auto changed = next_revisions_.find(stream);
  if (changed != next_revisions_.end()) return changed->second;
  return log_->NextRevision(stream);
}

absl::Status AppendGroup::CheckCondition(const PreparedAppend& append) {
  const uint64_t kinds = append.known_kinds();
  if (kinds == 0) return absl::OkStatus();
  // Whoever decided cannot have seen what this group adds.
  bool more = (kinds_ & kinds) != 0;
  if (!more) {
    ONRECORD_ASSIGN_OR_RETURN(more, log_->HasKinds(kinds, append.known_to()));
  }
  if (!more) return absl::OkStatus();
  return absl::AbortedError(
      absl::StrCat("`condition`: events of its kinds were recorded behind log "
                   "position ",
                   append.known_to()));
}

absl::Status AppendGroup::CheckRevisions(const PreparedAppend& append) {
  checked_revisions_.clear();
  for (const PreparedAppend::Stream& stream : append.streams()) {
    ONRECORD_ASSIGN_OR_RETURN(const uint64_t next, NextRevision(stream.name));
    checked_revisions_.push_back(next);
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
                              log_->FindEvent(id));
    if (!log_position.has_value()) continue;
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent recorded,
                              log_->ReadEvent(*log_position));
    if (recorded.event().id() == id) return EventIdTaken(id);
    return HashTaken("id", id);
  }
  return absl::OkStatus();
}

absl::Status AppendGroup::AddText(const Sha256Hash& hash,
                                  std::optional<absl::string_view> text) {
  if (texts_.contains(hash)) return absl::OkStatus();
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> number,
                            log_->FindText(hash));
  if (number.has_value()) return absl::OkStatus();
  text_writes_.push_back({end_.texts, hash, text});
  texts_[hash] = end_.texts++;
  return absl::OkStatus();
}

absl::Status AppendGroup::EraseText(const Sha256Hash& hash) {
  std::optional<uint64_t> number;
  const auto added = texts_.find(hash);
  if (added != texts_.end()) {
    number = added->second;
  } else {
    ONRECORD_ASSIGN_OR_RETURN(number, log_->FindText(hash));
  }
  if (!number.has_value()) return absl::OkStatus();
  text_writes_.push_back({*number, hash, std::nullopt});
  return absl::OkStatus();
}

absl::StatusOr<AppendResult> AppendGroup::AddCommit(
    const PreparedAppend& append) {
  for (size_t i = 0; i < append.texts().size(); ++i) {
    ONRECORD_RETURN_IF_ERROR(
        AddText(append.text_hashes()[i], append.texts()[i]));
  }
  for (const Sha256Hash& hash : append.forgotten()) {
    ONRECORD_RETURN_IF_ERROR(EraseText(hash));
  }
  CommitHeader header;
  header.commit = end_.commits;
  header.first_log_position = end_.last_log_position + 1;
  header.recorded_time_us = std::max(now_us_, end_.recorded_time_us);
  header.events = append.events().size();
  header.commit_id = append.commit_id();
  header.texts = append.text_hashes();

  std::vector<StreamEvents> streams;
  streams.reserve(append.streams().size());
  for (size_t i = 0; i < append.streams().size(); ++i) {
    const PreparedAppend::Stream& stream = append.streams()[i];
    const uint64_t next = checked_revisions_[i];
    streams.push_back({stream.name, next, append.event_bytes(),
                       absl::MakeConstSpan(append.events())
                           .subspan(stream.first_event, stream.events)});
    next_revisions_[stream.name] = next + stream.events;
  }
  commits_.push_back(EncodeCommit(header, streams, kBlockBytes));

  AppendResult result;
  result.commit = end_.commits++;
  result.first_log_position = end_.last_log_position + 1;
  end_.last_log_position += append.events().size();
  end_.recorded_time_us = header.recorded_time_us;
  result.last_log_position = end_.last_log_position;
  for (const EncodedEvent& event : append.events()) kinds_ |= event.kinds;
  for (const auto& [event, id] : append.event_ids()) event_ids_.insert(id);
  if (!append.commit_id().empty()) {
    by_commit_id_[append.commit_id()] = {&append, result};
  }
  return result;
}

absl::StatusOr<AppendResult> AppendGroup::AddImport(
    const PreparedImport& import) {
  const RecordedCommit& commit = import.commit();
  if (commit.result().commit < end_.commits) return FindImported(commit);
  ONRECORD_RETURN_IF_ERROR(CheckImport(import));
  return Keep(AddImportedCommit(import));
}

absl::StatusOr<AppendResult> AppendGroup::AddImportedCommit(
    const PreparedImport& import) {
  const RecordedCommit& commit = import.commit();
  // In the order in which the index numbers them.
  for (const Sha256Hash& hash : TextsOf(commit)) {
    const std::optional<std::string>& text = import.texts().at(hash);
    ONRECORD_RETURN_IF_ERROR(
        AddText(hash, text.has_value() ? std::optional<absl::string_view>(*text)
                                       : std::nullopt));
  }
  commits_.emplace_back();
  for (size_t i = 0; i < commit.blocks().size(); ++i) {
    const Block& block = commit.blocks()[i];
    kinds_ |= block.kinds();
    commits_.back().push_back(
        {block.last_log_position(), std::string(commit.bytes(i))});
    for (const Block::Run& run : block.runs()) {
      next_revisions_[run.stream] = run.first_revision + run.events;
    }
    if ((block.kinds() & kOwnIdBit) != 0) {
      for (size_t i = 0; i < block.events(); ++i) {
        event_ids_.insert(PeekEvent(block.event_bytes(i)).id);
      }
    }
    if ((block.kinds() & KindBit(NewEvent::kArticleForgottenFieldNumber)) ==
        0) {
      continue;
    }
    ONRECORD_RETURN_IF_ERROR(EraseForgotten(block));
  }
  imported_commit_ids_.insert(commit.commit_id());
  const AppendResult result = commit.result();
  end_.commits = result.commit + 1;
  end_.last_log_position = result.last_log_position;
  end_.recorded_time_us = commit.blocks().front().recorded_time_us();
  return result;
}

absl::Status AppendGroup::EraseForgotten(const Block& block) {
  RecordedEvent event;
  for (size_t i = 0; i < block.events(); ++i) {
    ONRECORD_RETURN_IF_ERROR(block.FillEvent(i, &event));
    const std::string& hash = event.event().article_forgotten().text_sha256();
    if (hash.size() != kSha256Bytes) continue;
    ONRECORD_RETURN_IF_ERROR(EraseText(ToSha256Hash(hash)));
  }
  return absl::OkStatus();
}

bool AppendGroup::IsAdded(const RecordedCommit& commit) const {
  const std::vector<EncodedBlock>& added =
      commits_[commits_.size() - (end_.commits - commit.result().commit)];
  if (added.size() != commit.blocks().size()) return false;
  for (size_t i = 0; i < added.size(); ++i) {
    if (added[i].bytes != commit.bytes(i)) return false;
  }
  return true;
}

absl::StatusOr<AppendResult> AppendGroup::FindImported(
    const RecordedCommit& commit) {
  AppendResult result = commit.result();
  bool same;
  if (end_.commits - result.commit <= commits_.size()) {
    same = IsAdded(commit);
  } else {
    const absl::StatusOr<RecordedCommit> recorded =
        log_->ReadCommit(commit.blocks().front().last_log_position());
    same = recorded.ok() && recorded->LeafHash() == commit.LeafHash();
  }
  if (!same) {
    return absl::FailedPreconditionError(
        absl::StrCat("commit ", result.commit, " of this log is another one"));
  }
  result.already_recorded = true;
  return result;
}

absl::Status AppendGroup::CheckImport(const PreparedImport& import) {
  const RecordedCommit& commit = import.commit();
  const Block& first = commit.blocks().front();
  const auto invalid = [&first](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("commit ", first.commit(), ": ", why));
  };
  if (first.commit() != end_.commits ||
      first.first_log_position() != end_.last_log_position + 1) {
    return absl::FailedPreconditionError(absl::StrCat(
        "commit ", first.commit(), " at log position ",
        first.first_log_position(), " does not go on where this log ends, at ",
        end_.commits, " commits and log position ", end_.last_log_position));
  }
  if (first.recorded_time_us() < end_.recorded_time_us) {
    return invalid("its time goes back");
  }
  if (!first.commit_id().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> known,
                              log_->FindCommit(first.commit_id()));
    if (known.has_value() || by_commit_id_.contains(first.commit_id()) ||
        imported_commit_ids_.contains(first.commit_id())) {
      return invalid("its commit id is taken");
    }
  }
  for (const Sha256Hash& hash : TextsOf(commit)) {
    if (import.texts().count(hash) > 0) continue;
    return invalid("a text that it came with is missing");
  }
  absl::flat_hash_set<absl::string_view> ids;
  absl::flat_hash_map<std::string, uint64_t> next_revisions;
  for (const Block& block : commit.blocks()) {
    for (const Block::Run& run : block.runs()) {
      auto next = next_revisions.find(run.stream);
      if (next == next_revisions.end()) {
        ONRECORD_ASSIGN_OR_RETURN(const uint64_t revision,
                                  NextRevision(run.stream));
        next = next_revisions.emplace(run.stream, revision).first;
      }
      if (run.first_revision != next->second) {
        return invalid("a revision does not follow the one before");
      }
      next->second += run.events;
    }
    if ((block.kinds() & kOwnIdBit) == 0) continue;
    for (size_t i = 0; i < block.events(); ++i) {
      const EventPeek peek = PeekEvent(block.event_bytes(i));
      if (peek.id.empty()) continue;
      ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> known,
                                log_->FindEvent(peek.id));
      if (known.has_value() || event_ids_.contains(peek.id) ||
          !ids.insert(peek.id).second) {
        return invalid("an event's id is taken");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace onrecord
