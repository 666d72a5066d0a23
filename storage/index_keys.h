// Keys of the index, as storage/FORMAT.md lays them down.

#ifndef ONRECORD_STORAGE_INDEX_KEYS_H_
#define ONRECORD_STORAGE_INDEX_KEYS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace onrecord {

// What keys begin with.
inline constexpr char kCommitKey = 'c';
inline constexpr char kEventKey = 'e';
inline constexpr char kHeadKey = 'h';
inline constexpr char kKindKey = 'k';
inline constexpr char kMetaKey = 'm';
inline constexpr char kTileKey = 'n';
inline constexpr char kStreamKey = 's';
inline constexpr char kTextKey = 'x';

// XXH3 of a commit's or an event's id, 128 bits: the higher half first.
using IdHash = std::pair<uint64_t, uint64_t>;
IdHash HashId(absl::string_view id);

// `prefix` is kCommitKey or kEventKey.
std::string HashKey(char prefix, const IdHash& hash);
std::string NumberKey(char prefix, uint64_t number);

// `prefix` is kHeadKey or kTextKey.
std::string NameKey(char prefix, absl::string_view name);
std::string TileKey(int level, uint64_t index);

// What the keys of a stream's entries begin with; a first revision follows.
std::string StreamPrefix(absl::string_view stream);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_INDEX_KEYS_H_
