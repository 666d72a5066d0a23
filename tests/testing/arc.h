// An annotated story: articles, what they report, and what follows from it.

#ifndef ONRECORD_TESTS_TESTING_ARC_H_
#define ONRECORD_TESTS_TESTING_ARC_H_

#include <google/protobuf/struct.pb.h>

#include <map>
#include <string>
#include <vector>

#include "proto/event.pb.h"

namespace onrecord {
namespace testing {

// One line of a file of JSON lines.
using JsonRow = google::protobuf::Struct;

// The string in `field` of `row`; empty if there is none, or null.
std::string Text(const JsonRow& row, const std::string& field);
bool Flag(const JsonRow& row, const std::string& field);
bool HasNumber(const JsonRow& row, const std::string& field);
double Number(const JsonRow& row, const std::string& field);
const JsonRow& Part(const JsonRow& row, const std::string& field);
std::vector<std::string> Texts(const JsonRow& row, const std::string& field);

// A story of tests/data/arcs: its rows, and the events that record it by hand,
// without extraction: the codebook's actors, then article after article its
// statements and corrections.
struct Arc {
  JsonRow codebook;
  std::vector<JsonRow> articles;
  std::vector<JsonRow> statements;
  std::vector<JsonRow> shifts;
  std::vector<JsonRow> not_shifts;

  // Position in `events` behind the last event of each article.
  std::vector<NewEvent> events;
  std::map<std::string, size_t> events_up_to;

  // The id under which an actor's name is recorded.
  std::string ActorId(const std::string& name) const;
};

// Fails the test if the files do not read.
Arc ReadArc(const std::string& name);

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_ARC_H_
