// Commands that ask what changed, who agrees with whom, and why.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "engine/cli/command.h"
#include "engine/cli/flags.h"
#include "engine/cli/open.h"
#include "engine/cli/question.h"
#include "engine/edtf.h"
#include "engine/known_at.h"
#include "engine/report/export_data.h"
#include "engine/report/graphml.h"
#include "engine/report/rows.h"
#include "engine/timeline.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

Run DeclareShifts(CLI::App& app) {
  auto question = std::make_shared<Question>();
  DeclareQuestion(app, Rollup::kOffered, *question);
  return [question](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const PositionQuery query,
        PositionQueryOf(*question, *opened.timeline->log()));
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<ShiftRow> rows,
                              opened.timeline->Shifts(query));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareDiff(CLI::App& app) {
  struct Flags {
    Question question;
    std::string from;
    std::string to;
    std::string known_from;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("--from", flags->from, "The earlier day")->check(IsDay());
  app.add_option("--to", flags->to, "The later day")->check(IsDay());
  app.add_option("--known-from", flags->known_from,
                 "What was known at the earlier point: a day, a time, or a "
                 "log position")
      ->type_name("TIME|N");
  DeclareQuestion(app, Rollup::kOffered, flags->question);
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    EventLog& log = *opened.timeline->log();
    ONRECORD_ASSIGN_OR_RETURN(PositionQuery before,
                              PositionQueryOf(flags->question, log));
    PositionQuery after = before;
    if (!flags->from.empty()) before.as_of = *ParseDay(flags->from);
    if (!flags->to.empty()) after.as_of = *ParseDay(flags->to);
    if (!flags->known_from.empty()) {
      ONRECORD_ASSIGN_OR_RETURN(
          before.known_at,
          ParseKnownAt(flags->known_from, "--known-from", log));
    }
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<ChangeRow> rows,
                              opened.timeline->Diff(before, after));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareNetwork(CLI::App& app) {
  struct Flags {
    Question question;
    std::string since;
    bool graphml = false;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("--since", flags->since, "First day of the period")
      ->check(IsDay());
  app.add_flag("--graphml", flags->graphml,
               "Print GraphML, for programs that draw networks");
  DeclareQuestion(app, Rollup::kOffered, flags->question);
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const PositionQuery query,
        PositionQueryOf(flags->question, *opened.timeline->log()));
    std::optional<absl::CivilDay> since;
    if (!flags->since.empty()) since = *ParseDay(flags->since);
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<EdgeRow> rows,
                              opened.timeline->Network(query, since));
    if (!flags->graphml) {
      WriteRows(rows, context.report, context.out);
      return absl::OkStatus();
    }
    ExportData network;
    network.edges = rows;
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<ActorRow> actors,
                              opened.timeline->Actors(query.known_at));
    for (const ActorRow& row : actors) network.actors[row.actor_id()] = row;
    WriteGraphMl(network, context.out);
    return absl::OkStatus();
  };
}

Run DeclareWhy(CLI::App& app) {
  auto question = std::make_shared<Question>();
  auto proofs = std::make_shared<bool>(false);
  DeclareQuestion(app, Rollup::kOffered, *question);
  app.get_option("--actor")->required();
  app.get_option("--topic")->required();
  app.add_flag("--proofs", *proofs,
               "Add, to JSON, the proofs that the events stand under the head");
  return [question, proofs](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const PositionQuery query,
        PositionQueryOf(*question, *opened.timeline->log()));
    ONRECORD_ASSIGN_OR_RETURN(
        const std::vector<GroundRow> rows,
        opened.timeline->Why(query,
                             *proofs ? Proofs::kOfEvents : Proofs::kNone));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareCertificate(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<std::string> lines,
                              opened.timeline->Certificates());
    for (const std::string& line : lines) context.out << line << "\n";
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& QuestionCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"shifts", "", "Prints who changed position, when, and on which words",
       "onrecord shifts --db=trade.db --topic=us-tariffs", kDb | kFormat,
       DeclareShifts},
      {"diff", "",
       "Prints what is held otherwise between two days or two states of "
       "knowledge",
       "onrecord diff --db=trade.db --from=2025-04-01 --to=2025-04-30",
       kDb | kFormat, DeclareDiff},
      {"network", "",
       "Prints who agrees and who conflicts with whom, as a table or GraphML",
       "onrecord network --db=trade.db --since=2025-01-01 --graphml",
       kDb | kFormat, DeclareNetwork},
      {"why", "", "Prints the statements that a position rests on",
       "onrecord why --db=trade.db --actor=Japan --topic=us-tariffs",
       kDb | kFormat, DeclareWhy},
      {"certificate", "",
       "Prints one line for each projection, by which two machines compare "
       "what they replayed",
       "onrecord certificate --db=trade.db", kDb, DeclareCertificate},
  };
  return *commands;
}

}  // namespace onrecord
