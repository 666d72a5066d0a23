// The log itself in LevelDB: blocks and texts by number, nothing else, so that
// keys only ever grow and LevelDB has nothing to sort.

#ifndef ONRECORD_STORAGE_LOG_STORE_H_
#define ONRECORD_STORAGE_LOG_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/block.h"
#include "storage/block_source.h"
#include "storage/hash.h"
#include "storage/leveldb_store.h"

namespace onrecord {

// Steps over the blocks of the log, forwards as a BlockSource.
// Thread-compatible.
class BlockIterator : public BlockSource {
 public:
  explicit BlockIterator(std::unique_ptr<leveldb::Iterator> iterator)
      : iterator_(std::move(iterator)) {}
  BlockIterator(BlockIterator&&) = default;

  // Goes to the block that `log_position` is in, or the first one after it.
  void Seek(uint64_t log_position);
  void SeekToLast();
  void Next() override;
  void Prev();

  bool Valid() const override { return valid_; }
  const Block& block() const override { return block_; }
  uint64_t key() const override { return key_; }
  absl::string_view bytes() const override {
    return ToView(iterator_->value());
  }
  const absl::Status& status() const override { return status_; }

 private:
  void Load();

  std::unique_ptr<leveldb::Iterator> iterator_;
  bool valid_ = false;
  uint64_t key_ = 0;
  Block block_;
  absl::Status status_;
};

// Thread-safe. Iterators must be destroyed before it.
class LogStore {
 public:
  // What keys of blocks begin with; their log position follows.
  static constexpr char kBlockKey = 'e';
  static uint64_t PositionOfKey(absl::string_view key);

  static absl::StatusOr<std::unique_ptr<LogStore>> Open(
      absl::string_view dir, const LevelDbOptions& options);

  static void PutBlock(const EncodedBlock& block, leveldb::WriteBatch* batch);
  static void DeleteBlock(uint64_t key, leveldb::WriteBatch* batch);
  static void PutText(uint64_t number, const Sha256Hash& hash,
                      absl::string_view text, leveldb::WriteBatch* batch);

  // Puts in the text's place that it was erased. Its bytes stay on the disk
  // until Purge.
  static void PutErasedText(uint64_t number, const Sha256Hash& hash,
                            leveldb::WriteBatch* batch);
  void Purge(uint64_t text_number);

  absl::Status Write(leveldb::WriteBatch* batch, bool sync) {
    return store_->Write(batch, sync);
  }

  // The bytes of the block that ends at `key`. `buffer` lends its memory to
  // what is returned. Returns DATA_LOSS if there is none.
  absl::StatusOr<std::string> GetBlock(uint64_t key,
                                       std::string buffer = {}) const;

  // Text `number`, which `hash` must be the hash of. Returns DATA_LOSS if it is
  // missing or wrong, and NOT_FOUND if it was erased.
  absl::StatusOr<std::string> GetText(uint64_t number,
                                      const Sha256Hash& hash) const;

  BlockIterator NewIterator(bool fill_cache) const {
    return BlockIterator(store_->NewIterator(fill_cache));
  }

  bool poisoned() const { return store_->poisoned(); }
  leveldb::DB* db() const { return store_->db(); }

 private:
  explicit LogStore(std::unique_ptr<LevelDbStore> store)
      : store_(std::move(store)) {}

  const std::unique_ptr<LevelDbStore> store_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_STORE_H_
