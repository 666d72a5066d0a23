#include "engine/report/export_data.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status GatherTexts(Timeline& timeline, ExportData& data) {
  for (const auto& [id, article] : data.articles) {
    absl::StatusOr<std::string> text =
        timeline.log()->GetText(absl::HexStringToBytes(article.text_sha256()));
    if (text.ok()) {
      data.texts[id] = *std::move(text);
    } else if (!absl::IsNotFound(text.status())) {
      return text.status();
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ExportData> GatherExport(Timeline& timeline,
                                        const PositionQuery& query) {
  PositionQuery now = query;
  now.known_at = std::min(query.known_at, timeline.log()->last_log_position());
  ExportData data;
  ONRECORD_ASSIGN_OR_RETURN(data.positions, timeline.Positions(now));
  ONRECORD_ASSIGN_OR_RETURN(data.edges, timeline.Network(now, std::nullopt));
  StatementQuery all;
  all.known_at = now.known_at;
  ONRECORD_ASSIGN_OR_RETURN(std::vector<StatementRow> statements,
                            timeline.Statements(all));
  for (StatementRow& row : statements) {
    data.statements[row.statement_id()] = std::move(row);
  }
  ONRECORD_ASSIGN_OR_RETURN(std::vector<SourceRow> articles,
                            timeline.Articles(now.known_at));
  for (SourceRow& row : articles) data.articles[row.doc_id()] = std::move(row);
  ONRECORD_ASSIGN_OR_RETURN(std::vector<ActorRow> actors,
                            timeline.Actors(now.known_at));
  for (ActorRow& row : actors) data.actors[row.actor_id()] = std::move(row);
  ONRECORD_ASSIGN_OR_RETURN(std::vector<TopicRow> topics,
                            timeline.Topics(now.known_at));
  for (TopicRow& row : topics) data.topics[row.topic()] = std::move(row);
  ONRECORD_RETURN_IF_ERROR(GatherTexts(timeline, data));
  return data;
}

std::vector<const StatementRow*> Evidence(const ExportData& data) {
  std::vector<const StatementRow*> evidence;
  std::set<std::string> seen;
  for (const PositionRow& position : data.positions) {
    for (const std::string& id : position.evidence()) {
      const auto at = data.statements.find(id);
      if (at != data.statements.end() && seen.insert(id).second) {
        evidence.push_back(&at->second);
      }
    }
  }
  return evidence;
}

std::string ArticleUri(const ExportData& data, const std::string& article_id) {
  const auto at = data.articles.find(article_id);
  if (at != data.articles.end() &&
      (absl::StartsWith(at->second.url(), "https://") ||
       absl::StartsWith(at->second.url(), "http://"))) {
    return at->second.url();
  }
  return Urn("article", article_id);
}

std::string Urn(absl::string_view kind, absl::string_view id) {
  std::string urn = absl::StrCat("urn:x-onrecord:", kind, ":");
  for (const char c : id) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
        absl::StrContains("-._~/@", absl::string_view(&c, 1))) {
      urn += c;
    } else {
      absl::StrAppendFormat(&urn, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return urn;
}

}  // namespace onrecord
