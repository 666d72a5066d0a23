#include "storage/index_keys.h"

#include <xxhash.h>

#include "absl/strings/str_cat.h"
#include "storage/coding.h"

namespace onrecord {

IdHash HashId(absl::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return {hash.high64, hash.low64};
}

std::string HashKey(char prefix, const IdHash& hash) {
  std::string key(1, prefix);
  PutBigEndian64(hash.first, &key);
  PutBigEndian64(hash.second, &key);
  return key;
}

std::string NumberKey(char prefix, uint64_t number) {
  std::string key(1, prefix);
  PutBigEndian64(number, &key);
  return key;
}

std::string NameKey(char prefix, absl::string_view name) {
  return absl::StrCat(absl::string_view(&prefix, 1), name);
}

std::string TileKey(int level, uint64_t index) {
  std::string key{kTileKey, static_cast<char>(level)};
  PutBigEndian64(index, &key);
  return key;
}

std::string StreamPrefix(absl::string_view stream) {
  // Names hold no NUL, so no stream's keys lie among another's.
  return absl::StrCat(absl::string_view(&kStreamKey, 1), stream,
                      absl::string_view("\0", 1));
}

}  // namespace onrecord
