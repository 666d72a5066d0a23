// Blocks read from PostgreSQL, a page of rows at a time.

#ifndef ONRECORD_STORAGE_PG_BLOCKS_H_
#define ONRECORD_STORAGE_PG_BLOCKS_H_

#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "storage/block_source.h"
#include "storage/event_log.h"
#include "storage/pg_reads.h"

namespace onrecord {

// All blocks, from the one on that `log_position` is in. Only what was recorded
// up to `bound` need be there, for this and the others.
std::unique_ptr<BlockSource> NewPgLogBlocks(PgReads* reads,
                                            uint64_t log_position,
                                            uint64_t bound,
                                            Direction direction);

// The blocks that hold events of the stream, from that of `revision` on.
std::unique_ptr<BlockSource> NewPgStreamBlocks(PgReads* reads,
                                               absl::string_view stream,
                                               uint64_t revision,
                                               uint64_t bound,
                                               Direction direction);

// The blocks with any of `kinds`, forwards.
std::unique_ptr<BlockSource> NewPgKindBlocks(PgReads* reads, uint64_t kinds,
                                             uint64_t log_position,
                                             uint64_t bound);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_BLOCKS_H_
