// Words of one family under one key: "compensate" and "compensation".

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_WORD_FAMILY_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_WORD_FAMILY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// Returns what `word` has in common with the words formed like it, by taking
// off English endings: "inspector", "inspections" and "inspect" give
// "inspect", "suspension" and "suspend" give "suspend". The key is for
// comparing, not for reading: two words of one family give the same key, two
// that only look alike sometimes do. Takes any case. Thread-safe.
std::string WordFamily(absl::string_view word);

// Whether `lemma` says nothing about a topic: articles, pronouns,
// prepositions, auxiliaries, and words of speech and quantity that any text
// uses. Takes lower case. Thread-safe.
bool IsStopWord(absl::string_view lemma);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_WORD_FAMILY_H_
