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
#include "storage/block.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/log_index.h"
#include "storage/log_store.h"
#include "storage/mutex.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// Use one once: Run.
class LogVerifier {
 public:
  // `mu` guards `index`, and is only taken for moments.
  LogVerifier(const LogStore* store, LogIndex* index, Mutex* mu,
              absl::FunctionRef<void(const Damage&)> on_damage)
      : store_(store), index_(index), mu_(mu), on_damage_(on_damage) {}

  // Checks the events up to `last_log_position`: checksums, parsing, that log
  // positions and revisions have no gap and times do not go back, that the
  // index finds each by its stream, id and kind, and each commit id and text,
  // that each text has its hash, and that the tree of the index has the root
  // that the log gives.
  absl::StatusOr<VerifyReport> Run(uint64_t last_log_position);

 private:
  void CheckCommit(const RecordedCommit& commit);
  void CheckBlock(const Block& block);
  void CheckRun(const Block& block, const Block::Run& run);
  void CheckKinds(const Block& block);
  void CheckEventId(const Block& block, size_t i, absl::string_view id);
  void CheckCommitId(const RecordedCommit& commit);
  void CheckTexts(const RecordedCommit& commit);
  void CheckStreams();
  void CheckTree();
  void AddLeaf(Sha256Hash hash);
  void Report(uint64_t log_position, absl::string_view stream,
              uint64_t revision, absl::string_view reason);

  const LogStore* const store_;
  LogIndex* const index_;
  Mutex* const mu_;
  const absl::FunctionRef<void(const Damage&)> on_damage_;

  VerifyReport report_;
  uint64_t next_log_position_ = 1;
  int64_t recorded_time_us_ = 0;
  uint64_t last_log_position_ = 0;
  absl::flat_hash_map<std::string, uint64_t> next_revisions_;

  // What the index says of the blocks, in step with them.
  std::optional<KindEntries> kinds_;

  // Roots of complete subtrees, the largest first: a binary counter.
  std::vector<std::pair<int, Sha256Hash>> subtrees_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_VERIFIER_H_
