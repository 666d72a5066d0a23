// Prints how fast a log is replayed into positions, and how fast positions are
// looked up, beside what one would take instead.
//
//   bazel run -c opt //tests/bench:replay_bench -- --dir=/tmp/bench
//   … --events=10000000    ten minutes, most of them to make the stores
//
// Statements of 1,000 actors on 50 topics, twenty an article; one in ten said
// up to a year before it is recorded. Every ratio is the median over rounds in
// which the contestants take turns. Ends with one JSON line for each goal.
//
// replay   a process of its own opens the log, folds all of it into positions
//          in an empty store on disk, and closes both: evidence, knowledge and
//          the index of statements too, not only stances. Memory is the most
//          that it had resident, tables of the log that it maps included.
// LevelDB  one thread walks over a database with a key for each event and
//          parses each. Nothing is folded or written.
// SQLite   the same over a table of events, ordered by position; as a lookup,
//          one seek in a table of statements clustered by actor, topic and day.

#include <sqlite3.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/projections/day.h"
#include "engine/projections/positions.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "storage/leveldb_event_log.h"
#include "storage/projection_store.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

constexpr int kActors = 1000;
constexpr int kTopics = 50;
constexpr int kStatementsPerArticle = 20;
constexpr DayNumber kFirstDay = 14600;  // 2009-12-22
constexpr int kDays = 5000;

struct Flags {
  std::string dir = "replay_bench.tmp";
  uint32_t seed = 1;
  int rounds = 3;
  uint64_t events = 10000000;
  uint64_t few_events = 100000;
  uint64_t corrected_statements = 200000;
  int lookups = 20000;
  bool keep = false;
};

std::string ActorId(uint32_t i) { return absl::StrFormat("person/%04d", i); }
std::string TopicId(uint32_t i) { return absl::StrFormat("topic-%02d", i); }

// Makes the statements of one article after the other.
class Articles {
 public:
  Articles(uint32_t seed, uint64_t events) : random_(seed), events_(events) {}

  std::vector<NewEvent> Next() {
    const std::string article = absl::StrFormat("article-%08d", articles_++);
    std::vector<NewEvent> events(kStatementsPerArticle);
    for (int i = 0; i < kStatementsPerArticle; ++i) {
      Fill(article, i, &events[i]);
    }
    return events;
  }

  // Five corrections of each of `events`, by a machine: other stances and days.
  std::vector<NewEvent> Correct(const std::vector<NewEvent>& events) {
    std::vector<NewEvent> corrections;
    for (const NewEvent& event : events) {
      NewEvent correction;
      StatementCorrected* const to = correction.mutable_statement_corrected();
      *to->mutable_corrected() = event.statement_recorded().statement();
      to->set_statement_id(to->corrected().id());
      to->set_kind(EXTRACTION_WRONG);
      to->mutable_corrected()->set_stance(random_() % 2 ? 1 : -1);
      corrections.push_back(std::move(correction));
    }
    return corrections;
  }

 private:
  void Fill(const std::string& article, int index, NewEvent* event) {
    Statement* const statement =
        event->mutable_statement_recorded()->mutable_statement();
    const uint32_t begin = 200 * static_cast<uint32_t>(index);
    statement->set_id(absl::StrFormat("%s/%02d", article, index));
    statement->set_article_id(article);
    Mention* const speaker = statement->mutable_speaker();
    speaker->mutable_span()->set_begin(begin);
    speaker->mutable_span()->set_end(begin + 14);
    speaker->set_actor_id(ActorId(random_() % kActors));
    speaker->set_role("minister");
    speaker->set_confidence(0.9);
    speaker->set_reason("full name");
    statement->mutable_cue()->set_begin(begin + 15);
    statement->mutable_cue()->set_end(begin + 19);
    Span* const content = statement->add_content();
    content->set_begin(begin + 20);
    content->set_end(begin + 150);
    statement->set_kind(Statement::INDIRECT);
    statement->set_topic_id(TopicId(random_() % kTopics));
    statement->set_stance(random_() % 4 == 0 ? -1 : 1);
    statement->set_conditional(random_() % 10 == 0);
    statement->set_negated(random_() % 5 == 0);
    DayNumber day =
        kFirstDay + static_cast<DayNumber>(kDays * made_++ /
                                           std::max(events_, uint64_t{1}));
    if (random_() % 10 == 0) day -= static_cast<DayNumber>(random_() % 365);
    statement->set_said_at(FormatDay(day));
    statement->set_confidence(0.8);
    statement->set_reason("cue after subject");
  }

  std::mt19937 random_;
  const uint64_t events_;
  uint64_t articles_ = 0;
  uint64_t made_ = 0;
};

std::unique_ptr<EventLog> OpenLog(const std::string& dir) {
  auto log = OpenLevelDbEventLog(dir, LogOptions());
  Require(log.ok(), log.status().ToString());
  return *std::move(log);
}

std::unique_ptr<Replayer> OpenReplayer(EventLog* log, ProjectionStore* store) {
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(std::make_unique<PositionsProjection>());
  auto replayer =
      Replayer::Create(log, store, std::move(projections), ReplayOptions());
  Require(replayer.ok(), replayer.status().ToString());
  return *std::move(replayer);
}

std::unique_ptr<ProjectionStore> OpenStore(const std::string& dir) {
  auto store = OpenProjectionStore(dir);
  Require(store.ok(), store.status().ToString());
  return *std::move(store);
}

// Does in this process what a figure is of, and prints the seconds that it
// took and the most bytes of memory that the process had.
void RunAlone(const std::string& what, const std::string& dir,
              const std::string& positions_dir) {
  const double seconds = Seconds([&] {
    const auto log = OpenLog(dir);
    const auto store = OpenStore(positions_dir);
    const auto replayer = OpenReplayer(log.get(), store.get());
    if (what == "replay") {
      const absl::Status status = replayer->CatchUp();
      Require(status.ok(), status.ToString());
      return;
    }
    PositionQuery query;
    query.actor_id = ActorId(7);
    query.topic_id = TopicId(7);
    Require(Positions(store.get()).At(query).ok(), "lookup");
  });
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::cout << absl::StrFormat("%.6f %.0f", seconds, 1024. * usage.ru_maxrss)
            << std::endl;
}

// Has RunAlone done by a process of its own: memory is told by process.
std::pair<double, double> InOwnProcess(const std::string& what,
                                       const std::string& dir,
                                       const std::string& positions_dir) {
  const std::string self =
      std::filesystem::read_symlink("/proc/self/exe").string();
  FILE* const output =
      popen(absl::StrCat(self, " --alone=", what, " --log=", dir,
                         " --positions=", positions_dir)
                .c_str(),
            "r");
  Require(output != nullptr, "popen");
  double seconds = 0;
  double bytes = 0;
  Require(fscanf(output, "%lf %lf", &seconds, &bytes) == 2, "replay");
  Require(pclose(output) == 0, "replay");
  return {seconds, bytes};
}

// Replays the log in `dir` from the start into positions on disk.
std::pair<double, double> Replay(const std::string& dir,
                                 const std::string& positions_dir) {
  std::filesystem::remove_all(positions_dir);
  return InOwnProcess("replay", dir, positions_dir);
}

void Fill(const std::string& dir, const Flags& flags, uint64_t events,
          int corrections) {
  if (std::filesystem::exists(dir)) return;
  const auto log = OpenLog(dir);
  Articles articles(flags.seed, events);
  AppendOptions options;
  options.sync = false;
  for (uint64_t made = 0; made < events; made += kStatementsPerArticle) {
    const std::vector<NewEvent> article = articles.Next();
    const std::string stream = absl::StrCat(
        "article/", article[0].statement_recorded().statement().article_id());
    Require(log->Append(stream, ExpectedRevision::Any(), article, options).ok(),
            "append");
    for (int i = 0; i < corrections; ++i) {
      Require(log->Append(stream, ExpectedRevision::Any(),
                          articles.Correct(article), options)
                  .ok(),
              "append");
    }
  }
}

void FillBaseline(OpenBenchStore open, const std::string& dir,
                  const Flags& flags) {
  if (std::filesystem::exists(dir)) return;
  std::filesystem::create_directories(dir);
  const auto store = open(dir, false);
  Articles articles(flags.seed, flags.events);
  for (uint64_t made = 0; made < flags.events; made += kStatementsPerArticle) {
    const std::vector<NewEvent> article = articles.Next();
    store->Append(article[0].statement_recorded().statement().article_id(), 0,
                  article, false);
  }
}

void Execute(sqlite3* db, const std::string& sql) {
  char* error = nullptr;
  Require(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &error) == SQLITE_OK,
          sql);
}

// The statements in SQLite, with the index that an as-of lookup wants.
class SqliteStatements {
 public:
  SqliteStatements(const std::string& path, const Flags& flags) {
    const bool exists = std::filesystem::exists(path);
    Require(sqlite3_open(path.c_str(), &db_) == SQLITE_OK, "sqlite3_open");
    if (!exists) Fill(flags);
    Require(sqlite3_prepare_v2(db_,
                               "SELECT stance FROM s WHERE actor = ? AND "
                               "topic = ? AND day <= ? ORDER BY day DESC, "
                               "position DESC LIMIT 1",
                               -1, &lookup_, nullptr) == SQLITE_OK,
            "prepare");
  }
  ~SqliteStatements() {
    sqlite3_finalize(lookup_);
    sqlite3_close(db_);
  }

  void Lookup(const std::string& actor, const std::string& topic,
              DayNumber day) {
    sqlite3_reset(lookup_);
    sqlite3_bind_text(lookup_, 1, actor.data(), static_cast<int>(actor.size()),
                      SQLITE_STATIC);
    sqlite3_bind_text(lookup_, 2, topic.data(), static_cast<int>(topic.size()),
                      SQLITE_STATIC);
    sqlite3_bind_int(lookup_, 3, day);
    if (sqlite3_step(lookup_) == SQLITE_ROW) {
      sum_ += sqlite3_column_double(lookup_, 0);
    }
  }

 private:
  void Fill(const Flags& flags) {
    Execute(db_, "PRAGMA journal_mode = OFF");
    Execute(db_,
            "CREATE TABLE s (actor TEXT, topic TEXT, day INT, position INT, "
            "stance REAL, PRIMARY KEY (actor, topic, day, position)) "
            "WITHOUT ROWID");
    Execute(db_, "BEGIN");
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db_, "INSERT INTO s VALUES (?, ?, ?, ?, ?)", -1, &insert,
                       nullptr);
    Articles articles(flags.seed, flags.events);
    int64_t position = 0;
    while (position < static_cast<int64_t>(flags.events)) {
      for (const NewEvent& event : articles.Next()) {
        const Statement& s = event.statement_recorded().statement();
        sqlite3_reset(insert);
        const std::string& actor = s.speaker().actor_id();
        sqlite3_bind_text(insert, 1, actor.data(),
                          static_cast<int>(actor.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, s.topic_id().data(),
                          static_cast<int>(s.topic_id().size()), SQLITE_STATIC);
        sqlite3_bind_int(insert, 3, ParseDayRange(s.said_at()).first);
        sqlite3_bind_int64(insert, 4, ++position);
        sqlite3_bind_double(insert, 5, s.stance());
        Require(sqlite3_step(insert) == SQLITE_DONE, "insert");
      }
    }
    sqlite3_finalize(insert);
    Execute(db_, "COMMIT");
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* lookup_ = nullptr;
  double sum_ = 0;
};

// Calls `lookup` with actors, topics and days at random; returns microseconds
// for each.
double TimeLookups(
    const Flags& flags,
    const std::function<void(const std::string&, const std::string&,
                             DayNumber)>& lookup) {
  std::mt19937 random(flags.seed);
  const auto run = [&] {
    for (int i = 0; i < flags.lookups; ++i) {
      const std::string actor = ActorId(random() % kActors);
      const std::string topic = TopicId(random() % kTopics);
      lookup(actor, topic,
             kFirstDay + static_cast<DayNumber>(random() % kDays));
    }
  };
  run();  // warms the caches
  return 1e6 * Seconds(run) / flags.lookups;
}

double TimePositionLookups(const Flags& flags, const std::string& dir,
                           uint64_t known_at) {
  const auto store = OpenStore(dir);
  const auto view = store->View();
  const Positions positions(view.get());
  return TimeLookups(flags, [&](const std::string& actor,
                                const std::string& topic, DayNumber day) {
    PositionQuery query;
    query.actor_id = actor;
    query.topic_id = topic;
    query.as_of = ToCivilDay(day);
    query.known_at = known_at;
    const auto position = positions.At(query);
    Require(position.ok(), position.status().ToString());
  });
}

void RunReplay(const Flags& flags) {
  const std::string log = flags.dir + "/log";
  const std::string positions = flags.dir + "/positions";
  std::vector<double> of_leveldb, of_sqlite;
  double best = 1e9;
  double memory = 0;
  for (int round = 0; round < flags.rounds; ++round) {
    const auto [ours, bytes] = Replay(log, positions);
    const double leveldb = Seconds([&] {
      Require(
          OpenRawLevelDb(flags.dir + "/leveldb", false)->Scan() >= flags.events,
          "scan");
    });
    const double sqlite = Seconds([&] {
      Require(OpenSqlite(flags.dir + "/sqlite", false)->Scan() >= flags.events,
              "scan");
    });
    of_leveldb.push_back(leveldb / ours);
    of_sqlite.push_back(sqlite / ours);
    best = std::min(best, ours);
    memory = std::max(memory, bytes);
    std::cout << absl::StrFormat(
                     "round %d: replay %.0f events/s, LevelDB scan and parse "
                     "%.0f, SQLite %.0f; %.0f MiB",
                     round, flags.events / ours, flags.events / leveldb,
                     flags.events / sqlite, bytes / (1 << 20))
              << std::endl;
  }
  PrintAtLeast("replay, times a scan of raw LevelDB", 2, Median(of_leveldb));
  PrintAtLeast("replay, times a scan of SQLite", 2, Median(of_sqlite));
  PrintAtMost("memory of the replay, GiB, at most", 1, memory / (1 << 30));

  const double first_answer = InOwnProcess("answer", log, positions).first;
  PrintAtMost("opening and first answer, of a replay, at most", 0.01,
              first_answer / best);
}

void RunCorrections(const Flags& flags) {
  Fill(flags.dir + "/plain", flags, flags.corrected_statements, 0);
  Fill(flags.dir + "/corrected", flags, flags.corrected_statements, 5);
  std::vector<double> ratios;
  for (int round = 0; round < flags.rounds; ++round) {
    const double plain =
        Replay(flags.dir + "/plain", flags.dir + "/plain.positions").first;
    const double corrected =
        Replay(flags.dir + "/corrected", flags.dir + "/corrected.positions")
            .first;
    ratios.push_back(corrected / plain);
    std::cout << absl::StrFormat("corrections: %.2f s without, %.2f s with",
                                 plain, corrected)
              << std::endl;
  }
  PrintAtMost("five corrections of each statement, times none, at most", 6,
              Median(ratios));
}

void RunLookups(const Flags& flags) {
  Fill(flags.dir + "/few", flags, flags.few_events, 0);
  Replay(flags.dir + "/few", flags.dir + "/few.positions");
  SqliteStatements sqlite(flags.dir + "/statements.sqlite", flags);
  std::vector<double> growth, of_sqlite;
  for (int round = 0; round < flags.rounds; ++round) {
    const double few =
        TimePositionLookups(flags, flags.dir + "/few.positions", kLatest);
    const double many =
        TimePositionLookups(flags, flags.dir + "/positions", kLatest);
    const double then =
        TimePositionLookups(flags, flags.dir + "/positions", flags.events / 2);
    const double theirs = TimeLookups(
        flags, [&](const std::string& actor, const std::string& topic,
                   DayNumber day) { sqlite.Lookup(actor, topic, day); });
    growth.push_back(many / few);
    of_sqlite.push_back(many / theirs);
    std::cout << absl::StrFormat(
                     "lookup: %.2f us at %d events, %.2f us at %d, %.2f us as "
                     "known at half of them, SQLite %.2f us",
                     few, flags.few_events, many, flags.events, then, theirs)
              << std::endl;
  }
  PrintAtMost("as-of lookup, times one in few events, at most", 3,
              Median(growth));
  PrintAtMost("as-of lookup, times SQLite's, at most", 1, Median(of_sqlite));
}

void RunLive(const Flags& flags) {
  const auto log = OpenLog(flags.dir + "/log");
  const auto store = OpenStore(flags.dir + "/positions");
  const auto replayer = OpenReplayer(log.get(), store.get());
  Require(replayer->CatchUp().ok(), "catching up");
  Articles articles(flags.seed + 1, 1000);
  std::vector<double> ratios;
  for (int i = 0; i < 200; ++i) {
    std::vector<NewEvent> events = articles.Next();
    for (NewEvent& event : events) {
      Statement* const statement =
          event.mutable_statement_recorded()->mutable_statement();
      statement->set_id(absl::StrCat("live-", i, statement->id()));
    }
    const double append = Seconds([&] {
      Require(
          log->Append("live", ExpectedRevision::Any(), events, AppendOptions())
              .ok(),
          "append");
    });
    const double visible =
        Seconds([&] { Require(replayer->CatchUp().ok(), "catching up"); });
    ratios.push_back(visible / append);
  }
  PrintAtMost("visible in the positions, times an append, at most", 10,
              Median(ratios));
}

void Run(const Flags& flags) {
  std::filesystem::create_directories(flags.dir);
  Fill(flags.dir + "/log", flags, flags.events, 0);
  FillBaseline(OpenRawLevelDb, flags.dir + "/leveldb", flags);
  FillBaseline(OpenSqlite, flags.dir + "/sqlite", flags);
  RunReplay(flags);
  RunCorrections(flags);
  RunLookups(flags);
  RunLive(flags);
  if (!flags.keep) std::filesystem::remove_all(flags.dir);
}

}  // namespace
}  // namespace bench
}  // namespace onrecord

int main(int argc, char** argv) {
  onrecord::bench::Flags flags;
  CLI::App app("Replays logs into positions, and looks positions up.");
  app.add_option("--dir", flags.dir, "where the stores are made");
  app.add_option("--seed", flags.seed, "of the statements");
  app.add_option("--rounds", flags.rounds, "of which the median is taken");
  app.add_option("--events", flags.events, "in the log that is replayed");
  app.add_option("--few-events", flags.few_events, "in the log beside it");
  app.add_option("--corrected-statements", flags.corrected_statements,
                 "in the log with corrections");
  app.add_option("--lookups", flags.lookups, "of one round");
  app.add_flag("--keep", flags.keep, "keep the stores for another run");
  std::string alone, log, positions;
  app.add_option("--alone", alone)->group("");
  app.add_option("--log", log)->group("");
  app.add_option("--positions", positions)->group("");
  CLI11_PARSE(app, argc, argv);
  if (!alone.empty()) {
    onrecord::bench::RunAlone(alone, log, positions);
    return 0;
  }
  onrecord::bench::Run(flags);
  return 0;
}
