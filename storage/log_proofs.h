// What an implementation of the log hands out for others to check: commits as a
// whole, and proofs.

#ifndef ONRECORD_STORAGE_LOG_PROOFS_H_
#define ONRECORD_STORAGE_LOG_PROOFS_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/log.pb.h"
#include "storage/merkle_tree.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// `commit` with its texts, which `get_text` gives by their hash, or NOT_FOUND.
absl::StatusOr<CommitRecord> MakeCommitRecord(
    const RecordedCommit& commit,
    absl::FunctionRef<absl::StatusOr<std::string>(absl::string_view sha256)>
        get_text);

// The head of the log's first `commits`, of which it has `size`. Returns
// OUT_OF_RANGE if there are not as many.
absl::StatusOr<LogHead> MakeHead(uint64_t commits, uint64_t size,
                                 NodeReader node);

// As EventLog's ProveInclusion, of an event in `commit`, and ProveConsistency.
absl::StatusOr<InclusionProof> MakeInclusionProof(uint64_t log_position,
                                                  const CommitRecord& commit,
                                                  uint64_t commits,
                                                  uint64_t size,
                                                  NodeReader node);
absl::StatusOr<ConsistencyProof> MakeConsistencyProof(uint64_t old_commits,
                                                      uint64_t new_commits,
                                                      uint64_t size,
                                                      NodeReader node);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_PROOFS_H_
