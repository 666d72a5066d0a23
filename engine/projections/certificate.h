// One line by which two machines compare what they replayed.

#ifndef ONRECORD_ENGINE_PROJECTIONS_CERTIFICATE_H_
#define ONRECORD_ENGINE_PROJECTIONS_CERTIFICATE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Returns the SHA-256, in hexadecimal digits, of everything that `store` holds
// for a projection: of each entry in the order of the keys, in stretches of a
// mebibyte. Returns DATA_LOSS if stored bytes do not check.
absl::StatusOr<std::string> HashOfState(const ProjectionReader& store,
                                        absl::string_view projection);

// The certificate of a replay: a projection and its version, how far it has
// come, under which head of the log, and the hash of its state.
//
//   positions v1 at 1204 of 61 commits 8f0c…: 51ab…
//
// The same log and code give the same line everywhere. `head` is the log's when
// the projection stood at its end. Returns DATA_LOSS if stored bytes do not
// check.
absl::StatusOr<std::string> CertificateOf(const ProjectionReader& store,
                                          const Checkpoint& checkpoint,
                                          const Head& head);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_CERTIFICATE_H_
