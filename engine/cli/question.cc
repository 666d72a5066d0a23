#include "engine/cli/question.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/cli/flags.h"
#include "engine/edtf.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The last log position that was recorded before `end`. Times never decrease
// along the log, so halving finds it.
absl::StatusOr<uint64_t> LastBefore(absl::Time end, EventLog& log) {
  uint64_t low = 0;
  uint64_t high = log.last_log_position();
  while (low < high) {
    const uint64_t middle = low + (high - low + 1) / 2;
    const std::unique_ptr<EventReader> reader = log.ReadLog(middle, {});
    ONRECORD_RETURN_IF_ERROR(reader->status());
    if (!reader->Valid()) return absl::DataLossError("the log has a gap");
    if (absl::FromUnixMicros(reader->event().recorded_time_us()) < end) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

template <typename Query>
absl::StatusOr<Query> QueryOf(const Question& question, EventLog& log) {
  Query query;
  query.actor_id = question.actor;
  query.topic_id = question.topic;
  if (!question.as_of.empty()) query.as_of = *ParseDay(question.as_of);
  ONRECORD_ASSIGN_OR_RETURN(query.known_at,
                            ParseKnownAt(question.known_at, log));
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

absl::StatusOr<uint64_t> ParseKnownAt(absl::string_view known_at,
                                      EventLog& log) {
  if (known_at.empty()) return kLatest;
  uint64_t position;
  if (absl::SimpleAtoi(known_at, &position)) {
    if (position <= log.last_log_position()) return position;
    return absl::OutOfRangeError(absl::StrCat("`--known-at` is ", position,
                                              ", but the log ends at ",
                                              log.last_log_position()));
  }
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, known_at, &time, &error)) {
    return LastBefore(time + absl::Microseconds(1), log);
  }
  const absl::StatusOr<absl::CivilDay> day = ParseDay(known_at);
  if (!day.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`--known-at` is \"", known_at,
        "\", expected a day, a time such as 2025-04-26T12:00:00Z, or a log "
        "position"));
  }
  return LastBefore(absl::FromCivil(*day + 1, absl::UTCTimeZone()), log);
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
