// Names of places that everybody knows.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_PLACE_NAMES_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_PLACE_NAMES_H_

#include <cstdint>

namespace onrecord {
namespace extract {

enum class PlaceKind : uint8_t {
  kNone,
  kCountry,    // "Japan"; of names of several words, their last
  kCity,       // "Tokyo": capitals, and seats of the bodies of many states
  kOfCountry,  // "Japanese"
};

// Takes the hash of a lower-case word (see HashLower). Thread-safe.
PlaceKind PlaceKindOf(uint64_t lower);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_PLACE_NAMES_H_
