#include "storage/log_verifier.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/merkle_tree.h"

namespace onrecord {

absl::StatusOr<VerifyReport> LogVerifier::Run(uint64_t last_log_position) {
  last_log_position_ = last_log_position;
  {
    MutexLock lock(mu_);
    kinds_.emplace(index_->ReadKinds(/*kinds=*/~uint64_t{0}, /*from=*/1));
  }
  BlockIterator blocks = store_->NewIterator(/*fill_cache=*/false);
  blocks.Seek(1);
  while (next_log_position_ <= last_log_position_) {
    absl::StatusOr<RecordedCommit> commit = RecordedCommit::ReadNext(&blocks);
    if (commit.ok()) {
      CheckCommit(*commit);
      continue;
    }
    Report(next_log_position_, "", 0, commit.status().message());
    // Goes on with the next commit that can be read.
    uint64_t last = blocks.Valid() ? blocks.key() : last_log_position_;
    do {
      last = std::max(last, blocks.Valid() ? blocks.key() : last);
      blocks.Seek(last + 1);
      if (blocks.Valid()) last = blocks.key();
    } while (blocks.Valid() &&
             !(blocks.status().ok() && blocks.block().starts_commit()));
    if (!blocks.Valid()) break;
    next_log_position_ = blocks.block().first_log_position();
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
  AddLeaf(commit.LeafHash());
  ++report_.commits;
  next_log_position_ = commit.blocks().back().last_log_position() + 1;
}

void LogVerifier::CheckBlock(const Block& block) {
  for (const Block::Run& run : block.runs()) CheckRun(block, run);
  RecordedEvent event;
  uint64_t kinds = 0;
  for (size_t i = 0; i < block.events(); ++i) {
    ++report_.events;
    const EventPeek peek = PeekEvent(block.event_bytes(i));
    kinds |= peek.kinds;
    if (!peek.id.empty()) CheckEventId(block, i, peek.id);
    const absl::Status status = block.FillEvent(i, &event);
    if (status.ok()) continue;
    Report(block.first_log_position() + i, block.run_of(i).stream,
           block.revision_of(i), status.message());
  }
  if (kinds != block.kinds()) {
    Report(block.first_log_position(), "", 0, "its kinds of events are wrong");
  }
  CheckKinds(block);
}

void LogVerifier::CheckKinds(const Block& block) {
  const uint64_t key = block.last_log_position();
  // Those of blocks that could not be read are passed over.
  while (kinds_->Valid() && kinds_->block() < key) kinds_->Next();
  const bool found = kinds_->Valid() && kinds_->block() == key &&
                     kinds_->kinds() == block.kinds();
  if (found || block.kinds() == 0) return;
  Report(block.first_log_position(), "", 0,
         "the index does not find its kinds of events");
}

void LogVerifier::CheckEventId(const Block& block, size_t i,
                               absl::string_view id) {
  const uint64_t log_position = block.first_log_position() + i;
  MutexLock lock(mu_);
  const auto found = index_->FindEvent(id);
  if (found.ok() && *found == std::optional(log_position)) return;
  Report(log_position, block.run_of(i).stream, block.revision_of(i),
         "the index does not find its id");
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
  MutexLock lock(mu_);
  const StreamEntries entries =
      index_->ReadStream(run.stream, run.first_revision, Direction::kForwards);
  if (!entries.Valid() || entries.entry().block != block.last_log_position()) {
    Report(log_position, run.stream, run.first_revision,
           "the index does not find it");
  }
}

void LogVerifier::CheckCommitId(const RecordedCommit& commit) {
  if (commit.commit_id().empty()) return;
  MutexLock lock(mu_);
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
    absl::StatusOr<std::optional<uint64_t>> number = std::nullopt;
    {
      MutexLock lock(mu_);
      number = index_->FindText(hash);
    }
    const uint64_t log_position = commit.result().first_log_position;
    if (!number.ok() || !number->has_value()) {
      Report(log_position, "", 0, "the index does not find its text");
      continue;
    }
    // Later commits may come with the same text.
    if (**number < report_.texts) continue;
    ++report_.texts;
    const absl::StatusOr<std::string> text = store_->GetText(**number, hash);
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
  MutexLock lock(mu_);
  for (const auto& [stream, next] : next_revisions_) {
    const absl::StatusOr<uint64_t> indexed = index_->NextRevision(stream);
    // Others may have appended meanwhile.
    if (indexed.ok() && *indexed >= next) continue;
    Report(0, stream, next, "the index does not know the end of the stream");
  }
}

void LogVerifier::CheckTree() {
  report_.head.commits = report_.commits;
  Sha256Hash root = EmptyRoot();
  for (size_t i = subtrees_.size(); i > 0; --i) {
    const Sha256Hash& subtree = subtrees_[i - 1].second;
    root = i == subtrees_.size() ? subtree : NodeHash(subtree, root);
  }
  report_.head.root = std::string(AsView(root));
  MutexLock lock(mu_);
  const absl::StatusOr<Sha256Hash> indexed =
      index_->tree().size() < report_.commits
          ? absl::DataLossError("it is too small")
          : TreeRoot(report_.commits, [this](int level, uint64_t index) {
              return index_->tree().Node(level, index);
            });
  if (indexed.ok() && *indexed == root) return;
  Report(0, "", 0, "the tree of the index has another root than the log");
}

void LogVerifier::AddLeaf(Sha256Hash hash) {
  int level = 0;
  while (!subtrees_.empty() && subtrees_.back().first == level) {
    hash = NodeHash(subtrees_.back().second, hash);
    subtrees_.pop_back();
    ++level;
  }
  subtrees_.emplace_back(level, hash);
}

void LogVerifier::Report(uint64_t log_position, absl::string_view stream,
                         uint64_t revision, absl::string_view reason) {
  ++report_.damages;
  on_damage_(
      {log_position, std::string(stream), revision, std::string(reason)});
}

}  // namespace onrecord
