// Words for people and bodies: offices, trades, kinds of organisation.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_ROLE_WORDS_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_ROLE_WORDS_H_

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// All take a lemma or word in lower case. Thread-safe.

// "minister", "president", "negotiator", "lawmaker": an office or a trade that
// can stand before a person's name.
bool IsTitleWord(absl::string_view word);

// "mr", "dr", "sir": before a name, no office.
bool IsHonorific(absl::string_view word);

// Any word for people: titles, and "official", "resident", "critic", "people".
bool IsPersonWord(absl::string_view word);

// "spokesman": speaks for a body, which counts as the speaker.
bool IsSpokesperson(absl::string_view word);

// "ministry", "company", "association", "council": a kind of body.
bool IsBodyWord(absl::string_view word);

// A body that does business: "company", "automaker". Subset of IsBodyWord.
bool IsCompanyWord(absl::string_view word);

// A body of a state: "ministry", "parliament". Subset of IsBodyWord.
bool IsStateBodyWord(absl::string_view word);

// "government", "administration", "cabinet": the state itself.
bool IsGovernmentWord(absl::string_view word);

// "newspaper", "broadcaster", "times", "shimbun": part of a medium's name or a
// word for one.
bool IsMediaWord(absl::string_view word);

// "corp", "ltd", "gmbh": ends a company's name.
bool IsCompanySuffix(absl::string_view word);

// "van", "de", "bin": may stand in lower case inside a person's name.
bool IsNameParticle(absl::string_view word);

enum class Gender { kUnknown, kFemale, kMale };

// What a pronoun, an honorific or a word such as "chairwoman" says.
Gender GenderOf(absl::string_view word);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_ROLE_WORDS_H_
