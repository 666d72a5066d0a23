#include "engine/serve/endpoint.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "engine/edtf.h"
#include "engine/known_at.h"
#include "engine/projections/positions.h"
#include "engine/projections/statements.h"
#include "engine/report/json_value.h"
#include "engine/report/rows.h"
#include "proto/row.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Rows = absl::StatusOr<std::vector<std::string>>;

std::string Get(const Parameters& parameters, const std::string& name) {
  const auto at = parameters.find(name);
  return at == parameters.end() ? "" : at->second;
}

absl::StatusOr<std::optional<absl::CivilDay>> GetDay(
    const Parameters& parameters, const std::string& name) {
  const std::string text = Get(parameters, name);
  std::optional<absl::CivilDay> day;
  if (text.empty()) return day;
  const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", name, "`: ", parsed.status().message()));
  }
  day = *parsed;
  return day;
}

template <typename Query>
absl::StatusOr<Query> QueryOf(const Parameters& parameters, uint64_t known_at) {
  Query query;
  query.actor_id = Get(parameters, "actor");
  query.topic_id = Get(parameters, "topic");
  ONRECORD_ASSIGN_OR_RETURN(query.as_of, GetDay(parameters, "as_of"));
  query.known_at = known_at;
  return query;
}

absl::StatusOr<PositionQuery> PositionsOf(const Parameters& parameters,
                                          uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(PositionQuery query,
                            QueryOf<PositionQuery>(parameters, known_at));
  query.rollup = Get(parameters, "rollup") == "true";
  return query;
}

template <typename Row>
Rows ToRows(const absl::StatusOr<std::vector<Row>>& rows) {
  ONRECORD_RETURN_IF_ERROR(rows.status());
  std::vector<std::string> json;
  for (const Row& row : *rows) json.push_back(ToJson(row));
  return json;
}

Rows AnswerPositions(Timeline& timeline, const Parameters& parameters,
                     uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const PositionQuery query,
                            PositionsOf(parameters, known_at));
  return ToRows(timeline.Positions(query));
}

Rows AnswerShifts(Timeline& timeline, const Parameters& parameters,
                  uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const PositionQuery query,
                            PositionsOf(parameters, known_at));
  return ToRows(timeline.Shifts(query));
}

Rows AnswerWhy(Timeline& timeline, const Parameters& parameters,
               uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const PositionQuery query,
                            PositionsOf(parameters, known_at));
  return ToRows(timeline.Why(query));
}

Rows AnswerDiff(Timeline& timeline, const Parameters& parameters,
                uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(PositionQuery before,
                            PositionsOf(parameters, known_at));
  PositionQuery after = before;
  ONRECORD_ASSIGN_OR_RETURN(before.as_of, GetDay(parameters, "from"));
  ONRECORD_ASSIGN_OR_RETURN(after.as_of, GetDay(parameters, "to"));
  if (parameters.count("known_from") > 0) {
    ONRECORD_ASSIGN_OR_RETURN(before.known_at,
                              ParseKnownAt(Get(parameters, "known_from"),
                                           "known_from", *timeline.log()));
  }
  return ToRows(timeline.Diff(before, after));
}

Rows AnswerNetwork(Timeline& timeline, const Parameters& parameters,
                   uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const PositionQuery query,
                            PositionsOf(parameters, known_at));
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> since,
                            GetDay(parameters, "since"));
  return ToRows(timeline.Network(query, since));
}

Rows AnswerStatements(Timeline& timeline, const Parameters& parameters,
                      uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(StatementQuery query,
                            QueryOf<StatementQuery>(parameters, known_at));
  query.article_id = Get(parameters, "article");
  return ToRows(timeline.Statements(query));
}

Rows AnswerActors(Timeline& timeline, const Parameters&, uint64_t known_at) {
  return ToRows(timeline.Actors(known_at));
}

Rows AnswerTopics(Timeline& timeline, const Parameters&, uint64_t known_at) {
  return ToRows(timeline.Topics(known_at));
}

Rows AnswerArticles(Timeline& timeline, const Parameters&, uint64_t known_at) {
  return ToRows(timeline.Articles(known_at));
}

const Parameter kActor{"actor", "Only this actor: an id or a name"};
const Parameter kTopic{"topic", "Only this topic: an id or a name"};
const Parameter kAsOf{"as_of", "As the world was on this day (2025-04-26)"};
const Parameter kKnownAt{
    "known_at",
    "As it was known then: a day, an RFC 3339 time, or a log position"};
const Parameter kRollup{"rollup",
                        "Count members and office-holders for their body",
                        /*required=*/false, /*is_flag=*/true};

// Refuses what `endpoint` does not take, and misses what it must have.
absl::Status CheckNames(const Endpoint& endpoint,
                        const Parameters& parameters) {
  for (const auto& [name, value] : parameters) {
    const auto known = std::find_if(
        endpoint.parameters.begin(), endpoint.parameters.end(),
        [&name = name](const Parameter& one) { return one.name == name; });
    if (known == endpoint.parameters.end()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "no parameter `", name, "`, expected ",
          absl::StrJoin(endpoint.parameters, ", ",
                        [](std::string* out, const Parameter& one) {
                          absl::StrAppend(out, one.name);
                        })));
    }
    if (known->is_flag && value != "true" && value != "false") {
      return absl::InvalidArgumentError(absl::StrCat(
          "`", name, "` is \"", value, "\", expected true or false"));
    }
  }
  for (const Parameter& parameter : endpoint.parameters) {
    if (parameter.required &&
        Get(parameters, std::string(parameter.name)).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", parameter.name, "` is missing"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<Endpoint>& Endpoints() {
  static const auto* const endpoints = new std::vector<Endpoint>{
      {"/api/positions",
       "Every actor's positions over time",
       {kActor, kTopic, kAsOf, kKnownAt, kRollup},
       PositionRow::descriptor(),
       AnswerPositions},
      {"/api/shifts",
       "Who changed position, when, and on which words",
       {kActor, kTopic, kAsOf, kKnownAt, kRollup},
       ShiftRow::descriptor(),
       AnswerShifts},
      {"/api/why",
       "The statements that a position rests on",
       {{"actor", "The actor: an id or a name", true},
        {"topic", "The topic: an id or a name", true},
        kAsOf,
        kKnownAt,
        kRollup},
       GroundRow::descriptor(),
       AnswerWhy},
      {"/api/diff",
       "What is held otherwise between two days or two states of knowledge",
       {kActor,
        kTopic,
        {"from", "The earlier day"},
        {"to", "The later day"},
        {"known_from", "What was known at the earlier point"},
        kKnownAt,
        kRollup},
       ChangeRow::descriptor(),
       AnswerDiff},
      {"/api/network",
       "Who agrees and who conflicts with whom",
       {kActor,
        kTopic,
        {"since", "First day of the period"},
        kAsOf,
        kKnownAt,
        kRollup},
       EdgeRow::descriptor(),
       AnswerNetwork},
      {"/api/statements",
       "The recorded statements",
       {kActor,
        kTopic,
        {"article", "Only of this article: its id"},
        kAsOf,
        kKnownAt},
       StatementRow::descriptor(),
       AnswerStatements},
      {"/api/actors",
       "The directory of actors",
       {kKnownAt},
       ActorRow::descriptor(),
       AnswerActors},
      {"/api/topics",
       "The topics",
       {kKnownAt},
       TopicRow::descriptor(),
       AnswerTopics},
      {"/api/articles",
       "The articles",
       {kKnownAt},
       SourceRow::descriptor(),
       AnswerArticles},
  };
  return *endpoints;
}

absl::StatusOr<std::string> Answer(const Endpoint& endpoint, Timeline& timeline,
                                   const Parameters& parameters) {
  ONRECORD_RETURN_IF_ERROR(CheckNames(endpoint, parameters));
  ONRECORD_ASSIGN_OR_RETURN(
      uint64_t known_at,
      ParseKnownAt(Get(parameters, "known_at"), "known_at", *timeline.log()));
  known_at = std::min(known_at, timeline.log()->last_log_position());
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<std::string> rows,
                            endpoint.answer(timeline, parameters, known_at));
  const std::string head =
      JsonObject()
          .Add("logPosition", absl::StrCat(known_at))
          .AddIfAny("stale", timeline.Freshness().message())
          .ToString();
  return absl::StrCat(absl::string_view(head).substr(0, head.size() - 1),
                      ",\"rows\":[", absl::StrJoin(rows, ","), "]}\n");
}

}  // namespace onrecord
