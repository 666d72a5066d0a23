// The two hashes of stored bytes: a fast one against accidents, checked on
// every read, and SHA-256 against people.

#ifndef ONRECORD_STORAGE_HASH_H_
#define ONRECORD_STORAGE_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace onrecord {

inline constexpr size_t kSha256Bytes = 32;

// A SHA-256. Compares and copies as a value.
using Sha256Hash = std::array<char, kSha256Bytes>;

// XXH3, 64 bits, seed 0.
uint64_t Checksum(absl::string_view bytes);

// The SHA-256 of `parts`, one after the other.
Sha256Hash Sha256(absl::Span<const absl::string_view> parts);
inline Sha256Hash Sha256(std::initializer_list<absl::string_view> parts) {
  return Sha256(absl::MakeConstSpan(parts.begin(), parts.size()));
}

inline absl::string_view AsView(const Sha256Hash& hash) {
  return absl::string_view(hash.data(), hash.size());
}

// REQUIRES: `bytes` are 32.
Sha256Hash ToSha256Hash(absl::string_view bytes);

// In lower-case hexadecimal digits.
std::string ToHex(absl::string_view bytes);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_HASH_H_
