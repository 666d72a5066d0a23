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

void LeafHasher::Add(std::vector<EncodedBlock> blocks) {
  for (const EncodedBlock& block : blocks) {
    collected_.bytes += block.bytes.size();
  }
  collected_.commits.push_back(std::move(blocks));
  if (collected_.bytes >= kLoadBytes) HandOver();
}

void LeafHasher::HandOver() {
  if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  MutexLock lock(&mu_);
  while (queued_bytes_ > kMaxQueuedBytes) changed_.Wait(&mu_);
  queued_bytes_ += collected_.bytes;
  queue_.push_back(std::move(collected_));
  collected_ = Load();
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
  std::vector<absl::string_view> parts;
  for (const std::vector<EncodedBlock>& commit : load.commits) {
    parts.clear();
    for (const EncodedBlock& block : commit) {
      parts.push_back(LeafPart(block.bytes));
    }
    tree_->Add(LeafHash(parts));
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
    queued_bytes_ -= load.bytes;
    changed_.SignalAll();
  }
}

}  // namespace onrecord
