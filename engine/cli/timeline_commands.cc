// Commands that record articles and replay the timeline.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/cli/command.h"
#include "engine/cli/demo_data.h"
#include "engine/cli/input.h"
#include "engine/cli/open.h"
#include "engine/cli/question.h"
#include "engine/cli/save_page.h"
#include "engine/ingest/json.h"
#include "engine/report/event_text.h"
#include "engine/report/rows.h"
#include "engine/report/sparkline.h"
#include "engine/timeline.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

std::string Plural(size_t count, absl::string_view thing) {
  return absl::StrCat(count, " ", thing, count == 1 ? "" : "s");
}

void PrintNotUnderstood(const IngestReport& report, std::ostream& out) {
  std::vector<std::string> parts;
  const auto add = [&parts](absl::string_view what, size_t count) {
    if (count == 0) return;
    parts.push_back(absl::StrCat(
        "the ", what, " of ",
        parts.empty() ? Plural(count, "statement") : absl::StrCat(count)));
  };
  add("speaker", report.without_speaker);
  add("topic", report.without_topic);
  add("day", report.without_day);
  if (!parts.empty()) {
    out << "not understood: " << absl::StrJoin(parts, ", ") << "\n";
  }
  if (report.undated_articles == 0) return;
  out << Plural(report.undated_articles, "article")
      << " without a date: --published=DAY gives one\n";
}

void PrintReport(const IngestReport& report, std::ostream& out) {
  out << Plural(report.articles, "article") << " recorded";
  if (report.already_recorded > 0) {
    out << ", " << report.already_recorded
        << " already recorded and left unchanged";
  }
  out << ": " << Plural(report.statements, "statement") << ", "
      << Plural(report.actors, "new actor") << ", "
      << Plural(report.topics, "new topic") << "\n";
  PrintNotUnderstood(report, out);
}

Run DeclareIngest(CLI::App& app) {
  auto input = std::make_shared<Input>();
  auto list = std::make_shared<bool>(false);
  DeclareInput(app, Files::kRequired, *input);
  app.add_flag("--list", *list,
               "Prints each article as it was read: its text and metadata, and "
               "what they come from");
  return [input, list](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        const OpenedTimeline opened,
        OpenTimeline(context, IfMissing::kCreate, MakeExtractor(*input)));
    ONRECORD_ASSIGN_OR_RETURN(const IngestedInput ingested,
                              IngestInput(*input, *opened.timeline));
    if (*list) WriteRows(ingested.articles, context.report, context.out);
    context.out.flush();
    PrintReport(ingested.report, *list ? context.err : context.out);
    return absl::OkStatus();
  };
}

Run DeclareReplay(CLI::App& app) {
  auto input = std::make_shared<Input>();
  auto question = std::make_shared<Question>();
  auto output = std::make_shared<std::string>();
  auto sparkline = std::make_shared<bool>(false);
  DeclareInput(app, Files::kOptional, *input);
  DeclareQuestion(app, Rollup::kOffered, *question);
  app.add_option("--output", *output,
                 "Writes a page for browsers that shows all of it")
      ->type_name("FILE.html");
  app.add_flag("--sparkline", *sparkline,
               "One line for each actor and topic, with its course over time");
  return [input, question, output,
          sparkline](Context& context) -> absl::Status {
    OpenedTimeline opened;
    if (input->files.empty()) {
      ONRECORD_ASSIGN_OR_RETURN(opened,
                                OpenTimeline(context, IfMissing::kFail));
    } else {
      ONRECORD_ASSIGN_OR_RETURN(
          opened, OpenTimelineInMemory(context, MakeExtractor(*input)));
      ONRECORD_RETURN_IF_ERROR(IngestInput(*input, *opened.timeline).status());
    }
    ONRECORD_ASSIGN_OR_RETURN(
        const PositionQuery query,
        PositionQueryOf(*question, *opened.timeline->log()));
    if (!output->empty()) {
      return SavePage(*opened.timeline, query, *output, context.out);
    }
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionRow> rows,
                              opened.timeline->Positions(query));
    if (*sparkline) {
      WriteSparklines(rows, context.report, context.out);
    } else {
      WriteRows(rows, context.report, context.out);
    }
    return absl::OkStatus();
  };
}

void PrintReport(const RereadReport& report, bool dry_run, std::ostream& out) {
  for (const NewEvent& event : report.events) {
    const std::string text = EventText(event);
    if (!text.empty()) out << text << "\n";
  }
  out << Plural(report.articles, "article")
      << " read again: " << Plural(report.events.size(), "event")
      << (dry_run ? " would be recorded" : " recorded");
  if (report.decided > 0) {
    out << ", " << Plural(report.decided, "statement")
        << " left as a person decided";
  }
  if (report.coded > 0) {
    out << ", " << Plural(report.coded, "hand-coded article") << " left alone";
  }
  if (report.forgotten > 0) {
    out << ", " << Plural(report.forgotten, "forgotten article")
        << " left alone";
  }
  out << "\n";
}

absl::Status ExtractAgain(const Input& input, bool dry_run, Context& context) {
  ONRECORD_ASSIGN_OR_RETURN(
      const OpenedTimeline opened,
      OpenTimeline(context, IfMissing::kFail, MakeExtractor(input)));
  ONRECORD_ASSIGN_OR_RETURN(
      const RereadReport report,
      opened.timeline->ExtractAgain(input.files, dry_run));
  PrintReport(report, dry_run, context.out);
  return absl::OkStatus();
}

Run DeclareExtract(CLI::App& app) {
  struct Flags {
    Input input;
    bool again = false;
    bool dry_run = false;
  };
  auto flags = std::make_shared<Flags>();
  DeclareInput(app, Files::kOptional, flags->input);
  CLI::Option* const again = app.add_flag(
      "--again", flags->again,
      "Read recorded articles again (those named by their ids, or all) and "
      "record what differs");
  app.add_flag("--dry-run", flags->dry_run,
               "With --again: only say what would be recorded")
      ->needs(again);
  app.callback([flags] {
    if (!flags->again && flags->input.files.empty()) {
      throw CLI::RequiredError("FILE");
    }
  });
  return [flags](Context& context) -> absl::Status {
    if (flags->again) {
      return ExtractAgain(flags->input, flags->dry_run, context);
    }
    ONRECORD_ASSIGN_OR_RETURN(
        const OpenedTimeline opened,
        OpenTimelineInMemory(context, MakeExtractor(flags->input)));
    ONRECORD_RETURN_IF_ERROR(
        IngestInput(flags->input, *opened.timeline).status());
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<StatementRow> rows,
                              opened.timeline->Statements({}));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareStatements(CLI::App& app) {
  auto question = std::make_shared<Question>();
  DeclareQuestion(app, Rollup::kNone, *question);
  return [question](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const StatementQuery query,
        StatementQueryOf(*question, *opened.timeline->log()));
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<StatementRow> rows,
                              opened.timeline->Statements(query));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareActors(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<ActorRow> rows,
                              opened.timeline->Actors());
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareTopics(CLI::App& app) {
  auto similar = std::make_shared<bool>(false);
  app.add_flag("--similar", *similar,
               "Print pairs that look like one topic instead, with what they "
               "share; `topic merge` makes them one");
  return [similar](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    if (*similar) {
      ONRECORD_ASSIGN_OR_RETURN(const std::vector<SimilarTopicsRow> pairs,
                                opened.timeline->SimilarTopics());
      WriteRows(pairs, context.report, context.out);
      return absl::OkStatus();
    }
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<TopicRow> rows,
                              opened.timeline->Topics());
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

Run DeclareDemo(CLI::App& app) {
  auto rollup = std::make_shared<bool>(false);
  app.add_flag("--rollup", *rollup,
               "Count members and office-holders for their body");
  return [rollup](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimelineInMemory(context));
    Codebook codebook;
    ONRECORD_RETURN_IF_ERROR(ParseJson(DemoCodebook(), codebook));
    ONRECORD_RETURN_IF_ERROR(opened.timeline->AddCodebook(codebook).status());
    Article article;
    article.set_id("seed");
    article.set_published(std::string(DemoPublished()));
    article.set_text(std::string(DemoArticle()));
    ONRECORD_RETURN_IF_ERROR(opened.timeline->Ingest({article}).status());
    PositionQuery query;
    query.rollup = *rollup;
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<PositionRow> rows,
                              opened.timeline->Positions(query));
    WriteRows(rows, context.report, context.out);
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& TimelineCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"ingest", "FILE…|DIR|-",
       "Reads articles and records what they report; the same article twice "
       "changes nothing",
       "onrecord ingest news/ --codebook=trade.json --db=trade.db",
       kDb | kNow | kFormat, DeclareIngest},
      {"replay", "[FILE…]",
       "Replays the log, or files in memory, into every actor's positions over "
       "time",
       "onrecord replay --db=trade.db --actor=Japan --as-of=2025-04-26",
       kDb | kNow | kFormat, DeclareReplay},
      {"extract", "FILE…|DIR|-",
       "Prints the statements in articles, and stores nothing; with --again, "
       "reads recorded articles with the extractor of today",
       "onrecord extract article.txt --published=2025-04-26 --format=jsonl\n"
       "  onrecord extract --again --dry-run --db=trade.db",
       kDb | kNow | kFormat, DeclareExtract},
      {"statements", "", "Prints the recorded statements",
       "onrecord statements --db=trade.db --actor=Japan", kDb | kFormat,
       DeclareStatements},
      {"actors", "", "Prints the directory of actors",
       "onrecord actors --db=trade.db", kDb | kFormat, DeclareActors},
      {"topics", "",
       "Prints the topics, or with --similar those that look like one",
       "onrecord topics --db=trade.db --similar", kDb | kFormat, DeclareTopics},
      {"demo", "",
       "Reads a real article in memory and replays every actor's positions",
       "onrecord demo --rollup", kFormat, DeclareDemo},
  };
  return *commands;
}

}  // namespace onrecord
