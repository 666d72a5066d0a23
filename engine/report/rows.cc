#include "engine/report/rows.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/report/table.h"

namespace onrecord {
namespace {

using Cells = std::vector<std::string>;

std::string StanceText(bool has_stance, double stance) {
  if (!has_stance) return "";
  return absl::StrCat(stance > 0 ? "+" : "", stance);
}

// What to call a speaker: the actor, else the article's own words.
std::string SpeakerText(const MentionRow& speaker) {
  if (!speaker.actor_name().empty()) return speaker.actor_name();
  return speaker.text();
}

// Who spoke, where that is not the actor alone.
std::string SpokenBy(const PositionRow& row) {
  Cells names;
  bool others = false;
  for (const SpeakerRow& speaker : row.speakers()) {
    others = others || speaker.actor_name() != row.actor_name();
    names.push_back(speaker.actor_name());
  }
  return others ? absl::StrJoin(names, ", ") : "";
}

// Columns that say nothing are left out: of sources, where there is one for
// each row, and of members, where nobody spoke for another.
Table TableFor(const std::vector<PositionRow>& rows) {
  bool has_sources = false;
  bool has_members = false;
  for (const PositionRow& row : rows) {
    has_sources = has_sources || row.sources() > 1;
    has_members = has_members || !SpokenBy(row).empty();
  }
  std::vector<Table::Column> columns = {
      {"ACTOR", /*wraps=*/true},
      {"TOPIC", /*wraps=*/true},
      {"STANCE", /*wraps=*/false, Table::Tint::kStance},
      {"SINCE"},
      {"UNTIL"}};
  if (has_sources) columns.push_back({"SOURCES"});
  if (has_members) columns.push_back({"SPOKEN BY", /*wraps=*/true});
  columns.push_back({"WORDS", /*wraps=*/true});
  Table table(std::move(columns));
  for (const PositionRow& row : rows) {
    Cells cells = {row.actor_name(),
                   row.topic_name().empty() ? row.topic() : row.topic_name(),
                   row.label(), row.from(), row.to()};
    if (has_sources) cells.push_back(absl::StrCat(row.sources()));
    if (has_members) cells.push_back(SpokenBy(row));
    cells.push_back(row.text());
    table.AddRow(std::move(cells));
  }
  return table;
}

Table TableFor(const std::vector<StatementRow>& rows) {
  Table table({{"STATEMENT"},
               {"SAID"},
               {"SPEAKER", /*wraps=*/true},
               {"KIND"},
               {"TOPIC", /*wraps=*/true},
               {"STANCE", /*wraps=*/false, Table::Tint::kStance},
               {"WORDS", /*wraps=*/true}});
  for (const StatementRow& row : rows) {
    table.AddRow(
        {row.statement_id(), row.said_at(), SpeakerText(row.speaker()),
         absl::AsciiStrToLower(Statement::Kind_Name(row.kind())), row.topic(),
         StanceText(row.has_stance(), row.stance()),
         absl::StrCat(row.cue().text(), row.cue().text().empty() ? "" : ": ",
                      row.text())});
  }
  return table;
}

// A field of an article, and what it comes from.
std::string FieldText(const std::string& value, const std::string& from) {
  return absl::StrCat(value, from.empty() ? "" : " (", from,
                      from.empty() ? "" : ")");
}

Table TableFor(const std::vector<ArticleRow>& rows) {
  Table table({{"ARTICLE"},
               {"INPUT"},
               {"PUBLISHED", /*wraps=*/true},
               {"PUBLISHER", /*wraps=*/true},
               {"LANGUAGE", /*wraps=*/true},
               {"BYTES"},
               {"TITLE", /*wraps=*/true}});
  for (const ArticleRow& row : rows) {
    table.AddRow({row.id(), row.input(),
                  FieldText(row.published(), row.published_from()),
                  FieldText(row.publisher(), row.publisher_from()),
                  FieldText(row.language(), row.language_from()),
                  absl::StrCat(row.text().size()),
                  FieldText(row.title(), row.title_from())});
  }
  return table;
}

Table TableFor(const std::vector<ActorRow>& rows) {
  Table table({{"ACTOR", /*wraps=*/true},
               {"NAME"},
               {"KIND"},
               {"ALSO", /*wraps=*/true},
               {"ROLES", /*wraps=*/true},
               {"STATEMENTS"}});
  for (const ActorRow& row : rows) {
    Cells roles;
    for (const RoleRow& role : row.roles()) {
      roles.push_back(absl::StrCat(role.title(), role.of().empty() ? "" : ", ",
                                   role.of(), role.from().empty() ? "" : " ",
                                   role.from(), role.to().empty() ? "" : " to ",
                                   role.to()));
    }
    Cells aliases(row.aliases().begin(), row.aliases().end());
    for (const std::string& alias : row.doubtful_aliases()) {
      aliases.push_back(alias + " (?)");
    }
    table.AddRow({row.actor_id(), row.name(), row.kind(),
                  absl::StrJoin(aliases, ", "), absl::StrJoin(roles, "; "),
                  absl::StrCat(row.statements())});
  }
  return table;
}

Table TableFor(const std::vector<TopicRow>& rows) {
  Table table({{"TOPIC"},
               {"NAME", /*wraps=*/true},
               {"PROPOSITION", /*wraps=*/true},
               {"STATEMENTS"}});
  for (const TopicRow& row : rows) {
    table.AddRow({row.topic(), row.name(),
                  row.found() ? "(found in the text)" : row.proposition(),
                  absl::StrCat(row.statements())});
  }
  return table;
}

Table TableFor(const std::vector<SimilarTopicsRow>& rows) {
  Table table(
      {{"TOPIC"}, {"SIMILAR TO"}, {"SCORE"}, {"GROUNDS", /*wraps=*/true}});
  for (const SimilarTopicsRow& row : rows) {
    const std::vector<std::string> grounds(row.grounds().begin(),
                                           row.grounds().end());
    table.AddRow({row.topic(), row.other(),
                  absl::StrFormat("%.2f", row.score()),
                  absl::StrJoin(grounds, ", ")});
  }
  return table;
}

const std::string& TopicText(const std::string& id, const std::string& name) {
  return name.empty() ? id : name;
}

// A label, with who spoke if that is not the actor itself.
std::string WithSpeaker(const std::string& label, const SpeakerRow& speaker,
                        const ShiftRow& row) {
  return speaker.actor_name().empty() || speaker.actor_id() == row.actor_id()
             ? label
             : absl::StrCat(label, " (", speaker.actor_name(), ")");
}

Table TableFor(const std::vector<ShiftRow>& rows) {
  Table table({{"ACTOR", /*wraps=*/true},
               {"TOPIC", /*wraps=*/true},
               {"DAY"},
               {"SHIFT"},
               {"FROM", /*wraps=*/true},
               {"TO", /*wraps=*/true},
               {"WORDS", /*wraps=*/true}});
  for (const ShiftRow& row : rows) {
    table.AddRow(
        {row.actor_name(), TopicText(row.topic(), row.topic_name()), row.day(),
         row.kind(), WithSpeaker(row.from_label(), row.speaker_before(), row),
         WithSpeaker(row.to_label(), row.speaker_after(), row), row.text()});
  }
  return table;
}

Table TableFor(const std::vector<ChangeRow>& rows) {
  Table table({{"ACTOR", /*wraps=*/true},
               {"TOPIC", /*wraps=*/true},
               {"BEFORE"},
               {"AFTER"},
               {"EVIDENCE", /*wraps=*/true}});
  for (const ChangeRow& row : rows) {
    table.AddRow({row.actor_name(), TopicText(row.topic(), row.topic_name()),
                  row.before(), row.after(),
                  absl::StrJoin(row.after().empty() ? row.evidence_before()
                                                    : row.evidence_after(),
                                " ")});
  }
  return table;
}

Table TableFor(const std::vector<EdgeRow>& rows) {
  Table table({{"ACTOR", /*wraps=*/true},
               {"ACTOR", /*wraps=*/true},
               {"AGREE ON", /*wraps=*/true},
               {"CONFLICT ON", /*wraps=*/true}});
  for (const EdgeRow& row : rows) {
    table.AddRow({row.actor_a_name(), row.actor_b_name(),
                  absl::StrJoin(row.congruent(), ", "),
                  absl::StrJoin(row.conflicting(), ", ")});
  }
  return table;
}

Table TableFor(const std::vector<GroundRow>& rows) {
  Table table({{"STATEMENT"},
               {"NEEDED"},
               {"SAID"},
               {"SPEAKER", /*wraps=*/true},
               {"WORDS", /*wraps=*/true},
               {"ARTICLE", /*wraps=*/true},
               {"LOG"}});
  for (const GroundRow& row : rows) {
    table.AddRow(
        {row.statement().statement_id(), row.needed() ? "yes" : "no",
         row.statement().said_at(), SpeakerText(row.statement().speaker()),
         row.statement().text(),
         absl::StrCat(row.publisher(), row.publisher().empty() ? "" : ", ",
                      row.published(), " ", row.title()),
         absl::StrJoin(row.log_positions(), " ")});
  }
  return table;
}

template <typename Row>
void Write(const std::vector<Row>& rows, const ReportOptions& options,
           std::ostream& out) {
  switch (options.format) {
    case Format::kJsonLines:
      for (const Row& row : rows) out << ToJson(row) << "\n";
      return;
    case Format::kCsv:
      TableFor(rows).PrintCsv(out);
      return;
    case Format::kTable:
      TableFor(rows).PrintAligned(options.width, options.colour, out);
      return;
  }
}

}  // namespace

absl::StatusOr<Format> ParseFormat(absl::string_view name) {
  if (name == "table") return Format::kTable;
  if (name == "jsonl") return Format::kJsonLines;
  if (name == "csv") return Format::kCsv;
  return absl::InvalidArgumentError(absl::StrCat(
      "`--format` is \"", name, "\", expected table, jsonl or csv"));
}

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for messages that hold what JSON cannot, which no row does.
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json);
  return status.ok() ? json : "{}";
}

void WriteRows(const std::vector<PositionRow>& rows,
               const ReportOptions& options, std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<StatementRow>& rows,
               const ReportOptions& options, std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<ArticleRow>& rows,
               const ReportOptions& options, std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<ActorRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<TopicRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<SimilarTopicsRow>& rows,
               const ReportOptions& options, std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<ShiftRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<ChangeRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<EdgeRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

void WriteRows(const std::vector<GroundRow>& rows, const ReportOptions& options,
               std::ostream& out) {
  Write(rows, options, out);
}

}  // namespace onrecord
