// Old shapes of events, read as new ones.

#ifndef ONRECORD_STORAGE_UPCASTER_H_
#define ONRECORD_STORAGE_UPCASTER_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"

namespace onrecord {

// Rewrites an event of one old shape into the next one, and leaves every other
// event alone. The log keeps what was recorded. Must be deterministic.
using Upcaster = std::function<absl::Status(NewEvent*)>;

// Upcasters in the order in which shapes followed each other: the second sees
// what the first made. Thread-compatible; not to be changed while readers use
// it.
class UpcasterChain {
 public:
  void Add(Upcaster upcaster) { upcasters_.push_back(std::move(upcaster)); }

  // Brings `event` to the newest shape. Returns what an upcaster returned.
  absl::Status Upcast(NewEvent* event) const;

  // Reads what `reader` reads, upcast. An event that an upcaster fails on ends
  // the read, and status() says where. The chain must outlive the reader.
  std::unique_ptr<EventReader> Read(std::unique_ptr<EventReader> reader) const;

 private:
  std::vector<Upcaster> upcasters_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_UPCASTER_H_
