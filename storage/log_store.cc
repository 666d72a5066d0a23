#include "storage/log_store.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr char kTextKey = 'x';
constexpr size_t kKeyBytes = 9;

// What follows a text's checksum and hash.
constexpr char kTextKept = 1;
constexpr char kTextErased = 2;

std::string NumberKey(char prefix, uint64_t number) {
  std::string key(1, prefix);
  PutBigEndian64(number, &key);
  return key;
}

std::string EncodeText(const Sha256Hash& hash, char state,
                       absl::string_view text) {
  const std::string rest =
      absl::StrCat(AsView(hash), absl::string_view(&state, 1), text);
  std::string bytes;
  PutFixed64(Checksum(rest), &bytes);
  bytes.append(rest);
  return bytes;
}

}  // namespace

void BlockIterator::Seek(uint64_t log_position) {
  iterator_->Seek(NumberKey(LogStore::kBlockKey, log_position));
  Load();
}

void BlockIterator::SeekToLast() {
  const char after = LogStore::kBlockKey + 1;
  iterator_->Seek(leveldb::Slice(&after, 1));
  if (iterator_->Valid()) {
    iterator_->Prev();
  } else {
    iterator_->SeekToLast();
  }
  Load();
}

void BlockIterator::Next() {
  iterator_->Next();
  Load();
}

void BlockIterator::Prev() {
  iterator_->Prev();
  Load();
}

void BlockIterator::Load() {
  const leveldb::Slice key =
      iterator_->Valid() ? iterator_->key() : leveldb::Slice();
  valid_ = key.size() == kKeyBytes && key[0] == LogStore::kBlockKey;
  if (!valid_) {
    status_ = FromLevelDb(iterator_->status(), "reading the log");
    return;
  }
  key_ = GetBigEndian64(key.data() + 1);
  status_ = block_.Parse(bytes());
  if (status_.ok() && block_.last_log_position() != key_) {
    status_ = absl::DataLossError("the block belongs elsewhere");
  }
}

uint64_t LogStore::PositionOfKey(absl::string_view key) {
  return key.size() == kKeyBytes ? GetBigEndian64(key.data() + 1) : 0;
}

absl::StatusOr<std::unique_ptr<LogStore>> LogStore::Open(
    absl::string_view dir, const LevelDbOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<LevelDbStore> store,
                            LevelDbStore::Open(dir, options));
  return absl::WrapUnique(new LogStore(std::move(store)));
}

void LogStore::PutBlock(const EncodedBlock& block, leveldb::WriteBatch* batch) {
  batch->Put(NumberKey(LogStore::kBlockKey, block.last_log_position),
             block.bytes);
}

void LogStore::DeleteBlock(uint64_t key, leveldb::WriteBatch* batch) {
  batch->Delete(NumberKey(LogStore::kBlockKey, key));
}

void LogStore::PutText(uint64_t number, const Sha256Hash& hash,
                       absl::string_view text, leveldb::WriteBatch* batch) {
  batch->Put(NumberKey(kTextKey, number), EncodeText(hash, kTextKept, text));
}

void LogStore::PutErasedText(uint64_t number, const Sha256Hash& hash,
                             leveldb::WriteBatch* batch) {
  batch->Put(NumberKey(kTextKey, number), EncodeText(hash, kTextErased, ""));
}

void LogStore::Purge(uint64_t text_number) {
  const std::string key = NumberKey(kTextKey, text_number);
  const leveldb::Slice place(key);
  // Merges every table that has the key, and so drops the older value.
  store_->db()->CompactRange(&place, &place);
}

absl::StatusOr<std::string> LogStore::GetBlock(uint64_t key,
                                               std::string buffer) const {
  ONRECORD_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                            store_->Get(NumberKey(LogStore::kBlockKey, key),
                                        nullptr, std::move(buffer)));
  if (!bytes.has_value()) return LogDamage(key, "the block is missing");
  return *std::move(bytes);
}

absl::StatusOr<std::string> LogStore::GetText(uint64_t number,
                                              const Sha256Hash& hash) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            store_->Get(NumberKey(kTextKey, number)));
  const std::string name = absl::StrCat("text ", ToHex(AsView(hash)));
  if (!bytes.has_value()) {
    return absl::DataLossError(absl::StrCat(name, " is missing"));
  }
  Decoder decoder(*bytes);
  const uint64_t checksum = decoder.Fixed64();
  const absl::string_view rest = decoder.Bytes(decoder.remaining());
  Decoder parts(rest);
  const absl::string_view stored_hash = parts.Bytes(kSha256Bytes);
  const uint8_t state = parts.Byte();
  if (!parts.ok() || Checksum(rest) != checksum ||
      stored_hash != AsView(hash) ||
      (state != kTextKept && state != kTextErased)) {
    return absl::DataLossError(absl::StrCat(name, " is damaged"));
  }
  if (state == kTextErased) {
    return absl::NotFoundError(absl::StrCat(name, " was erased"));
  }
  return std::string(parts.Bytes(parts.remaining()));
}

}  // namespace onrecord
