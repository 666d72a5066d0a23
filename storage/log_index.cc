#include "storage/log_index.h"

#include <leveldb/db.h>

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/index_keys.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr uint8_t kFormat = 1;

// An entry in memory counts as this much of the log.
constexpr uint64_t kLogBytesOfEntry = 256;

// Streams whose next revision is remembered, at most.
constexpr size_t kMaxNextRevisions = 64 << 10;

absl::Status IndexDamage(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the index is damaged: ", what));
}

std::string EncodeCheckpoint(const IndexCheckpoint& checkpoint) {
  std::string bytes(1, static_cast<char>(kFormat));
  PutVarint(checkpoint.commits, &bytes);
  PutVarint(checkpoint.last_log_position, &bytes);
  PutFixed64(checkpoint.block_checksum, &bytes);
  PutFixed64(static_cast<uint64_t>(checkpoint.recorded_time_us), &bytes);
  PutVarint(checkpoint.streams, &bytes);
  PutVarint(checkpoint.texts, &bytes);
  return bytes;
}

}  // namespace

StreamEntries::StreamEntries(std::unique_ptr<leveldb::Iterator> iterator,
                             absl::string_view stream,
                             std::vector<StreamEntry> pending,
                             uint64_t revision, Direction direction)
    : iterator_(std::move(iterator)),
      prefix_(StreamPrefix(stream)),
      pending_(std::move(pending)),
      direction_(direction) {
  const bool in_pending =
      !pending_.empty() && pending_.front().first_revision <= revision;
  if (direction_ == Direction::kForwards && in_pending) {
    GivePending();
  } else {
    SeekStored(revision);
    if (direction_ == Direction::kBackwards && in_pending) {
      GivePending();
    } else if (!LoadStored() && direction_ == Direction::kForwards) {
      GivePending();
    }
  }
  DropBeyond(revision);
}

// Puts the iterator on the last stored key up to `revision`.
void StreamEntries::SeekStored(uint64_t revision) {
  std::string key = prefix_;
  PutBigEndian64(revision, &key);
  iterator_->Seek(key);
  if (!iterator_->Valid()) {
    iterator_->SeekToLast();
  } else if (iterator_->key() != leveldb::Slice(key)) {
    iterator_->Prev();
  }
}

// Gives the entries that the iterator stands on, and moves it on.
bool StreamEntries::LoadStored() {
  entries_.clear();
  next_ = 0;
  if (!iterator_->status().ok()) {
    status_ = FromLevelDb(iterator_->status(), "reading the index");
    return false;
  }
  if (!iterator_->Valid() || !iterator_->key().starts_with(prefix_)) {
    return false;
  }
  Decoder decoder(ToView(iterator_->value()));
  StreamEntry entry;
  while (!decoder.empty()) {
    entry.first_revision += decoder.Varint();
    entry.block = decoder.Varint();
    entries_.push_back(entry);
  }
  if (!decoder.ok() || entries_.empty()) {
    status_ = IndexDamage("entries of a stream do not decode");
    entries_.clear();
    return false;
  }
  if (direction_ == Direction::kForwards) {
    iterator_->Next();
  } else {
    std::reverse(entries_.begin(), entries_.end());
    iterator_->Prev();
  }
  return true;
}

void StreamEntries::GivePending() {
  entries_ = std::move(pending_);
  pending_.clear();
  next_ = 0;
  if (direction_ == Direction::kBackwards) {
    std::reverse(entries_.begin(), entries_.end());
    // Nothing of what is stored has been given yet.
  }
}

// Skips the entries before the one that `revision` falls in.
void StreamEntries::DropBeyond(uint64_t revision) {
  if (direction_ == Direction::kForwards) {
    while (next_ + 1 < entries_.size() &&
           entries_[next_ + 1].first_revision <= revision) {
      ++next_;
    }
  } else {
    while (Valid() && entry().first_revision > revision) ++next_;
  }
}

void StreamEntries::Next() {
  if (++next_ < entries_.size()) return;
  if (LoadStored() || !status_.ok()) return;
  if (direction_ == Direction::kForwards) GivePending();
}

KindEntries::KindEntries(std::unique_ptr<leveldb::Iterator> iterator,
                         std::vector<BlockKinds> pending, uint64_t kinds,
                         uint64_t from)
    : iterator_(std::move(iterator)),
      pending_(std::move(pending)),
      kinds_(kinds),
      from_(from) {
  // Keys are the last block of each stretch, so this is where `from` is.
  iterator_->Seek(NumberKey(kKindKey, from));
  Load();
}

void KindEntries::Next() {
  if (++next_ == blocks_.size()) Load();
}

void KindEntries::Load() {
  const leveldb::Slice prefix(&kKindKey, 1);
  blocks_.clear();
  next_ = 0;
  while (blocks_.empty() && iterator_->Valid() &&
         iterator_->key().starts_with(prefix)) {
    std::vector<BlockKinds> blocks;
    Decoder decoder(ToView(iterator_->value()));
    uint64_t block = 0;
    while (!decoder.empty()) {
      block += decoder.Varint();
      blocks.emplace_back(block, decoder.Varint());
    }
    if (!decoder.ok()) {
      status_ = IndexDamage("kinds of events do not decode");
      return;
    }
    Give(blocks);
    iterator_->Next();
  }
  if (!iterator_->status().ok()) {
    status_ = FromLevelDb(iterator_->status(), "reading the index");
    blocks_.clear();
    return;
  }
  if (blocks_.empty()) {
    Give(pending_);
    pending_.clear();
  }
}

void KindEntries::Give(const std::vector<BlockKinds>& blocks) {
  for (const auto& [block, kinds] : blocks) {
    if (block >= from_ && (kinds & kinds_) != 0) {
      blocks_.emplace_back(block, kinds);
    }
  }
}

LogIndex::LogIndex(std::unique_ptr<LevelDbStore> store, size_t lag_bytes)
    : store_(std::move(store)),
      lag_bytes_(lag_bytes),
      tree_([this](int level, uint64_t index) {
        return ReadTile(TileKey(level, index));
      }) {}

LogIndex::~LogIndex() {
  FinishWriting().IgnoreError();
  if (writing_ != nullptr) store_->db()->ReleaseSnapshot(writing_->before);
}

absl::StatusOr<std::unique_ptr<LogIndex>> LogIndex::Open(absl::string_view dir,
                                                         leveldb::Env* env,
                                                         size_t lag_bytes) {
  LevelDbOptions options;
  options.env = env;
  options.filter_bits = 10;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LevelDbStore> store,
                            LevelDbStore::Open(dir, options));
  auto index = absl::WrapUnique(new LogIndex(std::move(store), lag_bytes));
  ONRECORD_RETURN_IF_ERROR(index->LoadCheckpoint());
  return index;
}

absl::Status LogIndex::Destroy(absl::string_view dir, leveldb::Env* env) {
  leveldb::Options options;
  if (env != nullptr) options.env = env;
  return FromLevelDb(leveldb::DestroyDB(std::string(dir), options),
                     absl::StrCat("deleting ", dir));
}

absl::Status LogIndex::LoadCheckpoint() {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            store_->Get(absl::string_view(&kMetaKey, 1)));
  if (!bytes.has_value()) return absl::OkStatus();
  Decoder decoder(*bytes);
  if (decoder.Byte() != kFormat) return IndexDamage("it is of another format");
  checkpoint_.commits = decoder.Varint();
  checkpoint_.last_log_position = decoder.Varint();
  checkpoint_.block_checksum = decoder.Fixed64();
  checkpoint_.recorded_time_us = static_cast<int64_t>(decoder.Fixed64());
  checkpoint_.streams = decoder.Varint();
  checkpoint_.texts = decoder.Varint();
  if (!decoder.ok() || !decoder.empty()) {
    return IndexDamage("its checkpoint does not decode");
  }
  return tree_.Load(checkpoint_.commits);
}

absl::Status LogIndex::Add(absl::Span<const Block> commit) {
  ONRECORD_RETURN_IF_ERROR(AddTexts(commit.front().texts()));
  const absl::string_view commit_id = commit.front().commit_id();
  if (!commit_id.empty()) {
    changes_.AddCommitId(HashId(commit_id), commit.front().last_log_position());
  }
  for (const Block& block : commit) {
    ONRECORD_RETURN_IF_ERROR(AddRuns(block));
    changes_.AddBlock({block.last_log_position(), block.kinds()},
                      block.leaf_part().size());
  }
  hasher_.Add(commit);
  const Block& last = commit.back();
  checkpoint_.commits = last.commit() + 1;
  checkpoint_.last_log_position = last.last_log_position();
  checkpoint_.block_checksum = last.checksum();
  checkpoint_.recorded_time_us = last.recorded_time_us();
  return absl::OkStatus();
}

absl::Status LogIndex::AddRuns(const Block& block) {
  for (const Block::Run& run : block.runs()) {
    ONRECORD_ASSIGN_OR_RETURN(uint64_t* const kept,
                              KeptNextRevision(run.stream));
    const uint64_t next = *kept;
    if (run.first_revision != next) {
      return absl::DataLossError(absl::StrCat(
          "log position ", block.first_log_position() + run.first_event,
          ": stream ", run.stream, " goes on with revision ",
          run.first_revision, " instead of ", next));
    }
    if (next == 0) ++checkpoint_.streams;
    *kept = next + run.events;
    changes_.AddRun(run.stream, {run.first_revision, block.last_log_position()},
                    next + run.events);
  }
  if ((block.kinds() & kOwnIdBit) == 0) return absl::OkStatus();
  for (size_t i = 0; i < block.events(); ++i) {
    const EventPeek peek = PeekEvent(block.event_bytes(i));
    if (peek.id.empty()) continue;
    changes_.AddEventId(HashId(peek.id), block.first_log_position() + i);
  }
  return absl::OkStatus();
}

absl::Status LogIndex::AddTexts(absl::string_view texts) {
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    const absl::string_view hash = texts.substr(i, kSha256Bytes);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> known,
                              FindText(ToSha256Hash(hash)));
    if (known.has_value()) continue;
    changes_.AddText(hash, checkpoint_.texts++);
  }
  return absl::OkStatus();
}

absl::Status LogIndex::MaybeFlush() {
  if (writing_ != nullptr && writing_->done) {
    ONRECORD_RETURN_IF_ERROR(FinishWriting());
  }
  if (changes_.log_bytes() < lag_bytes_ &&
      changes_.entries() * kLogBytesOfEntry < lag_bytes_) {
    return absl::OkStatus();
  }
  ONRECORD_RETURN_IF_ERROR(FinishWriting());
  StartWriting(/*settle=*/true);
  return absl::OkStatus();
}

absl::Status LogIndex::Flush() {
  ONRECORD_RETURN_IF_ERROR(FinishWriting());
  if (changes_.empty()) return absl::OkStatus();
  StartWriting(/*settle=*/false);
  return FinishWriting();
}

void LogIndex::StartWriting(bool settle) {
  writing_ = std::make_unique<Writing>();
  Writing* const writing = writing_.get();
  writing->changes = std::move(changes_);
  changes_ = IndexChanges();
  hasher_.Finish();
  tree_.Save([writing](int level, uint64_t index, absl::string_view bytes) {
    writing->tiles[TileKey(level, index)] = std::string(bytes);
  });
  writing->checkpoint = EncodeCheckpoint(checkpoint_);
  writing->before = store_->db()->GetSnapshot();
  writing->thread = std::thread([this, writing, settle] {
    writing->status = Write(*writing);
    if (settle && writing->status.ok()) store_->Settle();
    writing->done = true;
  });
}

absl::Status LogIndex::Write(const Writing& writing) {
  leveldb::WriteBatch batch;
  writing.changes.PutTo(&batch);
  for (const auto& [key, bytes] : writing.tiles) batch.Put(key, bytes);
  batch.Put(leveldb::Slice(&kMetaKey, 1), writing.checkpoint);
  return store_->Write(&batch, /*sync=*/false);
}

absl::Status LogIndex::FinishWriting() {
  if (writing_ == nullptr) return absl::OkStatus();
  if (writing_->thread.joinable()) writing_->thread.join();
  // What was not written must still be found.
  ONRECORD_RETURN_IF_ERROR(writing_->status);
  store_->db()->ReleaseSnapshot(writing_->before);
  writing_ = nullptr;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> LogIndex::ReadTile(
    const std::string& key) const {
  if (writing_ != nullptr) {
    const auto tile = writing_->tiles.find(key);
    if (tile != writing_->tiles.end()) return std::optional(tile->second);
  }
  return store_->Get(key);
}

template <typename T>
T LogIndex::FindInMemory(absl::FunctionRef<T(const IndexChanges&)> find) const {
  T found = find(changes_);
  if (!found && writing_ != nullptr) found = find(writing_->changes);
  return found;
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindNumber(
    absl::string_view key) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            store_->Get(key, before()));
  if (!bytes.has_value()) return std::optional<uint64_t>();
  Decoder decoder(*bytes);
  const uint64_t number = decoder.Varint();
  if (!decoder.ok() || !decoder.empty()) {
    return IndexDamage("an entry does not decode");
  }
  return std::optional<uint64_t>(number);
}

absl::StatusOr<uint64_t> LogIndex::NextRevision(absl::string_view stream) {
  ONRECORD_ASSIGN_OR_RETURN(const uint64_t* const kept,
                            KeptNextRevision(stream));
  return *kept;
}

// Valid until the next call.
absl::StatusOr<uint64_t*> LogIndex::KeptNextRevision(absl::string_view stream) {
  const auto known = next_revisions_.find(stream);
  if (known != next_revisions_.end()) return &known->second;
  std::optional<uint64_t> next =
      FindInMemory<std::optional<uint64_t>>([&](const IndexChanges& changes) {
        return changes.NextRevision(stream);
      });
  if (!next.has_value()) {
    ONRECORD_ASSIGN_OR_RETURN(next, FindNumber(NameKey(kHeadKey, stream)));
  }
  if (next_revisions_.size() > kMaxNextRevisions) next_revisions_.clear();
  uint64_t& kept = next_revisions_[stream];
  kept = next.value_or(0);
  return &kept;
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindCommit(
    absl::string_view commit_id) const {
  const IdHash hash = HashId(commit_id);
  const auto found = FindInMemory<std::optional<uint64_t>>(
      [&](const IndexChanges& changes) { return changes.FindCommit(hash); });
  if (found.has_value()) return found;
  return FindNumber(HashKey(kCommitKey, hash));
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindEvent(
    absl::string_view event_id) const {
  const IdHash hash = HashId(event_id);
  const auto found = FindInMemory<std::optional<uint64_t>>(
      [&](const IndexChanges& changes) { return changes.FindEvent(hash); });
  if (found.has_value()) return found;
  return FindNumber(HashKey(kEventKey, hash));
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindText(
    const Sha256Hash& hash) const {
  const auto found =
      FindInMemory<std::optional<uint64_t>>([&](const IndexChanges& changes) {
        return changes.FindText(AsView(hash));
      });
  if (found.has_value()) return found;
  return FindNumber(NameKey(kTextKey, AsView(hash)));
}

StreamEntries LogIndex::ReadStream(absl::string_view stream, uint64_t revision,
                                   Direction direction) const {
  std::vector<StreamEntry> pending;
  const auto add = [&](const IndexChanges& changes) {
    const std::vector<StreamEntry> entries = changes.FindStream(stream);
    pending.insert(pending.end(), entries.begin(), entries.end());
  };
  if (writing_ != nullptr) add(writing_->changes);
  add(changes_);
  return StreamEntries(store_->NewIterator(/*fill_cache=*/true, before()),
                       stream, std::move(pending), revision, direction);
}

KindEntries LogIndex::ReadKinds(uint64_t kinds, uint64_t from) const {
  std::vector<BlockKinds> pending;
  if (writing_ != nullptr) pending = writing_->changes.kinds();
  pending.insert(pending.end(), changes_.kinds().begin(),
                 changes_.kinds().end());
  return KindEntries(store_->NewIterator(/*fill_cache=*/false, before()),
                     std::move(pending), kinds, from);
}

}  // namespace onrecord
