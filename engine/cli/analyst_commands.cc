// The analyst's hand: commands that record what a person decides.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/analyst/change.h"
#include "engine/cli/command.h"
#include "engine/cli/open.h"
#include "engine/report/event_text.h"
#include "engine/timeline.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

// What a command is to record, filled in by the parser.
template <typename One>
struct Asked {
  One change;
  Decision decision;
};

// What stands for "unknown" on the command line.
constexpr absl::string_view kNone = "none";

std::string OrEmpty(const std::string& value) {
  return value == kNone ? "" : value;
}

// Prints what was recorded, and how it is taken back. That an actor exists is
// not taken back: without statements it has no positions.
void PrintEvents(const std::vector<RecordedEvent>& events, std::ostream& out) {
  std::string positions;
  for (const RecordedEvent& event : events) {
    out << event.log_position() << ": " << EventText(event.event()) << "\n";
    if (event.event().has_actor_introduced()) continue;
    absl::StrAppend(&positions, " ", event.log_position());
  }
  out << "`onrecord undo" << positions << "` takes it back\n";
}

// Declares --reason and --by on `app`; returns what records `asked`.
template <typename One>
Run DeclareDecision(std::shared_ptr<Asked<One>> asked, CLI::App& app) {
  app.add_option("--reason", asked->decision.reason, "Why: kept with the event")
      ->type_name("TEXT")
      ->required();
  app.add_option("--by", asked->decision.by, "Who decides")
      ->type_name("NAME")
      ->required();
  return [asked](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const std::vector<RecordedEvent> events,
        opened.timeline->Decide(asked->change, asked->decision));
    PrintEvents(events, context.out);
    return absl::OkStatus();
  };
}

void DeclareKind(CLI::App& app, CorrectionKind& kind) {
  app.add_option_function<std::string>(
         "--kind",
         [&kind](const std::string& name) {
           kind = name == "publisher"    ? PUBLISHER_CORRECTED
                  : name == "extraction" ? EXTRACTION_WRONG
                                         : IDENTITY_WRONG;
         },
         "What was wrong: what the publisher printed, how the text was read, "
         "or who it was")
      ->check(CLI::IsMember({"publisher", "extraction", "identity"}))
      ->type_name("publisher|extraction|identity")
      ->required();
}

// A flag of text, of which "none" is the empty one.
void DeclareText(CLI::App& app, const std::string& name,
                 const std::string& type, const std::string& help,
                 std::optional<std::string>& value) {
  app.add_option_function<std::string>(
         name, [&value](const std::string& text) { value = OrEmpty(text); },
         help)
      ->type_name(type + "|none");
}

void DeclareYesNo(CLI::App& app, const std::string& name,
                  const std::string& help, std::optional<bool>& value) {
  app.add_option_function<std::string>(
         name, [&value](const std::string& text) { value = text == "yes"; },
         help)
      ->check(CLI::IsMember({"yes", "no"}))
      ->type_name("yes|no");
}

CLI::Validator IsStance() {
  return CLI::Validator(
      [](std::string& value) {
        double stance;
        if (value == kNone ||
            (absl::SimpleAtod(value, &stance) && stance >= -1 && stance <= 1)) {
          return std::string();
        }
        return absl::StrCat("\"", value, "\" is no number from -1 to 1");
      },
      "NUMBER|none");
}

// Reads "BEGIN-END".
std::optional<Span> ParseSpan(const std::string& text) {
  const std::vector<std::string> ends = absl::StrSplit(text, '-');
  uint32_t begin;
  uint32_t end;
  if (ends.size() != 2 || !absl::SimpleAtoi(ends[0], &begin) ||
      !absl::SimpleAtoi(ends[1], &end)) {
    return std::nullopt;
  }
  Span span;
  span.set_begin(begin);
  span.set_end(end);
  return span;
}

CLI::Validator IsSpan() {
  return CLI::Validator(
      [](std::string& value) {
        if (ParseSpan(value).has_value()) return std::string();
        return absl::StrCat("\"", value, "\" is no range of bytes such as ",
                            "120-184");
      },
      "BEGIN-END");
}

Run DeclareCorrect(CLI::App& app) {
  auto asked = std::make_shared<Asked<CorrectStatement>>();
  CorrectStatement& change = asked->change;
  app.add_option("STATEMENT", change.statement_id)->required();
  DeclareKind(app, change.kind);
  DeclareText(app, "--speaker", "NAME|ID", "Who said it", change.speaker);
  DeclareText(app, "--role", "TEXT", "The office that the speaker held then",
              change.role);
  DeclareText(app, "--topic", "NAME|ID", "What it is about", change.topic);
  app.add_option_function<std::string>(
         "--stance",
         [&change](const std::string& text) {
           double stance;
           change.stance = absl::SimpleAtod(text, &stance)
                               ? std::optional<double>(stance)
                               : std::nullopt;
         },
         "From -1 (against) to 1 (for)")
      ->check(IsStance());
  DeclareYesNo(app, "--conditional", "Holds only if something else does",
               change.conditional);
  DeclareYesNo(app, "--negated", "The cue or the predicate is negated",
               change.negated);
  DeclareText(app, "--said-at", "DATE",
              "When it was said: a day, month, year or A/B", change.said_at);
  DeclareText(app, "--duplicate-of", "STATEMENT", "Whose words it repeats",
              change.duplicate_of);
  app.add_option_function<std::vector<std::string>>(
         "--text-span",
         [&change](const std::vector<std::string>& spans) {
           for (const std::string& span : spans) {
             change.content.push_back(*ParseSpan(span));
           }
         },
         "Bytes of the article that are its words; may be given again")
      ->check(IsSpan());
  return DeclareDecision(asked, app);
}

Run DeclareRetract(CLI::App& app) {
  auto asked = std::make_shared<Asked<RetractStatement>>();
  app.add_option("STATEMENT", asked->change.statement_id)->required();
  DeclareKind(app, asked->change.kind);
  return DeclareDecision(asked, app);
}

Run DeclareMerge(CLI::App& app) {
  auto asked = std::make_shared<Asked<MergeActors>>();
  app.add_option("ACTOR", asked->change.actor)->required();
  app.add_option("INTO", asked->change.into)->required();
  return DeclareDecision(asked, app);
}

Run DeclareSplit(CLI::App& app) {
  struct Split {
    std::string name;
    std::string from;
    std::vector<std::string> statements;
    std::vector<std::string> aliases;
  };
  auto split = std::make_shared<Split>();
  auto asked = std::make_shared<Asked<Change>>();
  app.add_option("ACTOR", split->name)->required();
  app.add_option("FROM", split->from)->required();
  app.add_option("--statement", split->statements,
                 "A statement of FROM that ACTOR, who is new, made; may be "
                 "given again")
      ->type_name("STATEMENT");
  app.add_option("--alias", split->aliases,
                 "A name of FROM that is ACTOR's; may be given again")
      ->type_name("NAME");
  const Run record = DeclareDecision(asked, app);
  return [split, asked, record](Context& context) {
    if (split->statements.empty() && split->aliases.empty()) {
      asked->change = SplitActors{split->name, split->from};
    } else {
      asked->change = DivideActor{split->from, split->name, split->statements,
                                  split->aliases};
    }
    return record(context);
  };
}

void DeclareWithdraw(CLI::App& app, bool& withdrawn) {
  app.add_flag("--withdraw", withdrawn, "Takes it back: it was never so");
}

Run DeclareAlias(CLI::App& app) {
  auto asked = std::make_shared<Asked<AliasActor>>();
  app.add_option("ACTOR", asked->change.actor)->required();
  app.add_option("NAME", asked->change.alias)->required();
  DeclareWithdraw(app, asked->change.withdrawn);
  return DeclareDecision(asked, app);
}

void DeclarePeriod(CLI::App& app, std::string& from, std::string& to) {
  app.add_option("--from", from, "First day [always]")->type_name("DATE");
  app.add_option("--to", to, "Last day [still]")->type_name("DATE");
}

Run DeclareRole(CLI::App& app) {
  auto asked = std::make_shared<Asked<HoldRole>>();
  Role& role = asked->change.role;
  app.add_option("ACTOR", asked->change.actor)->required();
  app.add_option("TITLE", *role.mutable_title())->required();
  app.add_option("--of", *role.mutable_of(), "The body whose office it is")
      ->type_name("NAME|ID");
  DeclarePeriod(app, *role.mutable_from(), *role.mutable_to());
  DeclareWithdraw(app, asked->change.withdrawn);
  return DeclareDecision(asked, app);
}

Run DeclareMember(CLI::App& app) {
  auto asked = std::make_shared<Asked<JoinBody>>();
  app.add_option("ACTOR", asked->change.actor)->required();
  app.add_option("BODY", asked->change.body)->required();
  DeclarePeriod(app, asked->change.from, asked->change.to);
  DeclareWithdraw(app, asked->change.withdrawn);
  return DeclareDecision(asked, app);
}

Run DeclareTopicMerge(CLI::App& app) {
  auto asked = std::make_shared<Asked<MergeTopics>>();
  app.add_option("TOPIC", asked->change.topic)->required();
  app.add_option("INTO", asked->change.into)->required();
  return DeclareDecision(asked, app);
}

Run DeclareTopicSplit(CLI::App& app) {
  auto asked = std::make_shared<Asked<SplitTopics>>();
  app.add_option("TOPIC", asked->change.topic)->required();
  app.add_option("FROM", asked->change.from)->required();
  return DeclareDecision(asked, app);
}

Run DeclareUndo(CLI::App& app) {
  auto asked = std::make_shared<Asked<Undo>>();
  app.add_option("LOG-POSITION", asked->change.log_positions)->required();
  return DeclareDecision(asked, app);
}

}  // namespace

const std::vector<Command>& AnalystCommands() {
  constexpr unsigned kFlags = kDb | kNow;
  static const auto* const commands = new std::vector<Command>{
      {"correct", "STATEMENT",
       "Records what is right instead of what a statement says; what is not "
       "given stays. Earlier answers stay as they were",
       "onrecord correct article@120-184 --db=trade.db --kind=extraction "
       "--stance=-1 --reason='\"refuses\" was read as for' --by=ana",
       kFlags, DeclareCorrect},
      {"retract", "STATEMENT",
       "Withdraws a statement that was never made, or not by that text",
       "onrecord retract article@120-184 --db=trade.db --kind=publisher "
       "--reason='the paper withdrew it on 3 May' --by=ana",
       kFlags, DeclareRetract},
      {"merge", "ACTOR INTO",
       "Records that two actors are one, which goes on as INTO",
       "onrecord merge 'Ana Berg' 'Anna Berg' --db=trade.db "
       "--reason='one negotiator, spelled twice' --by=ana",
       kFlags, DeclareMerge},
      {"split", "ACTOR FROM",
       "Records that one actor was two: undoes the merge of ACTOR into FROM, "
       "or gives statements of FROM to a new ACTOR",
       "onrecord split 'Kim Min-jun' person/kim-min-jun --db=trade.db "
       "--statement=article@120-184 --reason='a namesake' --by=ana",
       kFlags, DeclareSplit},
      {"alias", "ACTOR NAME", "Records what else an actor is called",
       "onrecord alias Japan Nippon --db=trade.db --reason='its own name' "
       "--by=ana",
       kFlags, DeclareAlias},
      {"role", "ACTOR TITLE",
       "Records an office that an actor held; the same office from the same "
       "day again gives it a last day",
       "onrecord role 'Anna Berg' 'Trade Minister' --of=Norway "
       "--from=2025-01-28 --db=trade.db --reason='sworn in' --by=ana",
       kFlags, DeclareRole},
      {"member", "ACTOR BODY", "Records what an actor belongs to",
       "onrecord member 'Anna Berg' Norway --db=trade.db "
       "--reason='of its government' --by=ana",
       kFlags, DeclareMember},
      {"topic merge", "TOPIC INTO",
       "Records that two topics are one, which goes on as INTO",
       "onrecord topic merge car-tariffs us-tariffs --db=trade.db "
       "--reason='part of it' --by=ana",
       kFlags, DeclareTopicMerge},
      {"topic split", "TOPIC FROM", "Undoes the merge of TOPIC into FROM",
       "onrecord topic split car-tariffs us-tariffs --db=trade.db "
       "--reason='not the same after all' --by=ana",
       kFlags, DeclareTopicSplit},
      {"undo", "LOG-POSITION…",
       "Takes decisions back, by the log positions that they were recorded at",
       "onrecord undo 97 --db=trade.db --reason='the wrong Kim' --by=ana",
       kFlags, DeclareUndo},
  };
  return *commands;
}

}  // namespace onrecord
