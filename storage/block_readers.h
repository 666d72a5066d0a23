// The readers that every implementation of the log gives out, over blocks that
// it finds its own way.

#ifndef ONRECORD_STORAGE_BLOCK_READERS_H_
#define ONRECORD_STORAGE_BLOCK_READERS_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/block_source.h"
#include "storage/event_log.h"

namespace onrecord {

// Reads [from, bound] or, backwards, [1, min(from, bound)]. `blocks` are those
// of the log, the first being the one that reading starts in.
std::unique_ptr<EventReader> NewLogReader(std::unique_ptr<BlockSource> blocks,
                                          uint64_t from, uint64_t bound,
                                          Direction direction);

// Reads a stream of which `next_revision` is the revision after the last, as
// far as it stands up to the log position `bound`. `blocks` are those that hold
// events of the stream, the first one that of `revision`, which is below
// `next_revision`.
std::unique_ptr<EventReader> NewStreamReader(
    std::unique_ptr<BlockSource> blocks, absl::string_view stream,
    uint64_t revision, uint64_t next_revision, uint64_t bound,
    Direction direction);

// Bits of the bodies; see KindBit.
uint64_t KindsOf(absl::Span<const int> body_fields);

// Reads the events in [from, bound] that are of one of `kinds`. `blocks` are
// those that may hold one, from the one on that `from` is in.
std::unique_ptr<EventReader> NewKindReader(std::unique_ptr<BlockSource> blocks,
                                           uint64_t kinds, uint64_t from,
                                           uint64_t bound);

// Reads nothing, because of `status` or because there is nothing.
std::unique_ptr<EventReader> NewEmptyReader(absl::Status status);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_BLOCK_READERS_H_
