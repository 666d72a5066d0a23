#include "storage/leaf_hasher.h"

#include <utility>

#include "absl/strings/string_view.h"
#include "storage/merkle_tree.h"

namespace onrecord {
namespace {

// What a load has at least, and what may wait to be hashed at most.
constexpr size_t kLoadBytes = 128 << 10;
constexpr size_t kMaxQueuedBytes = 8 << 20;

}  // namespace

LeafHasher::~LeafHasher() {
  {
    MutexLock lock(&mu_);
    closing_ = true;
    changed_.SignalAll();
  }
  if (thread_.joinable()) thread_.join();
}

void LeafHasher::Add(absl::Span<const Block> blocks) {
  for (const Block& block : blocks) {
    collected_.bytes.append(block.leaf_part().data(), block.leaf_part().size());
  }
  collected_.ends.push_back(collected_.bytes.size());
  if (collected_.bytes.size() >= kLoadBytes) HandOver();
}

void LeafHasher::HandOver() {
  if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  MutexLock lock(&mu_);
  while (queued_bytes_ > kMaxQueuedBytes) changed_.Wait(&mu_);
  queued_bytes_ += collected_.bytes.size();
  queue_.push_back(std::move(collected_));
  collected_ = Load();
  collected_.bytes.reserve(kLoadBytes + kLoadBytes / 4);
  changed_.SignalAll();
}

void LeafHasher::Finish() {
  {
    MutexLock lock(&mu_);
    while (busy_ || !queue_.empty()) changed_.Wait(&mu_);
  }
  Hash(collected_);
  collected_ = Load();
}

void LeafHasher::Hash(const Load& load) {
  const absl::string_view bytes = load.bytes;
  size_t begin = 0;
  for (const size_t end : load.ends) {
    const absl::string_view leaf = bytes.substr(begin, end - begin);
    tree_->Add(LeafHash({&leaf, 1}));
    begin = end;
  }
}

void LeafHasher::Run() {
  MutexLock lock(&mu_);
  while (true) {
    while (queue_.empty() && !closing_) changed_.Wait(&mu_);
    if (queue_.empty()) return;
    const Load load = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    mu_.Unlock();
    Hash(load);
    mu_.Lock();
    busy_ = false;
    queued_bytes_ -= load.bytes.size();
    changed_.SignalAll();
  }
}

}  // namespace onrecord
