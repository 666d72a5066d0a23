// Names in a form in which different spellings of one name are equal.

#ifndef ONRECORD_ENGINE_ACTORS_NAME_KEY_H_
#define ONRECORD_ENGINE_ACTORS_NAME_KEY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Returns `name` in lower case, without accents, full stops, apostrophes and a
// leading "the", its words separated by one space: "The U.S." is "us", "Dániel
// Bárány" is "daniel barany", "Do-yun Han" is "do-yun han". Empty if nothing is
// left.
std::string NameKey(absl::string_view name);

// Returns the key with its words in alphabetical order, so that "Tanaka
// Kenji" and "Kenji Tanaka" are equal.
std::string UnorderedNameKey(absl::string_view key);

// Returns the last word of a key: of a person's name, the family name as most
// texts write it.
absl::string_view LastWord(absl::string_view key);

// Returns `name` as part of an id: "liberal-democratic-party".
std::string Slug(absl::string_view name);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_NAME_KEY_H_
