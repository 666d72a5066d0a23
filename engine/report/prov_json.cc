#include "engine/report/prov_json.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/report/json_value.h"
#include "engine/version.h"

namespace onrecord {
namespace {

// A qualified name of our namespace. Its local part is a URN's, so that no
// character of an id needs an escape of its own.
std::string Name(absl::string_view kind, absl::string_view id) {
  return absl::StrCat("or:",
                      Urn(kind, id).substr(sizeof("urn:x-onrecord:") - 1));
}

JsonObject Typed(absl::string_view type) {
  return JsonObject()
      .Add("$", absl::StrCat("prov:", type))
      .Add("type", "prov:QUALIFIED_NAME");
}

// Relations of one kind, each under an identifier of its own.
class Relations {
 public:
  Relations(std::string prefix, std::string first, std::string second)
      : prefix_(std::move(prefix)),
        first_(std::move(first)),
        second_(std::move(second)) {}

  void Add(absl::string_view first, absl::string_view second) {
    object_.Add(absl::StrCat("_:", prefix_, ++count_),
                JsonObject().Add(first_, first).Add(second_, second));
  }

  const JsonObject& object() const { return object_; }

 private:
  const std::string prefix_;
  const std::string first_;
  const std::string second_;
  int count_ = 0;
  JsonObject object_;
};

struct Document {
  JsonObject entities;
  JsonObject agents;
  Relations derived{"d", "prov:generatedEntity", "prov:usedEntity"};
  Relations generated{"g", "prov:entity", "prov:activity"};
  Relations attributed{"a", "prov:entity", "prov:agent"};
  std::set<std::string> seen;
};

void AddArticle(const ExportData& data, const std::string& id,
                Document& document) {
  if (!document.seen.insert(Name("article", id)).second) return;
  JsonObject entity;
  entity.Add("prov:location", ArticleUri(data, id));
  const auto row = data.articles.find(id);
  if (row != data.articles.end()) {
    entity.AddIfAny("prov:label", row->second.title())
        .AddIfAny("or:published", row->second.published())
        .AddIfAny("or:sha256", row->second.text_sha256());
  }
  document.entities.Add(Name("article", id), entity);
}

void AddAgent(const std::string& id, const std::string& name, bool is_person,
              Document& document) {
  if (!document.seen.insert(Name("actor", id)).second) return;
  document.agents.Add(
      Name("actor", id),
      JsonObject()
          .Add("prov:type", Typed(is_person ? "Person" : "Organization"))
          .Add("prov:label", name.empty() ? id : name));
}

bool IsPerson(const ExportData& data, const std::string& id) {
  const auto actor = data.actors.find(id);
  return actor == data.actors.end() || actor->second.kind() == "person" ||
         actor->second.kind().empty();
}

void AddStatement(const ExportData& data, const StatementRow& row,
                  Document& document) {
  const std::string name = Name("statement", row.statement_id());
  document.entities.Add(name, JsonObject()
                                  .AddIfAny("prov:value", row.text())
                                  .AddIfAny("or:saidAt", row.said_at())
                                  .Add("or:confidence", row.confidence()));
  AddArticle(data, row.doc_id(), document);
  document.derived.Add(name, Name("article", row.doc_id()));
  document.generated.Add(name, "or:extraction");
  const MentionRow& speaker = row.speaker();
  if (speaker.actor_id().empty()) return;
  AddAgent(speaker.actor_id(), speaker.actor_name(),
           IsPerson(data, speaker.actor_id()), document);
  document.attributed.Add(name, Name("actor", speaker.actor_id()));
}

void AddPosition(const ExportData& data, const PositionRow& row, size_t number,
                 Document& document) {
  const std::string name = Name(
      "position", absl::StrCat(row.actor_id(), "/", row.topic(), "/", number));
  document.entities.Add(name, JsonObject()
                                  .Add("prov:label", row.label())
                                  .Add("or:topic", row.topic())
                                  .Add("or:stance", row.stance())
                                  .AddIfAny("or:from", row.from())
                                  .AddIfAny("or:to", row.to()));
  document.generated.Add(name, "or:replay");
  AddAgent(row.actor_id(), row.actor_name(), IsPerson(data, row.actor_id()),
           document);
  document.attributed.Add(name, Name("actor", row.actor_id()));
  for (const std::string& id : row.evidence()) {
    if (data.statements.count(id) > 0) {
      document.derived.Add(name, Name("statement", id));
    }
  }
}

}  // namespace

void WriteProvJson(const ExportData& data, std::ostream& out) {
  Document document;
  for (const StatementRow* row : Evidence(data)) {
    AddStatement(data, *row, document);
  }
  for (size_t i = 0; i < data.positions.size(); ++i) {
    AddPosition(data, data.positions[i], i + 1, document);
  }
  const std::string software = "or:onrecord";
  document.agents.Add(
      software, JsonObject()
                    .Add("prov:type", Typed("SoftwareAgent"))
                    .Add("prov:label", absl::StrCat("OnRecord ", kVersion)));
  Relations associated("w", "prov:activity", "prov:agent");
  for (const char* activity : {"or:extraction", "or:replay"}) {
    associated.Add(activity, software);
  }
  out << JsonObject()
             .Add("prefix", JsonObject().Add("or", "urn:x-onrecord:"))
             .Add("entity", document.entities)
             .Add("activity", JsonObject()
                                  .Add("or:extraction", JsonObject())
                                  .Add("or:replay", JsonObject()))
             .Add("agent", document.agents)
             .Add("wasDerivedFrom", document.derived.object())
             .Add("wasGeneratedBy", document.generated.object())
             .Add("wasAttributedTo", document.attributed.object())
             .Add("wasAssociatedWith", associated.object())
             .ToString()
      << "\n";
}

}  // namespace onrecord
