#include "storage/log_verifier.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace onrecord {

absl::StatusOr<VerifyReport> LogVerifier::Run(BlockSource* blocks,
                                              uint64_t last_log_position) {
  last_log_position_ = last_log_position;
  while (next_log_position_ <= last_log_position_) {
    absl::StatusOr<RecordedCommit> commit = RecordedCommit::ReadNext(blocks);
    if (commit.ok()) {
      CheckCommit(*commit);
      if (progress_) progress_(next_log_position_ - 1, last_log_position_);
      continue;
    }
    if (absl::IsUnavailable(commit.status())) return commit.status();
    Report(next_log_position_, "", 0, commit.status().message());
    // Goes on with the next commit that can be read.
    if (blocks->Valid()) blocks->Next();
    while (blocks->Valid() &&
           !(blocks->status().ok() && blocks->block().starts_commit())) {
      blocks->Next();
    }
    if (!blocks->Valid()) break;
    next_log_position_ = blocks->block().first_log_position();
  }
  CheckStreams();
  CheckTree();
  return report_;
}

void LogVerifier::CheckCommit(const RecordedCommit& commit) {
  const Block& first = commit.blocks().front();
  if (first.first_log_position() != next_log_position_) {
    Report(next_log_position_, "", 0, "the events are missing");
  }
  if (first.recorded_time_us() < recorded_time_us_) {
    Report(first.first_log_position(), "", 0, "its time goes back");
  }
  recorded_time_us_ = first.recorded_time_us();
  for (const Block& block : commit.blocks()) CheckBlock(block);
  CheckCommitId(commit);
  CheckTexts(commit);
  tree_.Add(commit.LeafHash());
  ++report_.commits;
  next_log_position_ = commit.blocks().back().last_log_position() + 1;
}

void LogVerifier::CheckBlock(const Block& block) {
  for (const Block::Run& run : block.runs()) CheckRun(block, run);
  RecordedEvent event;
  uint64_t kinds = 0;
  for (size_t i = 0; i < block.events(); ++i) {
    ++report_.events;
    kinds |= PeekEvent(block.event_bytes(i)).kinds;
    const absl::Status status = block.FillEvent(i, &event);
    if (status.ok()) continue;
    Report(block.first_log_position() + i, block.run_of(i).stream,
           block.revision_of(i), status.message());
  }
  if (kinds != block.kinds()) {
    Report(block.first_log_position(), "", 0, "its kinds of events are wrong");
  }
  CheckKinds(block);
  CheckEventIds(block);
}

void LogVerifier::CheckKinds(const Block& block) {
  const auto found = index_->FindKinds(block.last_log_position());
  if (found.ok() && found->value_or(0) == block.kinds()) return;
  Report(block.first_log_position(), "", 0,
         "the index does not find its kinds of events");
}

void LogVerifier::CheckEventIds(const Block& block) {
  std::vector<size_t> events;
  std::vector<absl::string_view> ids;
  for (size_t i = 0; i < block.events(); ++i) {
    const absl::string_view id = PeekEvent(block.event_bytes(i)).id;
    if (id.empty()) continue;
    events.push_back(i);
    ids.push_back(id);
  }
  if (ids.empty()) return;
  const auto found = index_->FindEvents(ids);
  for (size_t n = 0; n < events.size(); ++n) {
    const uint64_t log_position = block.first_log_position() + events[n];
    if (found.ok() && (*found)[n] == std::optional(log_position)) continue;
    Report(log_position, block.run_of(events[n]).stream,
           block.revision_of(events[n]), "the index does not find its id");
  }
}

void LogVerifier::CheckRun(const Block& block, const Block::Run& run) {
  uint64_t& next = next_revisions_[run.stream];
  const uint64_t log_position = block.first_log_position() + run.first_event;
  // Where damage was found before, revisions may have gone with it.
  if (run.first_revision < next ||
      (run.first_revision > next && report_.damages == 0)) {
    Report(log_position, run.stream, run.first_revision,
           absl::StrCat("the stream's next revision is ", next));
  }
  next = run.first_revision + run.events;
  const absl::StatusOr<std::optional<uint64_t>> found =
      index_->FindRun(run.stream, run.first_revision);
  if (!found.ok() || *found != std::optional(block.last_log_position())) {
    Report(log_position, run.stream, run.first_revision,
           "the index does not find it");
  }
}

void LogVerifier::CheckCommitId(const RecordedCommit& commit) {
  if (commit.commit_id().empty()) return;
  const auto found = index_->FindCommit(commit.commit_id());
  if (found.ok() &&
      *found == std::optional(commit.blocks().front().last_log_position())) {
    return;
  }
  Report(commit.result().first_log_position, "", 0,
         "the index does not find its commit id");
}

void LogVerifier::CheckTexts(const RecordedCommit& commit) {
  const absl::string_view texts = commit.blocks().front().texts();
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    const Sha256Hash hash = ToSha256Hash(texts.substr(i, kSha256Bytes));
    const absl::StatusOr<std::optional<uint64_t>> number =
        index_->FindText(hash);
    const uint64_t log_position = commit.result().first_log_position;
    if (!number.ok() || !number->has_value()) {
      Report(log_position, "", 0, "the index does not find its text");
      continue;
    }
    // Later commits may come with the same text.
    if (**number < report_.texts) continue;
    ++report_.texts;
    const absl::StatusOr<std::string> text = index_->GetText(**number, hash);
    if (absl::IsNotFound(text.status())) continue;  // erased
    if (!text.ok()) {
      Report(log_position, "", 0, text.status().message());
    } else if (Sha256({*text}) != hash) {
      Report(log_position, "", 0,
             absl::StrCat("text ", ToHex(AsView(hash)), " has another hash"));
    }
  }
}

void LogVerifier::CheckStreams() {
  for (const auto& [stream, next] : next_revisions_) {
    const absl::StatusOr<uint64_t> indexed = index_->NextRevision(stream);
    // Others may have appended meanwhile.
    if (indexed.ok() && *indexed >= next) continue;
    Report(0, stream, next, "the index does not know the end of the stream");
  }
}

void LogVerifier::CheckTree() {
  report_.head.commits = report_.commits;
  const Sha256Hash root = tree_.Root();
  report_.head.root = std::string(AsView(root));
  const absl::StatusOr<Sha256Hash> indexed = index_->Root(report_.commits);
  if (indexed.ok() && *indexed == root) return;
  Report(0, "", 0, "the tree of the index has another root than the log");
}

void LogVerifier::Report(uint64_t log_position, absl::string_view stream,
                         uint64_t revision, absl::string_view reason) {
  ++report_.damages;
  on_damage_(
      {log_position, std::string(stream), revision, std::string(reason)});
}

}  // namespace onrecord
