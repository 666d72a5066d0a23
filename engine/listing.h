// What a log lists: who exists, and which topics there are.

#ifndef ONRECORD_ENGINE_LISTING_H_
#define ONRECORD_ENGINE_LISTING_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "engine/actors/codebook_events.h"
#include "engine/actors/directory.h"
#include "proto/codebook.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Holds what a log lists up to a log position. Kept from one ingest to the
// next, so that an ingest costs nothing for what was listed before it.
//
// Thread-compatible. `log` must outlive it.
class Listing {
 public:
  // The bodies of events by which actors and topics become known, as
  // EventLog::ReadKinds takes them.
  static absl::Span<const int> Kinds();

  explicit Listing(EventLog* log) : log_(log) {}
  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;

  // Goes on to what `view` holds: every event up to `log_position`, which is
  // not before that of the last call. After an error it is of no use.
  absl::Status MoveTo(std::unique_ptr<ProjectionReader> view,
                      uint64_t log_position);

  // Both take in what is to be appended, before it is.
  Directory& directory() { return directory_; }
  TopicsById& topics() { return topics_; }

  // The last event of the log that it knows, but for what it took in.
  uint64_t log_position() const { return log_position_; }

  // The topics that an analyst listed.
  const Codebook& codebook() const { return codebook_; }

 private:
  absl::Status ReadTopics(const ProjectionReader& view);

  EventLog* const log_;
  Directory directory_;
  TopicsById topics_;
  Codebook codebook_;
  uint64_t log_position_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_LISTING_H_
