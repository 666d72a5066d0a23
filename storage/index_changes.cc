#include "storage/index_changes.h"

#include <algorithm>

#include "absl/types/span.h"
#include "storage/coding.h"

namespace onrecord {
namespace {

// What one key holds at most, so that a reader that begins in the middle does
// not decode far too much.
constexpr size_t kMaxStretch = 2048;

template <typename Map, typename Key>
std::optional<uint64_t> Find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

void PutNumber(const std::string& key, uint64_t number,
               leveldb::WriteBatch* batch) {
  char bytes[kMaxVarintBytes];
  const char* const end = WriteVarint(number, bytes);
  batch->Put(key, leveldb::Slice(bytes, end - bytes));
}

// In the order of their keys: LevelDB inserts next to where it just was several
// times faster than all over the place.
void PutHashes(char prefix, const absl::flat_hash_map<IdHash, uint64_t>& hashes,
               leveldb::WriteBatch* batch) {
  std::vector<std::pair<IdHash, uint64_t>> sorted(hashes.begin(), hashes.end());
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [hash, number] : sorted) {
    PutNumber(HashKey(prefix, hash), number, batch);
  }
}

// A list of ascending pairs, each but the first as the difference from the one
// before.
std::string EncodeDeltas(
    absl::Span<const std::pair<uint64_t, uint64_t>> pairs) {
  std::string bytes;
  uint64_t last = 0;
  for (const auto& [ascending, other] : pairs) {
    PutVarint(ascending - last, &bytes);
    PutVarint(other, &bytes);
    last = ascending;
  }
  return bytes;
}

void PutEntries(absl::string_view stream, absl::Span<const StreamEntry> entries,
                leveldb::WriteBatch* batch) {
  std::vector<std::pair<uint64_t, uint64_t>> stretch;
  for (size_t i = 0; i < entries.size(); i += kMaxStretch) {
    stretch.clear();
    for (const StreamEntry& entry : entries.subspan(i, kMaxStretch)) {
      stretch.emplace_back(entry.first_revision, entry.block);
    }
    std::string key = StreamPrefix(stream);
    PutBigEndian64(stretch.front().first, &key);
    batch->Put(key, EncodeDeltas(stretch));
  }
}

}  // namespace

void IndexChanges::AddRun(absl::string_view stream, const StreamEntry& entry,
                          uint64_t next_revision) {
  Stream& changed = streams_[stream];
  runs_.push_back({entry, changed.last});
  changed.last = runs_.size() - 1;
  changed.next_revision = next_revision;
  ++entries_;
}

std::optional<uint64_t> IndexChanges::FindCommit(const IdHash& hash) const {
  return Find(commits_, hash);
}

std::optional<uint64_t> IndexChanges::FindEvent(const IdHash& hash) const {
  return Find(events_, hash);
}

std::optional<uint64_t> IndexChanges::FindText(absl::string_view sha256) const {
  return Find(texts_, sha256);
}

std::optional<uint64_t> IndexChanges::NextRevision(
    absl::string_view stream) const {
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return std::nullopt;
  return found->second.next_revision;
}

std::vector<StreamEntry> IndexChanges::EntriesOf(const Stream& stream) const {
  std::vector<StreamEntry> entries;
  for (size_t run = stream.last; run != kNone; run = runs_[run].previous) {
    entries.push_back(runs_[run].entry);
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

std::vector<StreamEntry> IndexChanges::FindStream(
    absl::string_view stream) const {
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return {};
  return EntriesOf(found->second);
}

void IndexChanges::PutTo(leveldb::WriteBatch* batch) const {
  PutHashes(kCommitKey, commits_, batch);
  PutHashes(kEventKey, events_, batch);
  for (const auto& [sha256, number] : texts_) {
    PutNumber(NameKey(kTextKey, sha256), number, batch);
  }
  for (const auto& [name, stream] : streams_) {
    PutNumber(NameKey(kHeadKey, name), stream.next_revision, batch);
    PutEntries(name, EntriesOf(stream), batch);
  }
  const absl::Span<const BlockKinds> kinds = kinds_;
  for (size_t i = 0; i < kinds.size(); i += kMaxStretch) {
    const auto stretch = kinds.subspan(i, kMaxStretch);
    batch->Put(NumberKey(kKindKey, stretch.back().first),
               EncodeDeltas(stretch));
  }
}

}  // namespace onrecord
