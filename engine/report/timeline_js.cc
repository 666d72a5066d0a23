#include "engine/report/timeline_js.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "engine/projections/day.h"
#include "engine/report/json_value.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

std::string Html(const std::string& text) {
  return absl::StrReplaceAll(Printable(text), {{"&", "&amp;"},
                                               {"<", "&lt;"},
                                               {">", "&gt;"},
                                               {"\"", "&quot;"},
                                               {"'", "&#39;"}});
}

JsonObject DateOf(DayNumber day) {
  const absl::CivilDay civil = ToCivilDay(day);
  return JsonObject()
      .Add("year", static_cast<double>(civil.year()))
      .Add("month", static_cast<double>(civil.month()))
      .Add("day", static_cast<double>(civil.day()));
}

std::string SourceOf(const ExportData& data, const PositionRow& row) {
  if (row.evidence().empty()) return "";
  const auto statement = data.statements.find(row.evidence(0));
  if (statement == data.statements.end()) return "";
  const auto article = data.articles.find(statement->second.doc_id());
  if (article == data.articles.end()) return "";
  return absl::StrCat(article->second.title(), " ", article->second.publisher(),
                      " ", article->second.published());
}

JsonObject EventOf(const ExportData& data, const PositionRow& row,
                   DayNumber from) {
  JsonObject event;
  event.Add("start_date", DateOf(from));
  const DayNumber to = ParseDayRange(row.to()).first;
  if (to != kUndated) event.Add("end_date", DateOf(to));
  return event
      .Add("text",
           JsonObject()
               .Add("headline",
                    Html(absl::StrCat(row.actor_name(), ": ", row.label(), ", ",
                                      row.topic_name())))
               .Add("text", absl::StrCat("<p>", Html(row.text()), "</p><p>",
                                         Html(SourceOf(data, row)), "</p>")))
      .Add("group", Html(row.actor_name()));
}

}  // namespace

void WriteTimelineJs(const ExportData& data, std::ostream& out) {
  std::vector<JsonObject> events;
  for (const PositionRow& row : data.positions) {
    const DayNumber from = ParseDayRange(row.from()).first;
    if (from == kUndated) continue;
    JsonObject event = EventOf(data, row, from);
    events.push_back(
        event.Add("unique_id", absl::StrCat("position-", events.size() + 1)));
  }
  const JsonObject title = JsonObject().Add(
      "text", JsonObject()
                  .Add("headline", "Who stood where, when")
                  .Add("text", absl::StrCat(events.size(), " positions")));
  out << JsonObject().Add("title", title).Add("events", events).ToString()
      << "\n";
}

}  // namespace onrecord
