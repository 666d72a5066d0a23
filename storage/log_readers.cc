#include "storage/log_readers.h"

#include <string>
#include <utility>

namespace onrecord {
namespace {

// A BlockIterator that goes back.
class LogBlocksBackwards : public BlockSource {
 public:
  LogBlocksBackwards(const LogStore& store, uint64_t log_position)
      : blocks_(store.NewIterator(/*fill_cache=*/false)) {
    blocks_.Seek(log_position);
  }

  bool Valid() const override { return blocks_.Valid(); }
  void Next() override { blocks_.Prev(); }
  const Block& block() const override { return blocks_.block(); }
  absl::string_view bytes() const override { return blocks_.bytes(); }
  uint64_t key() const override { return blocks_.key(); }
  const absl::Status& status() const override { return blocks_.status(); }

 private:
  BlockIterator blocks_;
};

uint64_t KeyOf(const StreamEntries& entries) { return entries.entry().block; }
uint64_t KeyOf(const KindEntries& entries) { return entries.block(); }

// The blocks that entries of the index name.
template <typename Entries>
class IndexedBlocks : public BlockSource {
 public:
  IndexedBlocks(const LogStore& store, Entries entries)
      : store_(store), entries_(std::move(entries)) {
    Load();
  }

  bool Valid() const override { return entries_.Valid(); }
  void Next() override {
    entries_.Next();
    Load();
  }
  const Block& block() const override { return block_; }
  absl::string_view bytes() const override { return bytes_; }
  uint64_t key() const override { return KeyOf(entries_); }
  const absl::Status& status() const override { return status_; }

 private:
  void Load() {
    status_ = entries_.status();
    if (!entries_.Valid() || !status_.ok()) return;
    absl::StatusOr<std::string> bytes =
        store_.GetBlock(key(), std::move(bytes_));
    if (!bytes.ok()) {
      status_ = bytes.status();
      return;
    }
    bytes_ = *std::move(bytes);
    status_ = block_.Parse(bytes_);
  }

  const LogStore& store_;
  Entries entries_;
  std::string bytes_;
  Block block_;
  absl::Status status_;
};

}  // namespace

std::unique_ptr<BlockSource> NewLogBlocks(const LogStore& store,
                                          uint64_t log_position,
                                          Direction direction) {
  if (direction == Direction::kBackwards) {
    return std::make_unique<LogBlocksBackwards>(store, log_position);
  }
  auto blocks =
      std::make_unique<BlockIterator>(store.NewIterator(/*fill_cache=*/false));
  blocks->Seek(log_position);
  return blocks;
}

std::unique_ptr<BlockSource> NewStreamBlocks(const LogStore& store,
                                             StreamEntries entries) {
  return std::make_unique<IndexedBlocks<StreamEntries>>(store,
                                                        std::move(entries));
}

std::unique_ptr<BlockSource> NewKindBlocks(const LogStore& store,
                                           KindEntries entries) {
  return std::make_unique<IndexedBlocks<KindEntries>>(store,
                                                      std::move(entries));
}

}  // namespace onrecord
