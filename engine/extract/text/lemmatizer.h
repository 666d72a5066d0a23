// Gives the dictionary form of a word.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_LEMMATIZER_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_LEMMATIZER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "engine/extract/text/token.h"

namespace onrecord {
namespace extract {

// Returns the lower-case dictionary form of `word`, used as `tag`: "said" as
// kVBD is "say", "n't" is "not", "them" is "they". Names keep their form but
// for the case, and a curly apostrophe becomes a straight one. Thread-safe.
std::string Lemmatize(absl::string_view word, Tag tag);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_LEMMATIZER_H_
