// The people and bodies that rows of statements name, as entities.

#ifndef ONRECORD_ENGINE_ROW_ENTITIES_H_
#define ONRECORD_ENGINE_ROW_ENTITIES_H_

#include <map>
#include <string>
#include <vector>

#include "engine/extract/statement/extraction.h"
#include "proto/row.pb.h"
#include "proto/statement.pb.h"

namespace onrecord {

// Sets `to` to the range of `from`, a message with `begin` and `end`.
template <typename SpanLike>
void SetSpan(const SpanLike& from, Span& to) {
  to.set_begin(from.begin());
  to.set_end(from.end());
}

// Gathers the entities of one article's rows: one for each actor's id, or name
// (`actorName`, else `text`), or description of an unnamed one.
class RowEntities {
 public:
  // Returns the index of the entity that `row` names, and copies to `mention`
  // what the row says of it.
  int Add(const MentionRow& row, Mention& mention);

  const std::vector<extract::Entity>& entities() const { return entities_; }

  // For each entity the actor's id that its row gives; empty if none.
  const std::vector<std::string>& actor_ids() const { return actor_ids_; }

 private:
  std::vector<extract::Entity> entities_;
  std::vector<std::string> actor_ids_;
  std::map<std::string, int> indices_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ROW_ENTITIES_H_
