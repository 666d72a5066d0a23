// Whom a pronoun or a description means: "He", "the minister", "its
// chairwoman", "One of them", "both sides", "the government".

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_REFERENCES_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_REFERENCES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/extract/speakers/entity_book.h"
#include "engine/extract/speakers/mention.h"

namespace onrecord {
namespace extract {

struct Reference {
  int entity = -1;         // -1 if nobody can be said; `reason` then says why
  std::vector<int> joint;  // further entities meant by the same words
  std::string role;        // the office that the mention gives
  double confidence = 0;   // between 0 and 1
  std::string reason;      // how it was decided, for a reader
};

// Where a mention stands.
struct ReferenceContext {
  uint32_t token = 0;
  // The speaker of the words around it; -1 if it is not within reported words.
  int enclosing_speaker = -1;
  bool quoted = false;  // within quotation marks
};

// Resolves mentions in the order of the text. What is found is added to the
// book. Thread-hostile: one article, one thread. Refers to `book`.
class ReferenceResolver {
 public:
  explicit ReferenceResolver(EntityBook& book) : book_(book) {}

  Reference Resolve(const NounMention& mention,
                    const ReferenceContext& context);

 private:
  Reference Named(const NounMention& mention, const ReferenceContext& context);
  Reference Pronoun(const NounMention& mention,
                    const ReferenceContext& context);
  Reference Description(const NounMention& mention,
                        const ReferenceContext& context);
  Reference Pair(const ReferenceContext& context);
  Reference Government(const NounMention& mention,
                       const ReferenceContext& context);
  Reference Person(const NounMention& mention, const ReferenceContext& context);
  int LastPersonNear(const NounMention& mention,
                     const ReferenceContext& context) const;
  Reference Body(const NounMention& mention, const ReferenceContext& context);
  Reference Unnamed(const NounMention& mention,
                    const ReferenceContext& context);

  // Puts the body's name where an office is "its" or "his".
  void NameBodies(NounMention& mention, const ReferenceContext& context);

  // The entity that a possessive stands for: "its", "Japan", "Lumora".
  int Possessor(const std::string& of, const ReferenceContext& context,
                bool add);
  // The country that an entity belongs to; -1 if unknown. `mention` is where
  // the text speaks of it.
  int CountryOf(int entity, const NounMention& mention);
  int AddCountry(absl::string_view name, const NounMention& mention);

  EntityBook& book_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_REFERENCES_H_
