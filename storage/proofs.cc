#include "storage/proofs.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/hash.h"
#include "storage/merkle_tree.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::StatusOr<Sha256Hash> HashField(absl::string_view field,
                                     const std::string& bytes) {
  if (bytes.size() != kSha256Bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", field, "` holds a hash that is not 32 bytes"));
  }
  return ToSha256Hash(bytes);
}

absl::StatusOr<std::vector<Sha256Hash>> PathField(
    const google::protobuf::RepeatedPtrField<std::string>& path) {
  std::vector<Sha256Hash> hashes;
  for (const std::string& bytes : path) {
    ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash hash, HashField("path", bytes));
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace

absl::StatusOr<RecordedEvent> CheckInclusionProof(const InclusionProof& proof) {
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash root,
                            HashField("head", proof.head().root()));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            PathField(proof.path()));
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::FromBytes({proof.blocks().begin(),
                                                       proof.blocks().end()}));
  ONRECORD_RETURN_IF_ERROR(CheckInclusion(proof.commit(), commit.LeafHash(),
                                          proof.head().commits(), root, path));
  for (const Block& block : commit.blocks()) {
    if (block.commit() != proof.commit()) break;
    if (proof.log_position() < block.first_log_position() ||
        proof.log_position() > block.last_log_position()) {
      continue;
    }
    RecordedEvent event;
    ONRECORD_RETURN_IF_ERROR(block.FillEvent(
        proof.log_position() - block.first_log_position(), &event));
    return event;
  }
  return absl::DataLossError(
      absl::StrCat("the proof does not hold: commit ", proof.commit(),
                   " holds no event at log position ", proof.log_position()));
}

absl::Status CheckConsistencyProof(const ConsistencyProof& proof) {
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash old_root,
                            HashField("old_head", proof.old_head().root()));
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash new_root,
                            HashField("new_head", proof.new_head().root()));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            PathField(proof.path()));
  return CheckConsistency(proof.old_head().commits(), old_root,
                          proof.new_head().commits(), new_root, path);
}

}  // namespace onrecord
