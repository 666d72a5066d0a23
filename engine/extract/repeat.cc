#include "engine/extract/repeat.h"

#include <cstddef>
#include <utility>

namespace onrecord {
namespace extract {

void RepeatForOtherTopics(std::vector<Saying>* sayings,
                          std::vector<ExtractedStatement>* statements,
                          std::vector<TopicChoice>* choices) {
  std::vector<int> place;  // of each statement in the new lists
  std::vector<Saying> new_sayings;
  std::vector<ExtractedStatement> new_statements;
  std::vector<TopicChoice> new_choices;
  const auto add = [&](size_t i) {
    new_sayings.push_back((*sayings)[i]);
    new_statements.push_back((*statements)[i]);
    new_choices.push_back((*choices)[i]);
  };
  for (size_t i = 0; i < choices->size(); ++i) {
    place.push_back(static_cast<int>(new_choices.size()));
    add(i);
    if ((*choices)[i].other < 0) continue;
    add(i);
    std::swap(new_choices.back().topic, new_choices.back().other);
  }
  for (size_t i = 0; i < new_sayings.size(); ++i) {
    if (new_sayings[i].parent >= 0) {
      new_sayings[i].parent = place[new_sayings[i].parent];
    }
    if (new_statements[i].parent >= 0) {
      new_statements[i].parent = place[new_statements[i].parent];
    }
  }
  *sayings = std::move(new_sayings);
  *statements = std::move(new_statements);
  *choices = std::move(new_choices);
}

}  // namespace extract
}  // namespace onrecord
