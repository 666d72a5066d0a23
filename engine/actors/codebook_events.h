// A codebook as events.

#ifndef ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_
#define ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_

#include <vector>

#include "engine/actors/directory.h"
#include "proto/codebook.pb.h"
#include "storage/event_log.h"

namespace onrecord {

// Returns what `codebook` says that neither `directory` nor `known_topics` has:
// actors, aliases, roles and memberships, and topics that are new or differ.
// Empty if it says nothing new. `directory` takes the new events in.
std::vector<StreamAppend> EventsOfCodebook(
    const Codebook& codebook, const std::vector<Topic>& known_topics,
    Directory& directory);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_
