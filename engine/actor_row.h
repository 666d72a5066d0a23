// An actor of the directory as a row.

#ifndef ONRECORD_ENGINE_ACTOR_ROW_H_
#define ONRECORD_ENGINE_ACTOR_ROW_H_

#include <cstdint>

#include "proto/projection.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

// Returns the row of `record`, as it was known, for an actor with so many
// statements. What it lists is ordered by what it says, not by when that was
// recorded: what was taken back and recorded again gives the same row.
ActorRow RowOfActor(const ActorRecord& record, uint32_t statements);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTOR_ROW_H_
