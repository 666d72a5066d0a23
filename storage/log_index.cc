#include "storage/log_index.h"

#include <leveldb/db.h>
#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// First bytes of keys. FORMAT.md says what follows each.
constexpr char kCommitKey = 'c';
constexpr char kEventKey = 'e';
constexpr char kHeadKey = 'h';
constexpr char kKindKey = 'k';
constexpr char kMetaKey = 'm';
constexpr char kTileKey = 'n';
constexpr char kStreamKey = 's';
constexpr char kTextKey = 'x';

constexpr uint8_t kFormat = 1;

// What is kept in memory at most. Opening after a crash reads as much of the
// log again.
constexpr uint64_t kMaxPendingEntries = 16 << 10;
constexpr uint64_t kMaxPendingLogBytes = 32 << 20;

// Streams whose next revision is remembered, at most.
constexpr size_t kMaxNextRevisions = 64 << 10;

std::string HashKey(char prefix, std::pair<uint64_t, uint64_t> hash) {
  std::string key(1, prefix);
  PutBigEndian64(hash.first, &key);
  PutBigEndian64(hash.second, &key);
  return key;
}

std::pair<uint64_t, uint64_t> HashId(absl::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return {hash.high64, hash.low64};
}

std::string NumberKey(char prefix, uint64_t number) {
  std::string key(1, prefix);
  PutBigEndian64(number, &key);
  return key;
}

std::string TileKey(int level, uint64_t index) {
  std::string key{kTileKey, static_cast<char>(level)};
  PutBigEndian64(index, &key);
  return key;
}

// Names hold no NUL, so no stream's keys lie among another's.
std::string StreamPrefix(absl::string_view stream) {
  return absl::StrCat(absl::string_view(&kStreamKey, 1), stream,
                      absl::string_view("\0", 1));
}

std::string VarintOf(uint64_t value) {
  std::string bytes;
  PutVarint(value, &bytes);
  return bytes;
}

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

// A list of ascending pairs, each but the first as the difference from the one
// before.
template <typename Pairs, typename First>
std::string EncodeDeltas(const Pairs& pairs, First first) {
  std::string bytes;
  uint64_t last = 0;
  for (const auto& pair : pairs) {
    const auto [ascending, other] = first(pair);
    PutVarint(ascending - last, &bytes);
    PutVarint(other, &bytes);
    last = ascending;
  }
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
    if (block >= from_ && (kinds & kinds_) != 0) blocks_.push_back(block);
  }
}

LogIndex::LogIndex(std::unique_ptr<LevelDbStore> store)
    : store_(std::move(store)), tree_([this](int level, uint64_t index) {
        return store_->Get(TileKey(level, index));
      }) {}

absl::StatusOr<std::unique_ptr<LogIndex>> LogIndex::Open(absl::string_view dir,
                                                         leveldb::Env* env) {
  LevelDbOptions options;
  options.env = env;
  options.filter_bits = 10;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LevelDbStore> store,
                            LevelDbStore::Open(dir, options));
  auto index = absl::WrapUnique(new LogIndex(std::move(store)));
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

absl::Status LogIndex::Add(absl::Span<const Block> commit,
                           std::vector<EncodedBlock> bytes) {
  ONRECORD_RETURN_IF_ERROR(AddTexts(commit.front().texts()));
  const absl::string_view commit_id = commit.front().commit_id();
  if (!commit_id.empty()) {
    commits_[HashId(commit_id)] = commit.front().last_log_position();
    ++pending_entries_;
  }
  for (const Block& block : commit) {
    ONRECORD_RETURN_IF_ERROR(AddRuns(block));
    kinds_.emplace_back(block.last_log_position(), block.kinds());
    pending_log_bytes_ += block.leaf_part().size();
  }
  hasher_.Add(std::move(bytes));
  const Block& last = commit.back();
  checkpoint_.commits = last.commit() + 1;
  checkpoint_.last_log_position = last.last_log_position();
  checkpoint_.block_checksum = last.checksum();
  checkpoint_.recorded_time_us = last.recorded_time_us();
  return absl::OkStatus();
}

absl::Status LogIndex::AddRuns(const Block& block) {
  for (const Block::Run& run : block.runs()) {
    ONRECORD_ASSIGN_OR_RETURN(const uint64_t next, NextRevision(run.stream));
    if (run.first_revision != next) {
      return absl::DataLossError(absl::StrCat(
          "log position ", block.first_log_position() + run.first_event,
          ": stream ", run.stream, " goes on with revision ",
          run.first_revision, " instead of ", next));
    }
    if (next == 0) ++checkpoint_.streams;
    next_revisions_[run.stream] = next + run.events;
    streams_[run.stream].push_back(
        {run.first_revision, block.last_log_position()});
    ++pending_entries_;
  }
  if ((block.kinds() & kOwnIdBit) == 0) return absl::OkStatus();
  for (size_t i = 0; i < block.events(); ++i) {
    const EventPeek peek = PeekEvent(block.event_bytes(i));
    if (peek.id.empty()) continue;
    events_[HashId(peek.id)] = block.first_log_position() + i;
    ++pending_entries_;
  }
  return absl::OkStatus();
}

absl::Status LogIndex::AddTexts(absl::string_view texts) {
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    const absl::string_view hash = texts.substr(i, kSha256Bytes);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> known,
                              FindText(ToSha256Hash(hash)));
    if (known.has_value()) continue;
    texts_[hash] = checkpoint_.texts++;
    ++pending_entries_;
  }
  return absl::OkStatus();
}

absl::Status LogIndex::MaybeFlush() {
  if (pending_entries_ < kMaxPendingEntries &&
      pending_log_bytes_ < kMaxPendingLogBytes) {
    return absl::OkStatus();
  }
  return Flush();
}

absl::Status LogIndex::Flush() {
  if (kinds_.empty()) return absl::OkStatus();
  leveldb::WriteBatch batch;
  for (const auto& [hash, block] : commits_) {
    batch.Put(HashKey(kCommitKey, hash), VarintOf(block));
  }
  for (const auto& [hash, log_position] : events_) {
    batch.Put(HashKey(kEventKey, hash), VarintOf(log_position));
  }
  for (const auto& [hash, number] : texts_) {
    batch.Put(absl::StrCat(absl::string_view(&kTextKey, 1), hash),
              VarintOf(number));
  }
  PutStreams(&batch);
  PutKinds(&batch);
  PutTree(&batch);
  batch.Put(leveldb::Slice(&kMetaKey, 1), EncodeCheckpoint(checkpoint_));
  ONRECORD_RETURN_IF_ERROR(store_->Write(&batch, /*sync=*/false));
  pending_entries_ = 0;
  pending_log_bytes_ = 0;
  commits_.clear();
  events_.clear();
  texts_.clear();
  streams_.clear();
  kinds_.clear();
  return absl::OkStatus();
}

void LogIndex::PutStreams(leveldb::WriteBatch* batch) const {
  for (const auto& [stream, entries] : streams_) {
    std::string key = StreamPrefix(stream);
    PutBigEndian64(entries.front().first_revision, &key);
    batch->Put(key, EncodeDeltas(entries, [](const StreamEntry& entry) {
                 return std::pair(entry.first_revision, entry.block);
               }));
    batch->Put(absl::StrCat(absl::string_view(&kHeadKey, 1), stream),
               VarintOf(next_revisions_.at(stream)));
  }
}

void LogIndex::PutKinds(leveldb::WriteBatch* batch) const {
  batch->Put(NumberKey(kKindKey, kinds_.back().first),
             EncodeDeltas(kinds_, [](const auto& pair) { return pair; }));
}

void LogIndex::PutTree(leveldb::WriteBatch* batch) {
  hasher_.Finish();
  tree_.Save([batch](int level, uint64_t index, absl::string_view bytes) {
    batch->Put(TileKey(level, index), ToSlice(bytes));
  });
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindNumber(
    absl::string_view key) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            store_->Get(key));
  if (!bytes.has_value()) return std::optional<uint64_t>();
  Decoder decoder(*bytes);
  const uint64_t number = decoder.Varint();
  if (!decoder.ok() || !decoder.empty()) {
    return IndexDamage("an entry does not decode");
  }
  return std::optional<uint64_t>(number);
}

absl::StatusOr<uint64_t> LogIndex::NextRevision(absl::string_view stream) {
  const auto known = next_revisions_.find(stream);
  if (known != next_revisions_.end()) return known->second;
  ONRECORD_ASSIGN_OR_RETURN(
      const std::optional<uint64_t> stored,
      FindNumber(absl::StrCat(absl::string_view(&kHeadKey, 1), stream)));
  const uint64_t next = stored.value_or(0);
  if (next_revisions_.size() > kMaxNextRevisions) ForgetRevisions();
  next_revisions_[stream] = next;
  return next;
}

void LogIndex::ForgetRevisions() {
  for (auto it = next_revisions_.begin(); it != next_revisions_.end();) {
    // Those of streams that are not written yet stand nowhere else.
    if (streams_.contains(it->first)) {
      ++it;
    } else {
      next_revisions_.erase(it++);
    }
  }
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindCommit(
    absl::string_view commit_id) const {
  const IdHash hash = HashId(commit_id);
  const auto pending = commits_.find(hash);
  if (pending != commits_.end()) return std::optional(pending->second);
  return FindNumber(HashKey(kCommitKey, hash));
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindEvent(
    absl::string_view event_id) const {
  const IdHash hash = HashId(event_id);
  const auto pending = events_.find(hash);
  if (pending != events_.end()) return std::optional(pending->second);
  return FindNumber(HashKey(kEventKey, hash));
}

absl::StatusOr<std::optional<uint64_t>> LogIndex::FindText(
    const Sha256Hash& hash) const {
  const auto pending = texts_.find(AsView(hash));
  if (pending != texts_.end()) return std::optional(pending->second);
  return FindNumber(
      absl::StrCat(absl::string_view(&kTextKey, 1), AsView(hash)));
}

StreamEntries LogIndex::ReadStream(absl::string_view stream, uint64_t revision,
                                   Direction direction) const {
  const auto pending = streams_.find(stream);
  return StreamEntries(
      store_->NewIterator(/*fill_cache=*/true), stream,
      pending == streams_.end() ? std::vector<StreamEntry>() : pending->second,
      revision, direction);
}

KindEntries LogIndex::ReadKinds(uint64_t kinds, uint64_t from) const {
  return KindEntries(store_->NewIterator(/*fill_cache=*/false), kinds_, kinds,
                     from);
}

}  // namespace onrecord
