// Reads a whole log and checks everything that it holds against everything
// else.

#ifndef ONRECORD_STORAGE_LOG_VERIFIER_H_
#define ONRECORD_STORAGE_LOG_VERIFIER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/block.h"
#include "storage/block_source.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/merkle_frontier.h"
#include "storage/progress.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// What a log stores beside its blocks, which must agree with them.
// Thread-compatible.
class VerifiedIndex {
 public:
  virtual ~VerifiedIndex() = default;

  // The key of the block that it gives for the stream's events from this
  // revision on; nothing if it gives none.
  virtual absl::StatusOr<std::optional<uint64_t>> FindRun(
      absl::string_view stream, uint64_t first_revision) = 0;

  // The kinds that it gives for the events of the block with this key; nothing
  // if it gives none. Keys are asked for in ascending order.
  virtual absl::StatusOr<std::optional<uint64_t>> FindKinds(uint64_t key) = 0;

  // As LogLookup::FindEvent, for each of `event_ids`.
  virtual absl::StatusOr<std::vector<std::optional<uint64_t>>> FindEvents(
      absl::Span<const absl::string_view> event_ids) = 0;

  // As LogLookup.
  virtual absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) = 0;
  virtual absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) = 0;
  virtual absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) = 0;

  // Returns NOT_FOUND if it was erased.
  virtual absl::StatusOr<std::string> GetText(uint64_t number,
                                              const Sha256Hash& hash) = 0;

  // The root of the tree over the first `commits`.
  virtual absl::StatusOr<Sha256Hash> Root(uint64_t commits) = 0;
};

// Use one once: Run.
class LogVerifier {
 public:
  LogVerifier(VerifiedIndex* index,
              absl::FunctionRef<void(const Damage&)> on_damage,
              const OnProgress& progress)
      : index_(index), on_damage_(on_damage), progress_(progress) {}

  // Checks the events up to `last_log_position`, whose blocks are `blocks`:
  // checksums, parsing, that log positions and revisions have no gap and times
  // do not go back, that the index finds each by its stream, id and kind, and
  // each commit id and text, that each text has its hash, and that the tree of
  // the index has the root that the log gives.
  absl::StatusOr<VerifyReport> Run(BlockSource* blocks,
                                   uint64_t last_log_position);

 private:
  void CheckCommit(const RecordedCommit& commit);
  void CheckBlock(const Block& block);
  void CheckRun(const Block& block, const Block::Run& run);
  void CheckKinds(const Block& block);
  void CheckEventIds(const Block& block);
  void CheckCommitId(const RecordedCommit& commit);
  void CheckTexts(const RecordedCommit& commit);
  void CheckStreams();
  void CheckTree();
  void Report(uint64_t log_position, absl::string_view stream,
              uint64_t revision, absl::string_view reason);

  VerifiedIndex* const index_;
  const absl::FunctionRef<void(const Damage&)> on_damage_;
  const OnProgress& progress_;

  VerifyReport report_;
  uint64_t next_log_position_ = 1;
  int64_t recorded_time_us_ = 0;
  uint64_t last_log_position_ = 0;
  absl::flat_hash_map<std::string, uint64_t> next_revisions_;
  MerkleFrontier tree_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_VERIFIER_H_
