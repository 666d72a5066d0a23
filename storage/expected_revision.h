// What an appender believes of a stream, and what it is told when it is wrong.

#ifndef ONRECORD_STORAGE_EXPECTED_REVISION_H_
#define ONRECORD_STORAGE_EXPECTED_REVISION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// The state that a stream must be in for an append to go through.
class ExpectedRevision {
 public:
  // Whatever the stream holds.
  static ExpectedRevision Any() { return ExpectedRevision(Kind::kAny, 0); }

  // The stream has no event.
  static ExpectedRevision NoStream() {
    return ExpectedRevision(Kind::kNoStream, 0);
  }

  // The stream has at least one event.
  static ExpectedRevision StreamExists() {
    return ExpectedRevision(Kind::kStreamExists, 0);
  }

  // The last event of the stream has this revision.
  static ExpectedRevision Exactly(uint64_t revision) {
    return ExpectedRevision(Kind::kExactly, revision);
  }

  // Whether a stream whose last event is `current` (absent: no event) is in
  // this state.
  bool Admits(std::optional<uint64_t> current) const;

  // "any", "no stream", "stream exists" or "revision 4".
  std::string ToString() const;

 private:
  enum class Kind { kAny, kNoStream, kStreamExists, kExactly };

  ExpectedRevision(Kind kind, uint64_t revision)
      : kind_(kind), revision_(revision) {}

  Kind kind_;
  uint64_t revision_;
};

// What a failed append found.
struct WrongExpectedRevision {
  std::string stream;

  // The revision of the stream's last event. Absent if it has none.
  std::optional<uint64_t> current;
};

// Makes the ABORTED status that carries `stream` and `current`.
absl::Status WrongExpectedRevisionError(absl::string_view stream,
                                        ExpectedRevision expected,
                                        std::optional<uint64_t> current);

// Returns what the append that gave `status` found, or nothing if it did not
// fail because of a wrong expected revision.
std::optional<WrongExpectedRevision> GetWrongExpectedRevision(
    const absl::Status& status);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_EXPECTED_REVISION_H_
