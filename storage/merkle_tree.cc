#include "storage/merkle_tree.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr absl::string_view kLeafPrefix("\x00", 1);
constexpr absl::string_view kNodePrefix("\x01", 1);

bool IsPowerOfTwo(uint64_t n) { return n != 0 && (n & (n - 1)) == 0; }

int Log2(uint64_t n) {
  int log = 0;
  while (n >>= 1) ++log;
  return log;
}

// The largest power of two below `n`. REQUIRES: n > 1.
uint64_t SplitOf(uint64_t n) { return uint64_t{1} << Log2(n - 1); }

// The root over the leaves [begin, end), where `begin` is a multiple of the
// smallest power of two not below the number of leaves.
absl::StatusOr<Sha256Hash> RangeRoot(uint64_t begin, uint64_t end,
                                     NodeReader node) {
  const uint64_t size = end - begin;
  if (IsPowerOfTwo(size)) {
    const int level = Log2(size);
    return node(level, begin >> level);
  }
  const uint64_t middle = begin + SplitOf(size);
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash left,
                            RangeRoot(begin, middle, node));
  ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash right,
                            RangeRoot(middle, end, node));
  return NodeHash(left, right);
}

absl::Status NotProven(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the proof does not hold: ", what));
}

}  // namespace

Sha256Hash LeafHash(absl::Span<const absl::string_view> parts) {
  std::vector<absl::string_view> all;
  all.reserve(parts.size() + 1);
  all.push_back(kLeafPrefix);
  all.insert(all.end(), parts.begin(), parts.end());
  return Sha256(all);
}

Sha256Hash NodeHash(const Sha256Hash& left, const Sha256Hash& right) {
  return Sha256({kNodePrefix, AsView(left), AsView(right)});
}

Sha256Hash EmptyRoot() { return Sha256({absl::string_view()}); }

Sha256Hash RootOfLeaves(absl::Span<const Sha256Hash> leaves) {
  if (leaves.empty()) return EmptyRoot();
  if (leaves.size() == 1) return leaves[0];
  const uint64_t split = SplitOf(leaves.size());
  return NodeHash(RootOfLeaves(leaves.subspan(0, split)),
                  RootOfLeaves(leaves.subspan(split)));
}

absl::StatusOr<Sha256Hash> TreeRoot(uint64_t size, NodeReader node) {
  if (size == 0) return EmptyRoot();
  return RangeRoot(0, size, node);
}

absl::StatusOr<std::vector<Sha256Hash>> InclusionPath(uint64_t leaf,
                                                      uint64_t size,
                                                      NodeReader node) {
  if (leaf >= size) {
    return absl::OutOfRangeError(
        absl::StrCat("no commit ", leaf, " among ", size));
  }
  // From the root down, so the path is turned round at the end.
  std::vector<Sha256Hash> path;
  uint64_t begin = 0;
  uint64_t end = size;
  while (end - begin > 1) {
    const uint64_t middle = begin + SplitOf(end - begin);
    const bool left = leaf < middle;
    ONRECORD_ASSIGN_OR_RETURN(
        const Sha256Hash sibling,
        left ? RangeRoot(middle, end, node) : RangeRoot(begin, middle, node));
    path.push_back(sibling);
    (left ? end : begin) = middle;
  }
  return std::vector<Sha256Hash>(path.rbegin(), path.rend());
}

absl::StatusOr<std::vector<Sha256Hash>> ConsistencyPath(uint64_t old_size,
                                                        uint64_t new_size,
                                                        NodeReader node) {
  if (old_size > new_size) {
    return absl::OutOfRangeError(absl::StrCat(
        "a log of ", new_size, " commits cannot begin with ", old_size));
  }
  std::vector<Sha256Hash> path;
  if (old_size == 0 || old_size == new_size) return path;
  uint64_t begin = 0;
  uint64_t end = new_size;
  bool complete = true;  // [begin, end) began as a tree that the checker knows
  while (old_size != end) {
    const uint64_t middle = begin + SplitOf(end - begin);
    const bool left = old_size <= middle;
    ONRECORD_ASSIGN_OR_RETURN(
        const Sha256Hash sibling,
        left ? RangeRoot(middle, end, node) : RangeRoot(begin, middle, node));
    path.push_back(sibling);
    if (!left) complete = false;
    (left ? end : begin) = middle;
  }
  if (!complete) {
    ONRECORD_ASSIGN_OR_RETURN(const Sha256Hash rest,
                              RangeRoot(begin, end, node));
    path.push_back(rest);
  }
  return std::vector<Sha256Hash>(path.rbegin(), path.rend());
}

// The two checks follow RFC 9162, sections 2.1.3.2 and 2.1.4.2, which give the
// algorithms that RFC 6962 leaves to the reader.
absl::Status CheckInclusion(uint64_t leaf, const Sha256Hash& leaf_hash,
                            uint64_t size, const Sha256Hash& root,
                            absl::Span<const Sha256Hash> path) {
  if (leaf >= size) return NotProven("no such commit in the head");
  uint64_t fn = leaf;
  uint64_t sn = size - 1;
  Sha256Hash hash = leaf_hash;
  for (const Sha256Hash& sibling : path) {
    if (sn == 0) return NotProven("its path is too long");
    if ((fn & 1) != 0 || fn == sn) {
      hash = NodeHash(sibling, hash);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = NodeHash(hash, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return NotProven("its path is too short");
  if (hash != root) return NotProven("the root is another one");
  return absl::OkStatus();
}

absl::Status CheckConsistency(uint64_t old_size, const Sha256Hash& old_root,
                              uint64_t new_size, const Sha256Hash& new_root,
                              absl::Span<const Sha256Hash> path) {
  if (old_size > new_size) return NotProven("the old head is the larger one");
  if (old_size == new_size || old_size == 0) {
    if (!path.empty()) return NotProven("its path is too long");
    const Sha256Hash& expected = old_size == 0 ? EmptyRoot() : new_root;
    if (old_root != expected) return NotProven("the old root is another one");
    return absl::OkStatus();
  }
  std::vector<Sha256Hash> whole;
  if (IsPowerOfTwo(old_size)) whole.push_back(old_root);
  whole.insert(whole.end(), path.begin(), path.end());
  if (whole.empty()) return NotProven("its path is too short");
  uint64_t fn = old_size - 1;
  uint64_t sn = new_size - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  Sha256Hash fr = whole[0];
  Sha256Hash sr = whole[0];
  for (size_t i = 1; i < whole.size(); ++i) {
    if (sn == 0) return NotProven("its path is too long");
    if ((fn & 1) != 0 || fn == sn) {
      fr = NodeHash(whole[i], fr);
      sr = NodeHash(whole[i], sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = NodeHash(sr, whole[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return NotProven("its path is too short");
  if (fr != old_root) return NotProven("the old root is another one");
  if (sr != new_root) return NotProven("the new root is another one");
  return absl::OkStatus();
}

}  // namespace onrecord
