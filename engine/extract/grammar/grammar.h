// Verb groups and noun phrases of a document: the shallow grammar that the
// sieves and the names read.

#ifndef ONRECORD_ENGINE_EXTRACT_GRAMMAR_GRAMMAR_H_
#define ONRECORD_ENGINE_EXTRACT_GRAMMAR_GRAMMAR_H_

#include <cstdint>
#include <vector>

#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// A verb with its auxiliaries, negation and the adverbs between or directly
// before them: "did not immediately comment", "has repeatedly expressed".
struct VerbGroup {
  enum class Form : uint8_t {
    kFinite,      // has a tense or a modal
    kInfinitive,  // "to resist"; the range includes "to"
    kGerund,      // "saying", no auxiliary
    kParticiple,  // "asked", no auxiliary, not the past tense
  };
  TokenRange range;
  uint32_t head = 0;  // the main verb's token
  Form form = Form::kFinite;
  bool passive = false;
  bool negated = false;
  bool modal = false;  // will, would, could…
};

// A noun with what stands before it ("Japan's chief trade negotiator"), a
// pronoun, or a number. No prepositional phrase, no relative clause.
struct NounPhrase {
  TokenRange range;
  uint32_t head = 0;
};

// Thread-safe once made. Refers to the document, which must outlive it.
class Grammar {
 public:
  // Cost is linear in the number of tokens.
  explicit Grammar(const Document& document);

  const Document& document() const { return *document_; }

  // In order of the text. No two groups, and no two phrases, overlap.
  const std::vector<VerbGroup>& verb_groups() const { return verb_groups_; }
  const std::vector<NounPhrase>& noun_phrases() const { return noun_phrases_; }

  // The verb group or noun phrase that the token is part of; null for none.
  const VerbGroup* VerbGroupAt(uint32_t token) const;
  const NounPhrase* NounPhraseAt(uint32_t token) const;

  // The first group or phrase that begins at or after `token`, as an index;
  // the number of them if there is none.
  size_t FirstVerbGroupFrom(uint32_t token) const;
  size_t FirstNounPhraseFrom(uint32_t token) const;

  // True if a clause with a finite verb of its own starts at `token`: a noun
  // phrase, prepositional phrases, and a finite verb group, before `last`.
  bool StartsClause(uint32_t token, uint32_t last) const;

  // The phrase that starts at `token` together with what hangs on it: "of" and
  // other prepositional phrases, a name in apposition without comma, brackets.
  // Empty if no phrase starts there.
  TokenRange FullPhraseFrom(uint32_t token, uint32_t last) const;

 private:
  void FindVerbGroups(const Sentence& sentence);
  void FindNounPhrases(const Sentence& sentence);
  bool BeginsReducedClause(uint32_t first, uint32_t token,
                           const Sentence& sentence) const;

  // "van" in "Pieter van Aalst", whatever it is tagged.
  bool IsParticleOfName(uint32_t token, const Sentence& sentence) const;
  // `noun_head` is a token to take for the main verb; 0 for none.
  uint32_t AddVerbGroup(uint32_t first, uint32_t last, uint32_t noun_head);
  uint32_t AddNounPhrase(uint32_t first, uint32_t last);

  const Document* document_;
  std::vector<VerbGroup> verb_groups_;
  std::vector<NounPhrase> noun_phrases_;
  std::vector<int32_t> verb_group_at_;   // by token, -1 for none
  std::vector<int32_t> noun_phrase_at_;  // by token, -1 for none
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_GRAMMAR_GRAMMAR_H_
