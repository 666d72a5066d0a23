// Ids for new actors.

#ifndef ONRECORD_ENGINE_ACTORS_ACTOR_ID_H_
#define ONRECORD_ENGINE_ACTORS_ACTOR_ID_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "proto/codebook.pb.h"

namespace onrecord {

// Returns an id for a new actor that says its kind and name, as
// "person/kenji-mori": with a number behind it if `is_taken`.
std::string NewActorId(Actor::Kind kind, absl::string_view name,
                       absl::FunctionRef<bool(const std::string&)> is_taken);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_ACTOR_ID_H_
