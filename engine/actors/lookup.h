// What a user means by a name or an id.

#ifndef ONRECORD_ENGINE_ACTORS_LOOKUP_H_
#define ONRECORD_ENGINE_ACTORS_LOOKUP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/actors.h"
#include "engine/projections/statements.h"
#include "engine/projections/topics.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Finds actors, topics and statements by what a user calls them. Every call
// returns NOT_FOUND, with the nearest name if one is near, if there is none,
// INVALID_ARGUMENT if several are meant, and DATA_LOSS if what is stored does
// not decode.
//
// Thread-compatible. `view` must outlive it.
class Lookup {
 public:
  explicit Lookup(const ProjectionReader* view);

  // The id of the actor whose id, name or alias is `name_or_id`, or that of one
  // merged into it.
  absl::StatusOr<std::string> ActorId(absl::string_view name_or_id,
                                      uint64_t known_at = kLatest) const;

  // The id of the topic whose id or name is `name_or_id`.
  absl::StatusOr<std::string> TopicId(absl::string_view name_or_id,
                                      uint64_t known_at = kLatest) const;

  // The statement of this id, as it stands now, retracted or not.
  absl::StatusOr<StatementRecord> FindStatement(absl::string_view id) const;

 private:
  const Actors actors_;
  const Topics topics_;
  const Statements statements_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_LOOKUP_H_
