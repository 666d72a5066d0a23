// Which actor of the directory a name or description means.

#ifndef ONRECORD_ENGINE_ACTORS_MATCHER_H_
#define ONRECORD_ENGINE_ACTORS_MATCHER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/actors/directory.h"
#include "engine/extract/statement/extraction.h"

namespace onrecord {

// What a mention was found to be.
struct Match {
  // Empty if nobody of the directory is meant, or several could be.
  std::string actor_id;

  // Between 0 and 1.
  double confidence = 0;

  // How it was decided, for a reader; empty if nothing was found at all.
  std::string reason;

  // Several actors could be meant: not to be introduced as a new one either.
  bool ambiguous = false;
};

// Finds who `entity` is. `day` is when the article came out, absent if unknown.
// The directory is not changed.
Match FindActor(const extract::Entity& entity, const Directory& directory,
                std::optional<absl::CivilDay> day);

// Finds who an unnamed `entity` with an office is ("the trade minister"): the
// only person of the directory who held that office on `day`, else the only one
// of `named_before`, whom the article names before it. Nobody if there are
// several or none.
Match FindOfficeHolder(const extract::Entity& entity,
                       const Directory& directory,
                       std::optional<absl::CivilDay> day,
                       const std::vector<const Actor*>& named_before);

// Finds whose government an unnamed `entity` is that is called just "the
// government": the only country in which those of `named_before` hold offices
// on `day`. None if there are several or none.
Match FindGovernment(const extract::Entity& entity, const Directory& directory,
                     std::optional<absl::CivilDay> day,
                     const std::vector<const Actor*>& named_before);

// Finds the body (organisation or country) that the words `text` mean:
// "Japanese government", "Tokyo", "the Liberal Democratic Party".
Match FindBody(absl::string_view text, const Directory& directory);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_MATCHER_H_
