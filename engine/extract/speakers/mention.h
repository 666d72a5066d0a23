// What one noun phrase says about whom it means.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_MENTION_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_MENTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/extract/grammar/grammar.h"
#include "engine/extract/speakers/role_words.h"
#include "engine/extract/statement/extraction.h"
#include "engine/extract/text/token_range.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

struct NounMention {
  enum class Form : uint8_t {
    kPronoun,      // "he", "it", "both sides", "each"
    kName,         // has a name, whatever else it has
    kDescription,  // "the minister", "two Dutch officials", "a new poll"
  };
  Form form = Form::kDescription;
  TokenRange range;  // the whole phrase

  // The name without title, article and possessive; for a country the table's
  // name ("Japan" for "Tokyo" and "the Japanese government"). For a
  // description its words without article; for a pronoun the lower-case word.
  std::string name;

  // The words of the text that are the name. Empty for other forms.
  TokenRange name_range;

  Actor::Kind kind = Actor::KIND_UNSPECIFIED;
  bool kind_sure = false;  // the words say so; else a guess

  std::vector<Entity::Office> offices;

  // What the mention calls its bearer, as lemmas: "lobby", "ministry".
  std::vector<std::string> descriptors;

  // An acronym in brackets: "APS". Empty if none.
  std::string acronym;

  // Whose, in the text's own words: "Japanese", "Lumora", "its". Empty if not
  // said.
  std::string of;

  // The main noun's lemma, for a description.
  std::string head;

  bool definite = false;  // "the", "this", "its"
  bool plural = false;
  bool spokesperson = false;  // speaks for `of`
  Gender gender = Gender::kUnknown;
};

// Reads the phrase `range`: a noun phrase with its apposition, brackets and
// relative pronoun. REQUIRES: not empty.
NounMention ReadMention(const Grammar& grammar, TokenRange range);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_MENTION_H_
