// The state of one projection, while events are folded into it.

#ifndef ONRECORD_ENGINE_PROJECTIONS_PROJECTION_STATE_H_
#define ONRECORD_ENGINE_PROJECTIONS_PROJECTION_STATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/projection_store.h"
#include "storage/status_macros.h"

namespace onrecord {

// The entries of one projection in a store that holds several: reads them
// under the keys that the projection gave. Thread-safe as the reader under it,
// which must outlive it.
class ScopedReader : public ProjectionReader {
 public:
  // `reader` is not owned.
  ScopedReader(const ProjectionReader* reader, absl::string_view projection);

  // The entries of `state`, which is of one projection already; not owned.
  explicit ScopedReader(const ProjectionReader* state) : reader_(state) {}

  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override;
  std::unique_ptr<ProjectionScan> Scan(
      absl::string_view prefix, absl::string_view from = {}) const override;
  absl::StatusOr<std::optional<std::pair<std::string, std::string>>> Floor(
      absl::string_view prefix, absl::string_view at) const override;

  // What the store's keys of this projection begin with.
  const std::string& scope() const { return scope_; }

 private:
  const ProjectionReader* const reader_;
  const std::string scope_;
};

// What a store holds for one projection, and on top of it what was changed
// since the last checkpoint. Keys may be up to 1,024 bytes.
//
// Thread-compatible. The store must outlive it.
class ProjectionState : public ProjectionReader {
 public:
  // `may_use_threads`: whether its projection may, beside the thread that
  // applies events.
  ProjectionState(const ProjectionReader* store, absl::string_view projection,
                  bool may_use_threads = false);

  bool may_use_threads() const { return may_use_threads_; }

  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override;

  // The scan must be destroyed before the next change.
  std::unique_ptr<ProjectionScan> Scan(
      absl::string_view prefix, absl::string_view from = {}) const override;
  absl::StatusOr<std::optional<std::pair<std::string, std::string>>> Floor(
      absl::string_view prefix, absl::string_view at) const override;

  void Put(absl::string_view key, std::string value);
  void Delete(absl::string_view key);

  // Adds to the number under `key`, 0 if there is none. Returns DATA_LOSS if
  // what is there is no number.
  absl::Status Add(absl::string_view key, int64_t delta);

  // The number under `key`, 0 if there is none.
  absl::StatusOr<int64_t> GetNumber(absl::string_view key) const;

  // About how many bytes of memory the changes take.
  size_t pending_bytes() const { return pending_bytes_; }

  // Adds the changes to `batch`. They stay visible until Forget.
  void WriteTo(ProjectionBatch* batch) const;

  // Writes the changes to `store`, which must be the one under the state, in
  // many steps of which each can be seen, and forgets them.
  absl::Status Spill(ProjectionStore* store);

  // Forgets the changes: they are in the store now, or were given up.
  void Forget();

 private:
  using Changes = absl::btree_map<std::string, std::optional<std::string>>;

  void WriteChange(absl::string_view key,
                   const std::optional<std::string>& value,
                   ProjectionBatch* batch) const;

  ScopedReader stored_;
  const bool may_use_threads_;
  Changes changes_;
  size_t pending_bytes_ = 0;
};

// Reads the message under `key`; nothing if there is none. Returns DATA_LOSS,
// naming the message, if it does not decode.
template <typename Message>
absl::StatusOr<std::optional<Message>> GetMessage(
    const ProjectionReader& reader, absl::string_view key) {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            reader.Get(key));
  if (!bytes.has_value()) return std::nullopt;
  Message message;
  if (!message.ParseFromString(*bytes)) {
    return absl::DataLossError(absl::StrCat(
        "a ", message.GetTypeName(), " of a projection does not decode"));
  }
  return message;
}

template <typename Message>
void PutMessage(absl::string_view key, const Message& message,
                ProjectionState* state) {
  state->Put(key, message.SerializeAsString());
}

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_PROJECTION_STATE_H_
