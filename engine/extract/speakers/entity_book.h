// Who an article names: entities, found again under every form of their names.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_ENTITY_BOOK_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_ENTITY_BOOK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/extract/grammar/grammar.h"
#include "engine/extract/speakers/mention.h"
#include "engine/extract/statement/extraction.h"

namespace onrecord {
namespace extract {

// An entity with what telling it from others needs.
struct EntityRecord {
  Entity entity;
  bool kind_sure = false;
  Gender gender = Gender::kUnknown;
  bool plural = false;
  std::vector<std::string> descriptors;  // lemmas: "lobby", "minister"
  std::vector<std::string> words;        // NameWords of the fullest name
};

// The mentions of an article in the order of its text, and the entities that
// they are of. Thread-compatible.
class EntityBook {
 public:
  struct Event {
    int entity = 0;
    uint32_t token = 0;
    uint32_t sentence = 0;
    uint32_t paragraph = 0;
    bool subject = false;  // subject of a clause, or the source of a statement
  };

  explicit EntityBook(const Grammar& grammar);

  const std::vector<EntityRecord>& records() const { return records_; }
  EntityRecord& record(int entity) { return records_[entity]; }
  const std::vector<Event>& events() const { return events_; }

  // The entity that a mention by name is of; a new one if it is of none yet.
  int AddNamed(const NounMention& mention);

  // A new entity without a name, unless one of the same words and body stands.
  int AddUnnamed(const NounMention& mention, const std::string& member_of);

  // The entity with this name, without adding one; -1 if none.
  int FindByName(absl::string_view name) const;

  // Notes that `entity` is mentioned at `token`.
  void Note(int entity, uint32_t token, bool subject);

  // The last mention before `token` of an entity that `fits`: a subject within
  // the last few sentences first, else any. -1 for none. Looks back over a
  // bounded number of mentions.
  int LastBefore(uint32_t token, bool subjects_first,
                 const std::function<bool(const EntityRecord&)>& fits) const;

 private:
  int AddAgency(const NounMention& mention, absl::string_view name);
  int FindNamed(const NounMention& mention,
                const std::vector<std::string>& words);
  int FindNearSpelling(const NounMention& mention,
                       const std::vector<std::string>& words) const;
  int Create(const NounMention& mention);
  void Merge(const NounMention& mention, const std::vector<std::string>& words,
             int entity);
  void AddAlias(const std::string& alias, int entity);

  const Grammar& grammar_;
  std::vector<EntityRecord> records_;
  std::vector<Event> events_;
  absl::flat_hash_map<std::string, std::vector<int>> by_word_;
  absl::flat_hash_map<std::string, int> unnamed_;
  // Words that some longer name of the text ends or begins with: such a word
  // alone is not a misspelling of another name.
  absl::flat_hash_set<std::string> introduced_;
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_ENTITY_BOOK_H_
