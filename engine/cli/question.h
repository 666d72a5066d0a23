// The flags that say what to show, and the queries that they make.

#ifndef ONRECORD_ENGINE_CLI_QUESTION_H_
#define ONRECORD_ENGINE_CLI_QUESTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/positions.h"
#include "engine/projections/statements.h"
#include "engine/timeline.h"

namespace CLI {
class App;
}  // namespace CLI

namespace onrecord {

struct Question {
  std::string actor;
  std::string topic;
  std::string as_of;
  std::string known_at;
  bool rollup = false;
};

enum class Rollup { kOffered, kNone };

// Declares --actor, --topic, --as-of, --known-at and, if offered, --rollup on
// `app`. `question` must outlive the parsing.
void DeclareQuestion(CLI::App& app, Rollup rollup, Question& question);

// The queries of a question. Errors as ParseKnownAt of engine/known_at.h.
absl::StatusOr<PositionQuery> PositionQueryOf(const Question& question,
                                              EventLog& log);
absl::StatusOr<StatementQuery> StatementQueryOf(const Question& question,
                                                EventLog& log);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_QUESTION_H_
