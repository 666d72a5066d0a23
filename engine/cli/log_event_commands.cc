// Commands that append events to the log and read them.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/cli/command.h"
#include "engine/cli/flags.h"
#include "engine/cli/log_open.h"
#include "engine/cli/open.h"
#include "engine/ingest/files.h"
#include "engine/ingest/json.h"
#include "engine/report/event_json.h"
#include "proto/event.pb.h"
#include "storage/directory_follower.h"
#include "storage/event_log.h"
#include "storage/expected_revision.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

// How often a followed directory is looked at.
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(200);

absl::StatusOr<ExpectedRevision> ParseExpected(absl::string_view text) {
  if (text == "any") return ExpectedRevision::Any();
  if (text == "none") return ExpectedRevision::NoStream();
  if (text == "exists") return ExpectedRevision::StreamExists();
  uint64_t revision = 0;
  if (absl::SimpleAtoi(text, &revision)) {
    return ExpectedRevision::Exactly(revision);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\", expected any, none, exists or a revision"));
}

CLI::Validator IsExpected() {
  return CLI::Validator(
      [](std::string& value) {
        return std::string(ParseExpected(value).status().message());
      },
      "any|none|exists|REVISION");
}

// The names of bodies, as events have them in JSON.
std::string KnownKinds() {
  std::string names;
  const google::protobuf::OneofDescriptor* const body =
      NewEvent::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", body->field(i)->json_name());
  }
  return names;
}

// The number of the body field that is called `name`; 0 if none is.
int KindOf(absl::string_view name) {
  const google::protobuf::OneofDescriptor* const body =
      NewEvent::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* const field = body->field(i);
    if (field->json_name() == name || field->name() == name) {
      return field->number();
    }
  }
  return 0;
}

CLI::Validator IsKind() {
  return CLI::Validator(
      [](std::string& value) {
        if (KindOf(value) != 0) return std::string();
        return absl::StrCat("\"", value, "\", expected one of ", KnownKinds());
      },
      "KIND");
}

absl::StatusOr<std::vector<NewEvent>> ReadEvents(const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  std::vector<NewEvent> events;
  ONRECORD_RETURN_IF_ERROR(
      ForEachLine(path, content, [&events](absl::string_view line) {
        NewEvent& event = events.emplace_back();
        ONRECORD_RETURN_IF_ERROR(
            ParseJson(line, event, UnknownFields::kRefuse));
        if (event.body_case() != NewEvent::BODY_NOT_SET) {
          return absl::OkStatus();
        }
        return absl::InvalidArgumentError(absl::StrCat(
            "the event has no body, expected one of ", KnownKinds()));
      }));
  if (!events.empty()) return events;
  return absl::InvalidArgumentError(absl::StrCat(path, ": no events here"));
}

std::string Range(const AppendResult& result) {
  if (result.first_log_position == result.last_log_position) {
    return absl::StrCat("event ", result.first_log_position);
  }
  return absl::StrCat("events ", result.first_log_position, " to ",
                      result.last_log_position);
}

Run DeclareLogAppend(CLI::App& app) {
  struct Flags {
    std::string file = kStandardInput;
    std::string stream;
    std::string expected = "any";
    std::string commit_id;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("FILE", flags->file);
  app.add_option("--stream", flags->stream, "The stream to append to")
      ->type_name("STREAM")
      ->required();
  app.add_option("--expected", flags->expected,
                 "What the stream must be like, or nothing is appended [any]")
      ->check(IsExpected());
  app.add_option("--commit-id", flags->commit_id,
                 "The same id again changes nothing")
      ->type_name("ID");
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<NewEvent> events,
                              ReadEvents(flags->file));
    ONRECORD_ASSIGN_OR_RETURN(const ExpectedRevision expected,
                              ParseExpected(flags->expected));
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kCreate));
    AppendOptions options;
    options.commit_id = flags->commit_id;
    ONRECORD_ASSIGN_OR_RETURN(
        const AppendResult result,
        opened.log->Append(flags->stream, expected, events, options));
    context.out << Range(result)
                << (result.already_recorded ? " already recorded" : " recorded")
                << ": commit " << result.commit << "\n";
    return absl::OkStatus();
  };
}

struct ReadFlags {
  std::string stream;
  std::string id;
  std::vector<std::string> kinds;
  uint64_t from = 0;
  bool from_given = false;
  uint64_t limit = kLatest;
  bool backwards = false;
};

void PrintEvents(EventReader& reader, const std::vector<int>& kinds,
                 uint64_t limit, std::ostream& out) {
  for (uint64_t n = 0; reader.Valid() && n < limit; reader.Next()) {
    const RecordedEvent& event = reader.event();
    if (!reader.Valid()) return;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(),
                                    event.event().body_case()) == kinds.end()) {
      continue;
    }
    out << EventToJson(event) << "\n";
    ++n;
  }
}

absl::Status ReadEventsOf(const ReadFlags& flags, EventLog& log,
                          std::ostream& out) {
  if (!flags.id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent event,
                              log.FindEvent(flags.id));
    out << EventToJson(event) << "\n";
    return absl::OkStatus();
  }
  std::vector<int> kinds;
  for (const std::string& name : flags.kinds) kinds.push_back(KindOf(name));
  ReadOptions options;
  if (flags.backwards) options.direction = Direction::kBackwards;
  const uint64_t start =
      flags.backwards && !flags.from_given ? kLatest : flags.from;
  std::unique_ptr<EventReader> reader;
  if (!flags.stream.empty()) {
    reader = log.ReadStream(flags.stream, start, options);
  } else if (!kinds.empty() && !flags.backwards) {
    reader = log.ReadKinds(kinds, start, options);
  } else {
    reader = log.ReadLog(start, options);
  }
  PrintEvents(*reader, kinds, flags.limit, out);
  return reader->status();
}

Run DeclareLogRead(CLI::App& app) {
  auto flags = std::make_shared<ReadFlags>();
  CLI::Option* const stream =
      app.add_option("--stream", flags->stream, "Only this stream")
          ->type_name("STREAM");
  CLI::Option* const kind =
      app.add_option("--kind", flags->kinds,
                     "Only events with this body, such as statementRecorded")
          ->check(IsKind());
  CLI::Option* const from =
      app.add_option("--from", flags->from,
                     "First log position, or revision of the stream")
          ->type_name("N");
  app.add_option("--limit", flags->limit, "At most so many events")
      ->type_name("N");
  CLI::Option* const backwards =
      app.add_flag("--backwards", flags->backwards, "Last event first");
  app.add_option("--id", flags->id, "Only the event with this id")
      ->type_name("ID")
      ->excludes(stream)
      ->excludes(kind)
      ->excludes(from)
      ->excludes(backwards);
  return [flags, from](Context& context) -> absl::Status {
    flags->from_given = from->count() > 0;
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    return ReadEventsOf(*flags, *opened.log, context.out);
  };
}

struct TailFlags {
  uint64_t events = 10;
  bool follow = false;
  std::string stop_after = "inf";
};

// Follows `context.db`, which nobody holds now, until `stop_after` is over.
absl::Status Follow(uint64_t checkpoint, absl::Duration stop_after,
                    Context& context) {
  // Time here bounds a wait; it is in no result.
  const absl::Time stop = absl::Now() + stop_after;
  DirectoryFollower follower(context.db, checkpoint);
  while (true) {
    ONRECORD_RETURN_IF_ERROR(
        follower.Poll([&context](const RecordedEvent& event) {
          context.out << EventToJson(event) << "\n";
          return absl::OkStatus();
        }));
    if (!context.out.flush()) {
      return absl::InternalError("the output could not be written");
    }
    if (absl::Now() >= stop) return absl::OkStatus();
    absl::SleepFor(kBetweenLooks);
  }
}

Run DeclareLogTail(CLI::App& app) {
  auto flags = std::make_shared<TailFlags>();
  app.add_option("--events", flags->events, "How many of the last events [10]")
      ->type_name("N");
  CLI::Option* const follow = app.add_flag(
      "--follow", flags->follow,
      "Goes on with those that other commands record, holding nothing");
  app.add_option("--for", flags->stop_after,
                 "Stops following after this time, such as 90s [never]")
      ->check(IsDuration())
      ->needs(follow);
  return [flags](Context& context) -> absl::Status {
    uint64_t last = 0;
    {
      ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                                OpenLog(context, IfMissing::kFail));
      last = opened.log->last_log_position();
      ReadOptions options;
      options.known_at = last;
      const uint64_t from = last > flags->events ? last - flags->events : 0;
      const std::unique_ptr<EventReader> reader =
          opened.log->ReadLog(from + 1, options);
      PrintEvents(*reader, {}, flags->events, context.out);
      ONRECORD_RETURN_IF_ERROR(reader->status());
    }
    if (!flags->follow) return absl::OkStatus();
    absl::Duration stop_after;
    absl::ParseDuration(flags->stop_after, &stop_after);
    return Follow(last, stop_after, context);
  };
}

}  // namespace

const std::vector<Command>& LogEventCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"log append", "[FILE|-]",
       "Records events, as proto3 JSON one a line, in one commit",
       "onrecord log append events.jsonl --stream=desk/42 --expected=none "
       "--db=trade.db",
       kDb | kNow, DeclareLogAppend},
      {"log read", "", "Prints events as JSON, one a line",
       "onrecord log read --db=trade.db --stream=article/seed --limit=3", kDb,
       DeclareLogRead},
      {"log tail", "", "Prints the last events, and follows what comes",
       "onrecord log tail --db=trade.db --events=3 --follow", kDb,
       DeclareLogTail},
  };
  return *commands;
}

}  // namespace onrecord
