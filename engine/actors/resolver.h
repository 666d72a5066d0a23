// Who is who: which actor of the directory each mention of an article is.

#ifndef ONRECORD_ENGINE_ACTORS_RESOLVER_H_
#define ONRECORD_ENGINE_ACTORS_RESOLVER_H_

#include <string>
#include <vector>

#include "engine/actors/directory.h"
#include "engine/extract/statement/extraction.h"
#include "proto/article.pb.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"

namespace onrecord {

// What one article adds to the log, besides the article itself.
struct ResolvedArticle {
  // What is new about actors and topics: streams `actor/…` and `topic/…`.
  std::vector<StreamAppend> actors;

  // The statements, in the order of the extraction, for the article's stream.
  std::vector<NewEvent> statements;
};

// Gives every entity of `extraction` that says, hears or relays something the
// actor of `directory` that it is, and introduces those that are new. What was
// decided, how, and how surely stands in the events; it is never guessed again.
//
// `directory` takes the new events in. An entity is looked for, most certain
// first, by its name, as a country, by its name in another order, by an office
// that only one actor of a near spelling held on the day of publication, and by
// its family name. One that several actors could be is left unknown, with the
// reason. An unnamed one never becomes an actor.
//
// `known_ids`, if not empty, has an entry for each entity: the id of the actor
// that it is known to be, or an empty string. Statements that have an id keep
// it.
ResolvedArticle Resolve(const Article& article,
                        const extract::Extraction& extraction,
                        Directory& directory,
                        const std::vector<std::string>& known_ids = {});

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_RESOLVER_H_
