#include "engine/cli/question.h"

#include <CLI/CLI.hpp>

#include "engine/cli/flags.h"
#include "engine/edtf.h"
#include "engine/known_at.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

template <typename Query>
absl::StatusOr<Query> QueryOf(const Question& question, EventLog& log) {
  Query query;
  query.actor_id = question.actor;
  query.topic_id = question.topic;
  if (!question.as_of.empty()) query.as_of = *ParseDay(question.as_of);
  ONRECORD_ASSIGN_OR_RETURN(query.known_at,
                            ParseKnownAt(question.known_at, "--known-at", log));
  return query;
}

}  // namespace

void DeclareQuestion(CLI::App& app, Rollup rollup, Question& question) {
  app.add_option("--actor", question.actor, "Only this actor")
      ->type_name("NAME|ID");
  app.add_option("--topic", question.topic, "Only this topic")
      ->type_name("NAME|ID");
  app.add_option("--as-of", question.as_of, "As the world was on this day")
      ->check(IsDay());
  app.add_option("--known-at", question.known_at,
                 "As it was known then: a day, a time, or a log position")
      ->type_name("TIME|N");
  if (rollup == Rollup::kOffered) {
    app.add_flag("--rollup", question.rollup,
                 "Count members and office-holders for their body");
  }
}

absl::StatusOr<PositionQuery> PositionQueryOf(const Question& question,
                                              EventLog& log) {
  ONRECORD_ASSIGN_OR_RETURN(PositionQuery query,
                            QueryOf<PositionQuery>(question, log));
  query.rollup = question.rollup;
  return query;
}

absl::StatusOr<StatementQuery> StatementQueryOf(const Question& question,
                                                EventLog& log) {
  return QueryOf<StatementQuery>(question, log);
}

}  // namespace onrecord
