// Features of the learned models, as 64-bit hashes: no strings are built.

#ifndef ONRECORD_ENGINE_EXTRACT_MODELS_FEATURE_HASH_H_
#define ONRECORD_ENGINE_EXTRACT_MODELS_FEATURE_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// The models' files depend on these functions: they must never change.
inline constexpr uint64_t MixHash(uint64_t a, uint64_t b) {
  // Small numbers are common, so both are spread before they meet.
  a = (a + 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
  a ^= (a >> 32) ^ (b * 0x2545F4914F6CDD1Du);
  a *= 0xC4CEB9FE1A85EC53u;
  return a ^ (a >> 29);
}

// The hash of `text` with ASCII letters in lower case.
inline uint64_t HashLower(absl::string_view text) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const unsigned char lower = byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
    hash = (hash ^ lower) * 0x100000001B3u;
  }
  return MixHash(hash, text.size());
}

// The features of one decision. A feature is the number of its template and up
// to three values.
class FeatureList {
 public:
  static constexpr size_t kCapacity = 160;

  void Clear() { size_ = 0; }

  void Add(uint32_t feature_template, uint64_t a = 0) {
    Push(MixHash(feature_template, a));
  }
  void Add(uint32_t feature_template, uint64_t a, uint64_t b) {
    Push(MixHash(MixHash(feature_template, a), b));
  }
  void Add(uint32_t feature_template, uint64_t a, uint64_t b, uint64_t c) {
    Push(MixHash(MixHash(MixHash(feature_template, a), b), c));
  }

  const uint64_t* begin() const { return hashes_.data(); }
  const uint64_t* end() const { return hashes_.data() + size_; }
  size_t size() const { return size_; }

 private:
  // Features beyond the capacity are left out, the same ones always.
  void Push(uint64_t hash) {
    if (size_ < kCapacity) hashes_[size_++] = hash;
  }

  std::array<uint64_t, kCapacity> hashes_;
  size_t size_ = 0;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_MODELS_FEATURE_HASH_H_
