#include "tests/testing/arc.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <sstream>

#include "gtest/gtest.h"

namespace onrecord {
namespace testing {
namespace {

const google::protobuf::Value* Find(const JsonRow& row,
                                    const std::string& field) {
  const auto it = row.fields().find(field);
  return it == row.fields().end() ? nullptr : &it->second;
}

JsonRow ParseRow(const std::string& json) {
  JsonRow row;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &row);
  EXPECT_TRUE(status.ok()) << status.ToString() << json;
  return row;
}

std::vector<JsonRow> ReadRows(const std::string& path) {
  std::vector<JsonRow> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) rows.push_back(ParseRow(line));
  }
  return rows;
}

JsonRow ReadWhole(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return ParseRow(text.str());
}

void AddActors(Arc* arc) {
  for (const auto& actor :
       Find(arc->codebook, "actors")->list_value().values()) {
    const JsonRow& row = actor.struct_value();
    NewEvent introduced;
    introduced.mutable_actor_introduced()->set_actor_id(Text(row, "id"));
    introduced.mutable_actor_introduced()->set_name(Text(row, "name"));
    arc->events.push_back(introduced);
    for (const std::string& body : Texts(row, "memberOf")) {
      NewEvent member;
      member.mutable_membership_held()->set_actor_id(Text(row, "id"));
      member.mutable_membership_held()->set_member_of(body);
      arc->events.push_back(member);
    }
    for (const auto& role : Find(row, "roles")->list_value().values()) {
      NewEvent held;
      held.mutable_role_held()->set_actor_id(Text(row, "id"));
      Role* const to = held.mutable_role_held()->mutable_role();
      to->set_title(Text(role.struct_value(), "title"));
      to->set_of(Text(role.struct_value(), "of"));
      to->set_from(Text(role.struct_value(), "from"));
      to->set_to(Text(role.struct_value(), "to"));
      arc->events.push_back(held);
    }
  }
}

Statement MakeStatement(const JsonRow& row, const Arc& arc) {
  Statement statement;
  statement.set_id(Text(row, "id"));
  statement.set_article_id(Text(row, "doc_id"));
  statement.set_parent_id(Text(row, "parent"));
  statement.set_duplicate_of(Text(row, "duplicate_of"));
  statement.set_topic_id(Text(row, "topic"));
  statement.set_said_at(Text(row, "said_at"));
  statement.set_conditional(Flag(row, "conditional"));
  if (HasNumber(row, "stance")) statement.set_stance(Number(row, "stance"));
  const std::string speaker = Text(row, "speaker");
  if (speaker.rfind("unnamed", 0) == 0) {
    statement.mutable_speaker()->set_unnamed(true);
  } else if (!speaker.empty()) {
    statement.mutable_speaker()->set_actor_id(arc.ActorId(speaker));
  }
  return statement;
}

NewEvent MakeCorrection(const JsonRow& row, const Arc& arc) {
  const JsonRow& note = Part(row, "corrected_by");
  NewEvent event;
  if (Flag(note, "retracted")) {
    event.mutable_statement_retracted()->set_statement_id(Text(row, "id"));
    event.mutable_statement_retracted()->set_kind(PUBLISHER_CORRECTED);
    return event;
  }
  StatementCorrected* const corrected = event.mutable_statement_corrected();
  corrected->set_statement_id(Text(row, "id"));
  corrected->set_kind(PUBLISHER_CORRECTED);
  *corrected->mutable_corrected() = MakeStatement(row, arc);
  corrected->mutable_corrected()->set_stance(Number(note, "new_stance"));
  return event;
}

void AddArticles(Arc* arc) {
  for (const JsonRow& article : arc->articles) {
    const std::string id = Text(article, "id");
    for (const JsonRow& row : arc->statements) {
      if (Text(row, "doc_id") != id || Flag(row, "optional")) continue;
      NewEvent event;
      *event.mutable_statement_recorded()->mutable_statement() =
          MakeStatement(row, *arc);
      arc->events.push_back(event);
    }
    for (const JsonRow& row : arc->statements) {
      if (Text(Part(row, "corrected_by"), "doc_id") == id &&
          !Flag(row, "optional")) {
        arc->events.push_back(MakeCorrection(row, *arc));
      }
    }
    arc->events_up_to[id] = arc->events.size();
  }
}

}  // namespace

std::string Text(const JsonRow& row, const std::string& field) {
  const google::protobuf::Value* const value = Find(row, field);
  return value == nullptr ? "" : value->string_value();
}

bool Flag(const JsonRow& row, const std::string& field) {
  const google::protobuf::Value* const value = Find(row, field);
  return value != nullptr && value->bool_value();
}

bool HasNumber(const JsonRow& row, const std::string& field) {
  const google::protobuf::Value* const value = Find(row, field);
  return value != nullptr &&
         value->kind_case() == google::protobuf::Value::kNumberValue;
}

double Number(const JsonRow& row, const std::string& field) {
  return HasNumber(row, field) ? Find(row, field)->number_value() : 0;
}

const JsonRow& Part(const JsonRow& row, const std::string& field) {
  static const JsonRow* const kNone = new JsonRow;
  const google::protobuf::Value* const value = Find(row, field);
  return value != nullptr && value->has_struct_value() ? value->struct_value()
                                                       : *kNone;
}

std::vector<std::string> Texts(const JsonRow& row, const std::string& field) {
  std::vector<std::string> texts;
  const google::protobuf::Value* const value = Find(row, field);
  if (value == nullptr) return texts;
  for (const auto& one : value->list_value().values()) {
    texts.push_back(one.string_value());
  }
  return texts;
}

std::string Arc::ActorId(const std::string& name) const {
  for (const auto& actor : Find(codebook, "actors")->list_value().values()) {
    const JsonRow& row = actor.struct_value();
    if (Text(row, "name") == name) return Text(row, "id");
  }
  return "actor/" + name;
}

Arc ReadArc(const std::string& name) {
  const std::string folder = "tests/data/arcs/" + name + "/";
  Arc arc;
  arc.codebook = ReadWhole(folder + "codebook.json");
  arc.articles = ReadRows(folder + "articles.jsonl");
  arc.statements = ReadRows(folder + "statements.jsonl");
  arc.shifts = ReadRows(folder + "shifts.jsonl");
  arc.not_shifts = ReadRows(folder + "not_shifts.jsonl");
  EXPECT_FALSE(arc.statements.empty()) << folder;
  AddActors(&arc);
  AddArticles(&arc);
  return arc;
}

}  // namespace testing
}  // namespace onrecord
