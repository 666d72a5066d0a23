// Words that are written with a period without ending a sentence.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_ABBREVIATIONS_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_ABBREVIATIONS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

enum class Abbreviation : uint8_t {
  kNone,
  kBefore,    // stands before a name or number: "Sen.", "No.", a single initial
  kAnywhere,  // may stand last in a sentence: "Inc.", "a.m.", "U.S."
};

// Says what `word`, given with its last period, abbreviates.
Abbreviation AbbreviationOf(absl::string_view word);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_ABBREVIATIONS_H_
