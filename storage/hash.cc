#include "storage/hash.h"

// The plain functions of one algorithm are a third faster on short inputs than
// EVP, which OpenSSL 3 would have instead.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <xxhash.h>

#include <cstring>

#include "absl/base/macros.h"
#include "absl/strings/escaping.h"

namespace onrecord {

uint64_t Checksum(absl::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

Sha256Hash Sha256(absl::Span<const absl::string_view> parts) {
  SHA256_CTX context;
  SHA256_Init(&context);
  for (const absl::string_view part : parts) {
    SHA256_Update(&context, part.data(), part.size());
  }
  Sha256Hash hash;
  SHA256_Final(reinterpret_cast<unsigned char*>(hash.data()), &context);
  return hash;
}

Sha256Hash ToSha256Hash(absl::string_view bytes) {
  ABSL_HARDENING_ASSERT(bytes.size() == kSha256Bytes);
  Sha256Hash hash;
  std::memcpy(hash.data(), bytes.data(), kSha256Bytes);
  return hash;
}

std::string ToHex(absl::string_view bytes) {
  return absl::BytesToHexString(bytes);
}

}  // namespace onrecord
