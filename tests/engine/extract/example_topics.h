// A small codebook for tests of topics and stances.

#ifndef ONRECORD_TESTS_ENGINE_EXTRACT_EXAMPLE_TOPICS_H_
#define ONRECORD_TESTS_ENGINE_EXTRACT_EXAMPLE_TOPICS_H_

#include <string>
#include <utility>
#include <vector>

#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

inline Topic MakeTopic(std::string id, std::string name,
                       std::string proposition,
                       const std::vector<std::string>& phrases) {
  Topic topic;
  topic.set_id(std::move(id));
  topic.set_name(std::move(name));
  topic.set_proposition(std::move(proposition));
  for (const std::string& phrase : phrases) topic.add_phrases(phrase);
  return topic;
}

// "ban": a thing is held back, and should go on being so. "aid" and "bridge":
// something should be done.
inline std::vector<Topic> ExampleTopics() {
  return {
      MakeTopic("ban", "The ban on timber imports",
                "Norland should keep its ban on timber imports.",
                {"import ban", "timber"}),
      MakeTopic("aid", "State aid for sawmills",
                "The state should compensate sawmills.",
                {"state aid", "compensate", "sawmill fund"}),
      MakeTopic("bridge", "The bridge over the sound",
                "Norland should build a bridge over the sound.",
                {"bridge", "crossing"}),
  };
}

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_EXTRACT_EXAMPLE_TOPICS_H_
