// The streams of the log that things of the timeline stand in.

#ifndef ONRECORD_ENGINE_ACTORS_STREAMS_H_
#define ONRECORD_ENGINE_ACTORS_STREAMS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// An article and its statements.
inline std::string ArticleStream(absl::string_view article_id) {
  return absl::StrCat("article/", article_id);
}

// What is said of an actor: names, roles, memberships, merges into another.
inline std::string ActorStream(absl::string_view actor_id) {
  return absl::StrCat("actor/", actor_id);
}

// What is said of a topic.
inline std::string TopicStream(absl::string_view topic_id) {
  return absl::StrCat("topic/", topic_id);
}

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_STREAMS_H_
