// Which of a person's names is the family's.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_NAME_ORDER_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_NAME_ORDER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// Returns `name` with the given name first, as news in English writes Japanese
// names: "Kenji Tanaka" for "Tanaka Kenji". Only two words are turned round,
// the first of which is one of the commonest Japanese family names, the second
// none but spelled in Japanese syllables; other names are returned as they are.
// Chinese and Korean names stand in news in English as they do at home, so they
// stay. Thread-safe.
std::string GivenNameFirst(absl::string_view name);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_NAME_ORDER_H_
