// Who speaks in each attribution, who is addressed, through whom it came.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPEAKERS_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPEAKERS_H_

#include <vector>

#include "engine/extract/grammar/grammar.h"
#include "engine/extract/speakers/entity_book.h"
#include "engine/extract/speakers/references.h"
#include "engine/extract/statement/finding.h"

namespace onrecord {
namespace extract {

struct Speakers {
  struct Roles {
    Reference speaker;
    Reference addressee;
    Reference relay;
    TokenRange relay_range;  // the words that name the relay
  };
  std::vector<EntityRecord> entities;
  std::vector<Roles> roles;  // one for each attribution
};

// Reads every name of the document in the order of the text, and resolves the
// sources, addressees and relays of `attributions` on the way. `parents` is
// what FindParents gave.
Speakers ResolveSpeakers(const Grammar& grammar,
                         const std::vector<Finding>& attributions,
                         const std::vector<int>& parents);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_SPEAKERS_H_
