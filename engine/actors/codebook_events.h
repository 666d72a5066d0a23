// A codebook as events.

#ifndef ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_
#define ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_

#include <map>
#include <string>
#include <vector>

#include "engine/actors/directory.h"
#include "proto/codebook.pb.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"

namespace onrecord {

// The last definition of each topic.
using TopicsById = std::map<std::string, TopicFact>;

// Returns what `codebook` says that neither `directory` nor `known_topics` has:
// actors, aliases, roles and memberships, and topics that are new or differ.
// Empty if it says nothing new. `directory` takes the new events in.
std::vector<StreamAppend> EventsOfCodebook(const Codebook& codebook,
                                           const TopicsById& known_topics,
                                           Directory& directory);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_CODEBOOK_EVENTS_H_
