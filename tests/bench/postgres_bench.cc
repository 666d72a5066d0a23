// Prints how fast the log on PostgreSQL is beside plain inserts of the same
// events, and beside one function call for each message, as message-db writes
// them.
//
//   bazel run -c opt //tests/bench:postgres_bench
//
// The server is one of its own, in memory where there is such a place, so that
// what is compared is work and not a disk. Every figure is the median over
// rounds in which the contestants take turns, and every ratio the median of
// that round's ratios. Ends with one JSON line for each goal.

#include <postgresql/libpq-fe.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "storage/event_log.h"
#include "storage/postgres_event_log.h"
#include "storage/projection_store.h"
#include "tests/bench/measure.h"
#include "tests/testing/postgres_server.h"

namespace onrecord {
namespace bench {
namespace {

using Clock = std::chrono::steady_clock;
using ::onrecord::testing::PostgresServer;

// Appends that are not waited for at once.
constexpr size_t kUnderWay = 256;

struct Flags {
  int rounds = 5;
  int events = 20000;   // of each run in batches
  int singles = 1000;   // of each run one by one
  int latencies = 300;  // appends of which the delay is measured
};

template <typename T>
T Value(absl::StatusOr<T> value) {
  Require(value.ok(), value.status().ToString());
  return *std::move(value);
}

double At(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(part * (values.size() - 1))];
}

// Statements of about 240 bytes.
NewEvent MakeEvent(uint64_t i) {
  NewEvent event;
  event.set_valid_time("2025-04-16");
  event.mutable_producer()->set_name("extract");
  event.mutable_producer()->set_version("1.0");
  Statement* const statement =
      event.mutable_statement_recorded()->mutable_statement();
  statement->set_id(absl::StrFormat("%016x/%d", i * 0x9e3779b97f4a7c15u, i));
  statement->set_article_id(absl::StrFormat("%016x", i * 0x9e3779b97f4a7c15u));
  statement->mutable_speaker()->mutable_span()->set_begin(i % 5000);
  statement->mutable_speaker()->mutable_span()->set_end(i % 5000 + 14);
  statement->mutable_speaker()->set_actor_id(absl::StrCat("person/", i % 1000));
  statement->mutable_speaker()->set_role("Finance Minister");
  statement->mutable_speaker()->set_reason("pronoun: last person, a subject");
  statement->mutable_cue()->set_begin(i % 5000 + 15);
  statement->mutable_cue()->set_end(i % 5000 + 19);
  statement->set_topic_id(absl::StrCat("topic/", i % 50));
  statement->set_stance(i % 3 - 1.0);
  statement->set_said_at("2025-04-16");
  statement->set_reason("quotation then cue");
  return event;
}

std::vector<NewEvent> MakeEvents(uint64_t first, int count) {
  std::vector<NewEvent> events;
  for (int i = 0; i < count; ++i) events.push_back(MakeEvent(first + i));
  return events;
}

std::string StreamOf(uint64_t batch) {
  return absl::StrCat("article/", batch % 1000);
}

std::unique_ptr<EventLog> OpenLog(const std::string& url,
                                  const PostgresLogOptions& options) {
  return Value(OpenPostgresEventLog(url, options));
}

PostgresLogOptions FreshLog(const std::string& url) {
  static int logs = 0;
  PostgresLogOptions options;
  options.schema = absl::StrCat("bench", ++logs);
  const absl::Status status = InitPostgresEventLog(url, options);
  Require(status.ok(), status.ToString());
  return options;
}

// What writes events into tables of its own.
class Table {
 public:
  Table(const std::string& url, const std::string& setup)
      : connection_(PQconnectdb(url.c_str())) {
    Run("SET client_min_messages = warning");
    Run(setup);
  }
  ~Table() { PQfinish(connection_); }

  void Run(const std::string& sql) {
    PGresult* const result = PQexec(connection_, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    Require(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK,
            PQerrorMessage(connection_));
    PQclear(result);
  }

  void Prepare(const std::string& sql) {
    PQclear(PQprepare(connection_, "write", sql.c_str(), 0, nullptr));
  }

  // Runs the statement with parameters as text.
  void Write(const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    for (const std::string& value : parameters) values.push_back(value.c_str());
    PGresult* const result =
        PQexecPrepared(connection_, "write", static_cast<int>(values.size()),
                       values.data(), nullptr, nullptr, 0);
    const ExecStatusType status = PQresultStatus(result);
    Require(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK,
            PQerrorMessage(connection_));
    PQclear(result);
  }

 private:
  PGconn* const connection_;
};

// One row an event, by one statement for a batch: positions by a sequence,
// nothing checked but by unique indexes.
void InsertPlain(Table* table, uint64_t batch, int size) {
  std::string ids = "{";
  std::string revisions = "{";
  std::string payloads = "{";
  for (int i = 0; i < size; ++i) {
    const uint64_t n = batch * size + i;
    const char* const comma = i == 0 ? "" : ",";
    absl::StrAppend(&ids, comma, n);
    absl::StrAppend(&revisions, comma, batch / 1000 * size + i);
    absl::StrAppend(&payloads, comma, "\"\\\\x",
                    absl::BytesToHexString(MakeEvent(n).SerializeAsString()),
                    "\"");
  }
  table->Write({StreamOf(batch), revisions + "}", ids + "}", payloads + "}"});
}

std::unique_ptr<Table> MakePlain(const std::string& url) {
  auto table = std::make_unique<Table>(
      url,
      "DROP TABLE IF EXISTS plain; CREATE TABLE plain (log_position bigserial"
      " PRIMARY KEY, stream text NOT NULL, revision bigint NOT NULL,"
      " id text UNIQUE NOT NULL, payload bytea NOT NULL,"
      " UNIQUE (stream, revision))");
  table->Prepare(
      "INSERT INTO plain (stream, revision, id, payload)"
      " SELECT $1::text, * FROM unnest($2::bigint[], $3::text[], $4::bytea[])");
  return table;
}

// One call a message, as message-db's write_message: an advisory lock on the
// category, the stream's version looked up and checked, a row with JSON.
void WriteMessages(Table* table, uint64_t batch, int size) {
  table->Run("BEGIN");
  for (int i = 0; i < size; ++i) {
    const uint64_t n = batch * size + i;
    table->Write(
        {absl::StrFormat("00000000-0000-4000-8000-%012x", n), StreamOf(batch),
         absl::StrCat("{\"payload\":\"",
                      absl::Base64Escape(MakeEvent(n).SerializeAsString()),
                      "\"}")});
  }
  table->Run("COMMIT");
}

std::unique_ptr<Table> MakeMessages(const std::string& url) {
  auto table = std::make_unique<Table>(
      url,
      "DROP TABLE IF EXISTS messages; CREATE TABLE messages (global_position"
      " bigserial PRIMARY KEY, position bigint NOT NULL, time timestamp"
      " DEFAULT now() NOT NULL, stream_name text NOT NULL, type text NOT NULL,"
      " data jsonb, id uuid UNIQUE NOT NULL);"
      "CREATE UNIQUE INDEX ON messages (stream_name, position);"
      "CREATE INDEX ON messages (split_part(stream_name, '/', 1),"
      " global_position);"
      "CREATE OR REPLACE FUNCTION write_one(_id uuid, _stream text, _data"
      " jsonb) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE _last bigint;"
      " BEGIN PERFORM pg_advisory_xact_lock(hashtextextended("
      "split_part(_stream, '/', 1), 0));"
      " SELECT max(position) INTO _last FROM messages"
      " WHERE stream_name = _stream;"
      " INSERT INTO messages (id, stream_name, position, type, data) VALUES"
      " (_id, _stream, coalesce(_last, -1) + 1, 'Statement', _data);"
      " RETURN coalesce(_last, -1) + 1; END $$");
  table->Prepare("SELECT write_one($1::uuid, $2::text, $3::jsonb)");
  return table;
}

class Bench {
 public:
  Bench(const Flags& flags, std::string url)
      : flags_(flags), url_(std::move(url)) {}

  void Run() {
    for (const int batch : {1, 100}) Appends(batch);
    Latency();
    CatchUp();
    PrintGoals();
  }

 private:
  using Rates = std::map<std::string, std::vector<double>>;

  void Appends(int batch) {
    Rates& rates = rates_[batch];
    const int events = batch == 1 ? flags_.singles : flags_.events;
    for (int round = 0; round < flags_.rounds; ++round) {
      const auto measure = [&](const std::string& name,
                               const std::function<void(uint64_t)>& write) {
        const double seconds = Seconds([&] {
          for (int i = 0; i < events / batch; ++i) write(i);
        });
        rates[name].push_back(events / seconds);
      };
      const auto log = OpenLog(url_, FreshLog(url_));
      measure("OnRecord", [&](uint64_t i) {
        Value(log->Append(StreamOf(i), ExpectedRevision::Any(),
                          MakeEvents(i * batch, batch), {}));
      });
      rates["OnRecord, futures"].push_back(Pipelined(batch));
      const auto plain = MakePlain(url_);
      measure("plain inserts",
              [&](uint64_t i) { InsertPlain(plain.get(), i, batch); });
      const auto messages = MakeMessages(url_);
      measure("a call a message",
              [&](uint64_t i) { WriteMessages(messages.get(), i, batch); });
    }
    for (const auto& [name, values] : rates) {
      std::cout << absl::StreamFormat(
          "append, batches of %3d, synced: %-17s %9.0f events/s %8.0f "
          "commits/s\n",
          batch, name, At(values, 0.5), At(values, 0.5) / batch);
    }
  }

  // Events a second, with many appends under way.
  double Pipelined(int batch) {
    const auto log = OpenLog(url_, FreshLog(url_));
    std::deque<std::future<absl::StatusOr<AppendResult>>> futures;
    const double seconds = Seconds([&] {
      for (int i = 0; i < flags_.events / batch; ++i) {
        if (futures.size() == kUnderWay) {
          Value(futures.front().get());
          futures.pop_front();
        }
        futures.push_back(log->AppendAsync(StreamOf(i), ExpectedRevision::Any(),
                                           MakeEvents(i * batch, batch), {}));
      }
      for (auto& future : futures) Value(future.get());
    });
    return flags_.events / seconds;
  }

  // A child process folds what is appended into positions, and says when.
  void Latency() {
    const PostgresLogOptions options = FreshLog(url_);
    int pipe_ends[2];
    Require(pipe(pipe_ends) == 0, "no pipe");
    const pid_t child = fork();
    if (child == 0) Follow(options, pipe_ends[1]);
    const auto log = OpenLog(url_, options);
    std::vector<double> delays;
    for (int i = 0; i < flags_.latencies; ++i) {
      Value(log->Append(StreamOf(i), ExpectedRevision::Any(), MakeEvents(i, 1),
                        {}));
      const auto appended = Clock::now().time_since_epoch().count();
      int64_t visible = 0;
      Require(read(pipe_ends[0], &visible, sizeof(visible)) == sizeof(visible),
              "the follower has ended");
      // The first ones are those of connecting.
      if (i >= 10) delays.push_back(std::max<int64_t>(visible - appended, 0));
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    delay_ms_ = At(delays, 0.5) / 1e6;
    std::cout << absl::StreamFormat(
        "append acknowledged to position visible in another process: median "
        "%.1f ms, 95 %% within %.1f ms\n",
        delay_ms_, At(delays, 0.95) / 1e6);
  }

  [[noreturn]] void Follow(const PostgresLogOptions& options, int out) {
    const auto log = OpenLog(url_, options);
    const auto store = Value(OpenInMemoryProjectionStore());
    std::vector<std::unique_ptr<Projection>> projections;
    projections.push_back(std::make_unique<PositionsProjection>());
    const auto replayer = Value(Replayer::Create(
        log.get(), store.get(), std::move(projections), ReplayOptions()));
    for (uint64_t seen = 0;; seen = replayer->log_position()) {
      log->WaitForEvents(seen, absl::Seconds(60));
      Require(replayer->CatchUp().ok(), "the follower failed");
      const int64_t now = Clock::now().time_since_epoch().count();
      for (uint64_t i = seen; i < replayer->log_position(); ++i) {
        Require(write(out, &now, sizeof(now)) == sizeof(now), "no pipe");
      }
    }
  }

  void CatchUp() {
    const PostgresLogOptions options = FreshLog(url_);
    {
      const auto log = OpenLog(url_, options);
      for (int i = 0; i < flags_.events / 100; ++i) {
        Value(log->Append(StreamOf(i), ExpectedRevision::Any(),
                          MakeEvents(i * 100, 100), {}));
      }
    }
    std::vector<double> rates;
    for (int round = 0; round < flags_.rounds; ++round) {
      const auto log = OpenLog(url_, options);
      int events = 0;
      const double seconds = Seconds([&] {
        for (auto reader = log->ReadLog(1, {}); reader->Valid();
             reader->Next()) {
          events += reader->event().log_position() > 0;
        }
      });
      Require(events == flags_.events, "events are missing");
      rates.push_back(events / seconds);
    }
    catch_up_rate_ = At(rates, 0.5);
    std::cout << absl::StreamFormat("catch-up, parsed: %.0f events/s\n",
                                    catch_up_rate_);
  }

  double RatioTo(int batch, const std::string& ours, const std::string& other) {
    std::vector<double> ratios;
    for (int i = 0; i < flags_.rounds; ++i) {
      ratios.push_back(rates_[batch][ours][i] / rates_[batch][other][i]);
    }
    return At(ratios, 0.5);
  }

  // One that is only to be known.
  static void PrintFigure(absl::string_view goal, double value) {
    std::cout << absl::StreamFormat(
        "{\"goal\":\"%s\",\"target\":\"printed\",\"value\":%.2f,"
        "\"holds\":true}\n",
        goal, value);
  }

  void PrintGoals() {
    PrintAtLeast("batches of 100, futures, of plain inserts", 0.8,
                 RatioTo(100, "OnRecord, futures", "plain inserts"));
    PrintAtLeast("batches of 100, one at a time, of plain inserts", 0.8,
                 RatioTo(100, "OnRecord", "plain inserts"));
    PrintAtLeast("batches of 100, one at a time, of a call a message", 1.0,
                 RatioTo(100, "OnRecord", "a call a message"));
    PrintAtLeast("single events, futures, of a call a message", 1.0,
                 RatioTo(1, "OnRecord, futures", "a call a message"));
    PrintFigure("single events, one at a time, of a call a message",
                RatioTo(1, "OnRecord", "a call a message"));
    PrintFigure("append to position visible in another process, ms", delay_ms_);
    PrintFigure("catch-up, events/s", catch_up_rate_);
  }

  const Flags flags_;
  const std::string url_;
  std::map<int, Rates> rates_;
  double delay_ms_ = 0;
  double catch_up_rate_ = 0;
};

}  // namespace
}  // namespace bench
}  // namespace onrecord

int main(int argc, char** argv) {
  onrecord::bench::Flags flags;
  CLI::App app{"How fast the log on PostgreSQL is"};
  app.add_option("--rounds", flags.rounds);
  app.add_option("--events", flags.events);
  app.add_option("--singles", flags.singles);
  app.add_option("--latencies", flags.latencies);
  CLI11_PARSE(app, argc, argv);
  const auto server = onrecord::testing::PostgresServer::Create("bench", {});
  if (!server.ok()) {
    std::cerr << "postgres_bench: " << server.status() << "\n";
    return 1;
  }
  onrecord::bench::Bench(flags, (*server)->Url()).Run();
  return 0;
}
