// Checks what a log has proven, without the log.

#ifndef ONRECORD_STORAGE_PROOFS_H_
#define ONRECORD_STORAGE_PROOFS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/event.pb.h"
#include "proto/log.pb.h"

namespace onrecord {

// Returns the event that `proof` proves to stand in the log with `proof.head`.
// The head must come from where it is trusted. Returns DATA_LOSS if the proof
// does not hold, INVALID_ARGUMENT if it is none.
absl::StatusOr<RecordedEvent> CheckInclusionProof(const InclusionProof& proof);

// Returns OK if the log with `proof.old_head` is the beginning of the one with
// `proof.new_head`, DATA_LOSS if that is not proven, INVALID_ARGUMENT if it is
// no proof.
absl::Status CheckConsistencyProof(const ConsistencyProof& proof);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PROOFS_H_
