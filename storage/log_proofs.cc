#include "storage/log_proofs.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/hash.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::StatusOr<CommitRecord> MakeCommitRecord(
    const RecordedCommit& commit,
    absl::FunctionRef<absl::StatusOr<std::string>(absl::string_view sha256)>
        get_text) {
  CommitRecord record;
  record.set_commit(commit.result().commit);
  for (size_t i = 0; i < commit.blocks().size(); ++i) {
    record.add_blocks(std::string(commit.bytes(i)));
  }
  const absl::string_view texts = commit.blocks().front().texts();
  for (size_t i = 0; i < texts.size(); i += kSha256Bytes) {
    const absl::string_view hash = texts.substr(i, kSha256Bytes);
    TextRecord* const text_record = record.add_texts();
    text_record->set_sha256(std::string(hash));
    absl::StatusOr<std::string> text = get_text(hash);
    if (absl::IsNotFound(text.status())) {
      text_record->set_erased(true);
    } else if (!text.ok()) {
      return text.status();
    } else {
      text_record->set_text(*std::move(text));
    }
  }
  return record;
}

absl::StatusOr<LogHead> MakeHead(uint64_t commits, uint64_t size,
                                 NodeReader node) {
  if (commits > size) {
    return absl::OutOfRangeError(
        absl::StrCat("the log has only ", size, " commits, not ", commits));
  }
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash root, TreeRoot(commits, node));
  LogHead head;
  head.set_commits(commits);
  head.set_root(std::string(AsView(root)));
  return head;
}

absl::StatusOr<InclusionProof> MakeInclusionProof(uint64_t log_position,
                                                  const CommitRecord& commit,
                                                  uint64_t commits,
                                                  uint64_t size,
                                                  NodeReader node) {
  InclusionProof proof;
  proof.set_log_position(log_position);
  proof.set_commit(commit.commit());
  *proof.mutable_blocks() = commit.blocks();
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_head(),
                            MakeHead(commits, size, node));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            InclusionPath(proof.commit(), commits, node));
  for (const Sha256Hash& hash : path) {
    proof.add_path(std::string(AsView(hash)));
  }
  return proof;
}

absl::StatusOr<ConsistencyProof> MakeConsistencyProof(uint64_t old_commits,
                                                      uint64_t new_commits,
                                                      uint64_t size,
                                                      NodeReader node) {
  ConsistencyProof proof;
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_old_head(),
                            MakeHead(old_commits, size, node));
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_new_head(),
                            MakeHead(new_commits, size, node));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            ConsistencyPath(old_commits, new_commits, node));
  for (const Sha256Hash& hash : path) {
    proof.add_path(std::string(AsView(hash)));
  }
  return proof;
}

}  // namespace onrecord
