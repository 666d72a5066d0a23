// Hashes commits into the Merkle tree, beside the thread that appends them.

#ifndef ONRECORD_STORAGE_LEAF_HASHER_H_
#define ONRECORD_STORAGE_LEAF_HASHER_H_

#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/types/span.h"
#include "storage/block.h"
#include "storage/hash_tree.h"
#include "storage/mutex.h"

namespace onrecord {

// SHA-256 takes as long as all the rest of an append, and nothing waits for it
// until somebody asks for a head. So leaves are collected, and a thread of its
// own hashes them when there is enough to be worth waking it. What a crash
// finds unhashed is hashed again from the log.
//
// Thread-compatible. The tree may be used after Finish, until the next Add.
class LeafHasher {
 public:
  // `tree` must outlive it.
  explicit LeafHasher(HashTree* tree) : tree_(tree) {}
  ~LeafHasher();

  // Adds the commit whose blocks are `blocks`.
  void Add(absl::Span<const Block> blocks);

  // Returns when the tree has every commit.
  void Finish();

 private:
  // Leaves, one after the other, and where each ends.
  struct Load {
    std::string bytes;
    std::vector<size_t> ends;
  };

  void Hash(const Load& load);
  void HandOver();
  void Run();

  HashTree* const tree_;
  Load collected_;

  Mutex mu_;
  CondVar changed_;
  std::deque<Load> queue_ ABSL_GUARDED_BY(mu_);
  size_t queued_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  bool busy_ ABSL_GUARDED_BY(mu_) = false;
  bool closing_ ABSL_GUARDED_BY(mu_) = false;

  // Runs from the first load on. Only the owner's thread touches it.
  std::thread thread_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LEAF_HASHER_H_
