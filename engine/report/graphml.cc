#include "engine/report/graphml.h"

#include <map>
#include <string>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

// `text` as the content of an element or an attribute. What XML 1.0 cannot
// hold, control characters above all, becomes U+FFFD.
std::string Xml(const std::string& text) {
  return absl::StrReplaceAll(Printable(text), {{"&", "&amp;"},
                                               {"<", "&lt;"},
                                               {">", "&gt;"},
                                               {"\"", "&quot;"},
                                               {"'", "&apos;"}});
}

struct Key {
  const char* id;
  const char* of;
  const char* name;
  const char* type;
};

constexpr Key kKeys[] = {{"label", "node", "label", "string"},
                         {"actor", "node", "actor", "string"},
                         {"kind", "node", "kind", "string"},
                         {"congruence", "edge", "congruence", "int"},
                         {"conflict", "edge", "conflict", "int"},
                         {"weight", "edge", "weight", "double"},
                         {"agree", "edge", "agree_on", "string"},
                         {"disagree", "edge", "conflict_on", "string"}};

void WriteData(const char* key, const std::string& value, std::ostream& out) {
  out << "<data key=\"" << key << "\">" << Xml(value) << "</data>";
}

}  // namespace

void WriteGraphMl(const ExportData& data, std::ostream& out) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const Key& key : kKeys) {
    out << "  <key id=\"" << key.id << "\" for=\"" << key.of
        << "\" attr.name=\"" << key.name << "\" attr.type=\"" << key.type
        << "\"/>\n";
  }
  out << "  <graph id=\"positions\" edgedefault=\"undirected\">\n";
  std::map<std::string, std::string> names;
  for (const PositionRow& row : data.positions) {
    names[row.actor_id()] = row.actor_name();
  }
  for (const EdgeRow& row : data.edges) {
    names[row.actor_a()] = row.actor_a_name();
    names[row.actor_b()] = row.actor_b_name();
  }
  // Ids of nodes are NMTOKENs, which those of actors need not be.
  std::map<std::string, size_t> numbers;
  for (const auto& [id, name] : names) {
    numbers.emplace(id, numbers.size());
    const auto actor = data.actors.find(id);
    out << "    <node id=\"n" << numbers[id] << "\">";
    WriteData("label", name, out);
    WriteData("actor", id, out);
    WriteData("kind", actor == data.actors.end() ? "" : actor->second.kind(),
              out);
    out << "</node>\n";
  }
  size_t edges = 0;
  for (const EdgeRow& row : data.edges) {
    out << "    <edge id=\"e" << edges++ << "\" source=\"n"
        << numbers[row.actor_a()] << "\" target=\"n" << numbers[row.actor_b()]
        << "\">";
    WriteData("congruence", std::to_string(row.congruent_size()), out);
    WriteData("conflict", std::to_string(row.conflicting_size()), out);
    WriteData("weight",
              std::to_string(row.congruent_size() - row.conflicting_size()),
              out);
    WriteData("agree", absl::StrJoin(row.congruent(), " "), out);
    WriteData("disagree", absl::StrJoin(row.conflicting(), " "), out);
    out << "</edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
}

}  // namespace onrecord
