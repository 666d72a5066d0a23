// What extraction gives: who an article names, and what they are reported to
// have said. Pure data; nothing here knows the directory of actors.

#ifndef ONRECORD_ENGINE_EXTRACT_STATEMENT_EXTRACTION_H_
#define ONRECORD_ENGINE_EXTRACT_STATEMENT_EXTRACTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "proto/codebook.pb.h"
#include "proto/statement.pb.h"

namespace onrecord {
namespace extract {

// Somebody whom one article names or describes, however often and however
// spelled: "Anna Berg", "Berg", "She", "the trade minister".
struct Entity {
  // The fullest name, titles and articles stripped: "Anna Berg". For one
  // without a name, the description: "current and former Japanese officials".
  std::string name;
  Actor::Kind kind = Actor::KIND_UNSPECIFIED;

  // The text keeps the name back. Such an entity never becomes an actor.
  bool unnamed = false;

  // Other names in the text, in order of appearance, no pronouns.
  std::vector<std::string> aliases;

  // Aliases that are joined only because they are near spellings of the name
  // in the same role, and want a person's eye. A subset of `aliases`.
  std::vector<std::string> doubtful_aliases;

  // Offices that the text gives: title, and whose in the text's own words
  // ("Finance Minister", "Japanese").
  struct Office {
    std::string title;
    std::string of;
    uint32_t begin = 0;  // bytes of the text that say so
    uint32_t end = 0;
  };
  std::vector<Office> offices;

  // The body that an unnamed speaker speaks from, in the text's own words
  // ("Japanese government"). Empty if unknown.
  std::string member_of;

  // Where the text first names it: bytes.
  uint32_t begin = 0;
  uint32_t end = 0;
};

// A statement whose mentions are entities. In `statement`, `id`, `parent_id`
// and the mentions' `actor_id` are empty: resolution fills them.
struct ExtractedStatement {
  Statement statement;

  // Indices into Extraction::entities; -1 for none.
  int speaker = -1;
  int addressee = -1;
  int relayed_by = -1;

  // Further speakers of the same words ("both sides", "A and B said").
  std::vector<int> joint_speakers;

  // Index into Extraction::statements of the one it was reported within; -1 at
  // the top level.
  int parent = -1;
};

struct Extraction {
  std::vector<Entity> entities;

  // In order of the text (first byte of content, else of cue; parents first).
  std::vector<ExtractedStatement> statements;

  // Topics that the engine found because no codebook lists any.
  std::vector<Topic> found_topics;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STATEMENT_EXTRACTION_H_
