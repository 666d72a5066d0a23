// Histories at random: statements, corrections, merges, roles, in any order.

#ifndef ONRECORD_TESTS_ENGINE_PROJECTIONS_RANDOM_HISTORY_H_
#define ONRECORD_TESTS_ENGINE_PROJECTIONS_RANDOM_HISTORY_H_

#include <cstdint>
#include <random>
#include <string>

#include "proto/event.pb.h"

namespace onrecord {
namespace testing {

// Makes one event after the other; the same seed gives the same ones.
class RandomHistory {
 public:
  struct Shape {
    int actors = 6;
    int topics = 3;
    int days = 30;

    // Of a hundred events, how many are about actors and topics, and how many
    // correct or retract. The rest are statements.
    int directory = 15;
    int corrections = 20;
  };

  RandomHistory(uint32_t seed, const Shape& shape)
      : random_(seed), shape_(shape) {}

  NewEvent Next();

  std::string Actor(int i) const { return "actor/" + std::to_string(i); }
  std::string Topic(int i) const { return "topic-" + std::to_string(i); }

 private:
  int Below(int n) { return static_cast<int>(random_() % n); }
  bool Chance(int of_hundred) { return Below(100) < of_hundred; }
  std::string AnyActor() { return Actor(Below(shape_.actors)); }
  std::string AnyTopic() { return Topic(Below(shape_.topics)); }
  std::string AnyStatement();
  std::string AnyDay();
  std::string Somebody() { return Chance(30) ? "analyst" : ""; }

  Statement MakeStatement(const std::string& id);
  NewEvent Correction();
  NewEvent Directory();

  // The same numbers on every machine, unlike a distribution of the library.
  std::mt19937 random_;
  const Shape shape_;
  int statements_ = 0;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_PROJECTIONS_RANDOM_HISTORY_H_
