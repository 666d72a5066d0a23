// The directory of actors: who exists, what they are called, which offices they
// hold, what they belong to, and who is the same as whom.

#ifndef ONRECORD_ENGINE_PROJECTIONS_ACTORS_H_
#define ONRECORD_ENGINE_PROJECTIONS_ACTORS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Keeps the directory. Read with Actors.
class ActorsProjection : public Projection {
 public:
  static constexpr absl::string_view kName = "actors";

  absl::string_view name() const override { return kName; }
  uint32_t version() const override { return 2; }
  absl::Status Apply(const RecordedEvent& event,
                     ProjectionState& state) override;
};

// Folds an event of the directory into the state of an ActorsProjection.
// Returns whether anything changed.
absl::StatusOr<bool> FoldIntoDirectory(const RecordedEvent& event,
                                       ProjectionState& state);

// Answers from the state of an ActorsProjection. Every question can be asked as
// it was known at a log position; merges and splits after it are then not
// heeded.
//
// Thread-safe; `store` must outlive it. Every call returns DATA_LOSS if what is
// stored does not decode.
class Actors {
 public:
  // `store` is a Replayer's view, or the store itself; not owned.
  explicit Actors(const ProjectionReader* store);

  // Reads a state while events are folded into it; not owned.
  explicit Actors(const ProjectionState* state);

  // The actor that `actor_id` reads as: itself, or the one that it was merged
  // into. An id that is not in the directory reads as itself.
  absl::StatusOr<std::string> Canonical(absl::string_view actor_id,
                                        uint64_t known_at = kLatest) const;

  // What was known of the actor that `actor_id` reads as, with the names,
  // aliases, roles and memberships of every actor merged into it. See NameOf
  // and KindOf. Returns NOT_FOUND if it was not in the directory.
  absl::StatusOr<ActorRecord> Find(absl::string_view actor_id,
                                   uint64_t known_at = kLatest) const;

  // All that was ever known of the actor `actor_id` itself, whatever it was
  // merged into: see KnownAt. Returns NOT_FOUND if it is not in the directory.
  absl::StatusOr<ActorRecord> FindOwn(absl::string_view actor_id) const;

  // Calls `visit` for every actor that stands for itself, in the order of ids,
  // with what Find would give. Stops at the first status that is not OK, and
  // returns it.
  absl::Status ForEach(
      uint64_t known_at,
      absl::FunctionRef<absl::Status(const ActorRecord&)> visit) const;

 private:
  absl::Status Join(absl::string_view actor_id, uint64_t known_at,
                    std::vector<std::string>* seen, ActorRecord* joined) const;

  const ScopedReader state_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_ACTORS_H_
