// Merkle trees of RFC 6962, section 2: SHA-256, leaves hashed after a byte 0x00
// and nodes after a byte 0x01.
//
// A tree of n leaves is split at the largest power of two below n. So all its
// nodes but those on the right edge are roots of complete subtrees, and these
// never change as leaves are added.

#ifndef ONRECORD_STORAGE_MERKLE_TREE_H_
#define ONRECORD_STORAGE_MERKLE_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/hash.h"

namespace onrecord {

// The hash of a leaf whose data are `parts`, one after the other.
Sha256Hash LeafHash(absl::Span<const absl::string_view> parts);

Sha256Hash NodeHash(const Sha256Hash& left, const Sha256Hash& right);

// The root of the tree without leaves: the SHA-256 of nothing.
Sha256Hash EmptyRoot();

// The root over `leaves`' hashes.
Sha256Hash RootOfLeaves(absl::Span<const Sha256Hash> leaves);

// Gives the root of the complete subtree over the leaves
// [index << level, (index + 1) << level).
using NodeReader =
    absl::FunctionRef<absl::StatusOr<Sha256Hash>(int level, uint64_t index)>;

// The root of the tree of the first `size` leaves.
absl::StatusOr<Sha256Hash> TreeRoot(uint64_t size, NodeReader node);

// The audit path of leaf `leaf` in the tree of `size` leaves: the siblings on
// the way up. Returns OUT_OF_RANGE if there is no such leaf.
absl::StatusOr<std::vector<Sha256Hash>> InclusionPath(uint64_t leaf,
                                                      uint64_t size,
                                                      NodeReader node);

// Proves that the tree of `old_size` leaves is the beginning of the tree of
// `new_size`. Returns OUT_OF_RANGE if it is the larger.
absl::StatusOr<std::vector<Sha256Hash>> ConsistencyPath(uint64_t old_size,
                                                        uint64_t new_size,
                                                        NodeReader node);

// Returns DATA_LOSS unless `path` proves that the leaf with hash `leaf_hash` is
// number `leaf` of the tree with `size` leaves and `root`.
absl::Status CheckInclusion(uint64_t leaf, const Sha256Hash& leaf_hash,
                            uint64_t size, const Sha256Hash& root,
                            absl::Span<const Sha256Hash> path);

// Returns DATA_LOSS unless `path` proves that the tree with `old_size` leaves
// and `old_root` is the beginning of the one with `new_size` and `new_root`.
absl::Status CheckConsistency(uint64_t old_size, const Sha256Hash& old_root,
                              uint64_t new_size, const Sha256Hash& new_root,
                              absl::Span<const Sha256Hash> path);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_MERKLE_TREE_H_
