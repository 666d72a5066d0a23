#include "engine/report/schema_org.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/json_value.h"

namespace onrecord {
namespace {

// A Person, or an Organization of the kind that fits best.
JsonObject Agent(const ExportData& data, const std::string& id,
                 const std::string& name) {
  const auto actor = data.actors.find(id);
  const std::string kind =
      actor == data.actors.end() ? "person" : actor->second.kind();
  JsonObject agent;
  agent.Add("@type", kind == "person" || kind.empty() ? "Person"
                     : kind == "country"              ? "Country"
                                                      : "Organization");
  if (!id.empty()) agent.Add("@id", Urn("actor", id));
  return agent.Add("name", name.empty() ? id : name);
}

JsonObject ArticleOf(const ExportData& data, const std::string& id) {
  JsonObject article;
  article.Add("@type", "NewsArticle").Add("@id", ArticleUri(data, id));
  const auto row = data.articles.find(id);
  if (row == data.articles.end()) return article;
  article.AddIfAny("headline", row->second.title())
      .AddIfAny("datePublished", row->second.published())
      .AddIfAny("inLanguage", row->second.language());
  if (!row->second.publisher().empty()) {
    article.Add("publisher", JsonObject()
                                 .Add("@type", "Organization")
                                 .Add("name", row->second.publisher()));
  }
  return article;
}

JsonObject StatementOf(const ExportData& data, const StatementRow& row) {
  const bool own_words =
      row.kind() == Statement::DIRECT || row.kind() == Statement::MIXED;
  const MentionRow& speaker = row.speaker();
  JsonObject statement;
  statement.Add("@type", own_words ? "Quotation" : "Claim")
      .Add("@id", Urn("statement", row.statement_id()))
      .AddIfAny("text", row.text());
  if (!speaker.actor_name().empty() || !speaker.text().empty()) {
    const JsonObject agent = Agent(
        data, speaker.actor_id(),
        speaker.actor_name().empty() ? speaker.text() : speaker.actor_name());
    statement.Add(own_words ? "spokenByCharacter" : "author", agent);
  }
  statement.AddIfAny("dateCreated", row.said_at());
  if (!row.topic().empty()) {
    const auto topic = data.topics.find(row.topic());
    statement.Add("about", JsonObject()
                               .Add("@type", "Thing")
                               .Add("@id", Urn("topic", row.topic()))
                               .Add("name", topic == data.topics.end()
                                                ? row.topic()
                                                : topic->second.name()));
  }
  return statement.Add(own_words ? "isPartOf" : "appearance",
                       ArticleOf(data, row.doc_id()));
}

JsonObject ReviewOf(const ExportData& data, const PositionRow& row) {
  const auto topic = data.topics.find(row.topic());
  const std::string proposition =
      topic == data.topics.end() || topic->second.proposition().empty()
          ? row.topic_name()
          : topic->second.proposition();
  JsonObject review;
  review.Add("@type", "ClaimReview")
      .Add("@id", Urn("position", absl::StrCat(row.actor_id(), "/", row.topic(),
                                               "/", row.from())))
      .Add("claimReviewed", proposition)
      .Add("itemReviewed", JsonObject()
                               .Add("@type", "Claim")
                               .Add("@id", Urn("topic", row.topic()))
                               .Add("text", proposition))
      .Add("author", Agent(data, row.actor_id(), row.actor_name()))
      .Add("reviewAspect", "stance")
      .Add("reviewRating", JsonObject()
                               .Add("@type", "Rating")
                               .Add("ratingValue", row.stance())
                               .Add("worstRating", -1.0)
                               .Add("bestRating", 1.0)
                               .Add("alternateName", row.label()))
      .AddIfAny("datePublished", row.from());
  std::vector<JsonObject> grounds;
  for (const std::string& id : row.evidence()) {
    grounds.push_back(JsonObject().Add("@id", Urn("statement", id)));
  }
  return review.Add("citation", grounds);
}

}  // namespace

void WriteSchemaOrg(const ExportData& data, std::ostream& out) {
  std::vector<JsonObject> graph;
  for (const StatementRow* statement : Evidence(data)) {
    graph.push_back(StatementOf(data, *statement));
  }
  for (const PositionRow& position : data.positions) {
    if (position.to().empty()) graph.push_back(ReviewOf(data, position));
  }
  out << JsonObject()
             .Add("@context", "https://schema.org")
             .Add("@graph", graph)
             .ToString()
      << "\n";
}

}  // namespace onrecord
