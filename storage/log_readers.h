// The ways in which LevelDbEventLog finds the blocks that its readers read.

#ifndef ONRECORD_STORAGE_LOG_READERS_H_
#define ONRECORD_STORAGE_LOG_READERS_H_

#include <cstdint>
#include <memory>

#include "storage/block_source.h"
#include "storage/event_log.h"
#include "storage/log_index.h"
#include "storage/log_store.h"

namespace onrecord {

// All blocks, from the one on that `log_position` is in.
std::unique_ptr<BlockSource> NewLogBlocks(const LogStore& store,
                                          uint64_t log_position,
                                          Direction direction);

// The blocks that `entries` name.
std::unique_ptr<BlockSource> NewStreamBlocks(const LogStore& store,
                                             StreamEntries entries);
std::unique_ptr<BlockSource> NewKindBlocks(const LogStore& store,
                                           KindEntries entries);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_READERS_H_
