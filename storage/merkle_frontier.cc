#include "storage/merkle_frontier.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/merkle_tree.h"

namespace onrecord {

absl::StatusOr<MerkleFrontier> MerkleFrontier::FromBytes(
    uint64_t size, absl::string_view bytes) {
  MerkleFrontier frontier;
  frontier.size_ = size;
  for (int level = 63; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    if (bytes.size() < kSha256Bytes) break;
    frontier.subtrees_.emplace_back(
        level, ToSha256Hash(bytes.substr(0, kSha256Bytes)));
    bytes.remove_prefix(kSha256Bytes);
    size -= uint64_t{1} << level;
  }
  if (size != 0 || !bytes.empty()) {
    return absl::DataLossError(absl::StrCat(
        "the edge of the tree is not one of ", frontier.size_, " commits"));
  }
  return frontier;
}

std::string MerkleFrontier::ToBytes() const {
  std::string bytes;
  for (const auto& [level, root] : subtrees_) {
    bytes.append(root.data(), root.size());
  }
  return bytes;
}

void MerkleFrontier::Add(
    const Sha256Hash& leaf,
    absl::FunctionRef<void(int level, uint64_t index, const Sha256Hash& hash)>
        on_node) {
  Sha256Hash hash = leaf;
  int level = 0;
  on_node(level, size_, hash);
  while (!subtrees_.empty() && subtrees_.back().first == level) {
    hash = NodeHash(subtrees_.back().second, hash);
    subtrees_.pop_back();
    ++level;
    on_node(level, size_ >> level, hash);
  }
  subtrees_.emplace_back(level, hash);
  ++size_;
}

Sha256Hash MerkleFrontier::Root() const {
  if (subtrees_.empty()) return EmptyRoot();
  Sha256Hash root = subtrees_.back().second;
  for (size_t i = subtrees_.size() - 1; i > 0; --i) {
    root = NodeHash(subtrees_[i - 1].second, root);
  }
  return root;
}

}  // namespace onrecord
