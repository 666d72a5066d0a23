// An append that is checked and serialized, as far as that can be done without
// looking at the log.

#ifndef ONRECORD_STORAGE_PREPARED_APPEND_H_
#define ONRECORD_STORAGE_PREPARED_APPEND_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/block.h"
#include "storage/coding.h"
#include "storage/event_log.h"
#include "storage/hash.h"

namespace onrecord {

// Owns all that it needs of the call that it was made from. Thread-compatible.
class PreparedAppend {
 public:
  struct Stream {
    std::string name;
    ExpectedRevision expected = ExpectedRevision::Any();
    size_t first_event = 0;
    size_t events = 0;
  };

  // Returns INVALID_ARGUMENT as EventLog::Append says.
  static absl::StatusOr<PreparedAppend> Make(
      absl::Span<const StreamAppendView> appends, const AppendOptions& options,
      size_t max_commit_bytes);

  PreparedAppend(PreparedAppend&&) = default;
  PreparedAppend& operator=(PreparedAppend&&) = default;

  const std::vector<Stream>& streams() const { return streams_; }

  // The serialized NewEvents, streams one after the other, as StreamEvents has
  // them.
  absl::string_view event_bytes() const { return bytes_; }
  const std::vector<EncodedEvent>& events() const { return events_; }
  absl::string_view event(size_t i) const {
    return Decoder(absl::string_view(bytes_).substr(events_[i].begin)).String();
  }

  // Ids that the log does not give: index of the event, id.
  const std::vector<std::pair<size_t, std::string>>& event_ids() const {
    return event_ids_;
  }

  const std::string& commit_id() const { return commit_id_; }

  // The kinds (see KindBit) of which no event may stand behind known_to().
  uint64_t known_kinds() const { return known_kinds_; }
  uint64_t known_to() const { return known_to_; }

  bool sync() const { return sync_; }
  const std::vector<std::string>& texts() const { return texts_; }
  const std::vector<Sha256Hash>& text_hashes() const { return text_hashes_; }

  // Texts that its events erase.
  const std::vector<Sha256Hash>& forgotten() const { return forgotten_; }

  // Of events and texts together.
  size_t bytes() const { return bytes_.size() + text_bytes_; }

 private:
  PreparedAppend() = default;

  absl::Status AddOptions(const AppendOptions& options);
  absl::Status AddStream(const StreamAppendView& append);
  absl::Status AddEvent(const NewEvent& event);

  std::vector<Stream> streams_;
  std::string bytes_;
  std::vector<EncodedEvent> events_;
  std::vector<std::pair<size_t, std::string>> event_ids_;
  std::string commit_id_;
  uint64_t known_kinds_ = 0;
  uint64_t known_to_ = 0;
  bool sync_ = true;
  std::vector<std::string> texts_;
  std::vector<Sha256Hash> text_hashes_;
  std::vector<Sha256Hash> forgotten_;
  size_t text_bytes_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PREPARED_APPEND_H_
