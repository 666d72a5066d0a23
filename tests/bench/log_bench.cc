// Prints how fast the log is beside what one would take instead.
//
//   bazel run -c opt //tests/bench:log_bench -- --dir=/tmp/bench
//
// Un-synced, a commit survives the process but not a loss of power: no store
// syncs its log (SQLite: synchronous=OFF, LMDB: MDB_NOSYNC). Synced, every
// store makes each commit durable before it returns (SQLite: synchronous=FULL).
//
// Every figure is the median over rounds in which the stores take turns, and
// every ratio the median of that round's ratios, since other work on the
// machine comes and goes. Ends with one JSON line for each goal.

#include <sys/resource.h>
#include <sys/utsname.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

struct Flags {
  std::string dir = "log_bench.tmp";
  uint32_t seed = 1;
  int rounds = 5;
  int events = 200000;       // of each un-synced run
  double seconds = 1;        // of each synced run
  int open_events = 500000;  // in the store that is opened; 0: not measured
  std::vector<int> batches = {1, 10, 100, 1000};
  bool processor_time = false;
  std::vector<std::string> stores;  // names; empty: all
  std::vector<std::string> only;    // groups: append threads read open
};

struct Contestant {
  std::string name;
  OpenBenchStore open;
};

const std::vector<Contestant>& AllContestants() {
  static const auto* const contestants =
      new std::vector<Contestant>{{"OnRecord", OpenOnRecord},
                                  {"raw LevelDB", OpenRawLevelDb},
                                  {"SQLite", OpenSqlite},
                                  {"LMDB", OpenLmdb},
                                  {"RocksDB", OpenRocksDb}};
  return *contestants;
}

bool Has(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() ||
         std::find(names.begin(), names.end(), name) != names.end();
}

// Statements of about 240 bytes, as the engine makes them.
std::vector<NewEvent> MakeEvents(size_t count, uint32_t seed) {
  static const char* const kReasons[] = {
      "quotation then cue", "cue then clause", "subject of the cue",
      "pronoun: last person that is a subject"};
  std::mt19937 random(seed);
  std::vector<NewEvent> events(count);
  for (size_t i = 0; i < count; ++i) {
    NewEvent& event = events[i];
    event.set_valid_time(absl::StrFormat("2025-%02d-%02d", random() % 12 + 1,
                                         random() % 28 + 1));
    event.mutable_producer()->set_name("extract");
    event.mutable_producer()->set_version("1.0");
    Statement* statement =
        event.mutable_statement_recorded()->mutable_statement();
    const std::string article = absl::StrFormat("%08x%08x", random(), random());
    statement->set_id(absl::StrCat(article, "/", i));
    statement->set_article_id(article);
    Mention* speaker = statement->mutable_speaker();
    const uint32_t begin = random() % 5000;
    speaker->mutable_span()->set_begin(begin);
    speaker->mutable_span()->set_end(begin + 14);
    speaker->set_actor_id(absl::StrCat("person/", random() % 1000));
    speaker->set_role("Finance Minister");
    speaker->set_confidence((random() % 100) / 100.0);
    speaker->set_reason(kReasons[random() % 4]);
    statement->mutable_cue()->set_begin(begin + 15);
    statement->mutable_cue()->set_end(begin + 19);
    Span* content = statement->add_content();
    content->set_begin(begin + 20);
    content->set_end(begin + 20 + random() % 200);
    statement->set_kind(Statement::INDIRECT);
    statement->set_topic_id(absl::StrCat("topic/", random() % 50));
    statement->set_stance((random() % 3) - 1.0);
    statement->set_said_at(event.valid_time());
    statement->set_confidence((random() % 100) / 100.0);
    statement->set_reason(kReasons[random() % 4]);
  }
  return events;
}

double ProcessorSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

uint64_t BytesIn(const std::string& dir) {
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(dir)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

// One row of the table: what each contestant reached in each round.
struct Row {
  std::string name;
  std::map<std::string, std::vector<double>> rounds;

  double MedianOf(const std::string& store) const {
    const auto found = rounds.find(store);
    return found == rounds.end() ? 0 : Median(found->second);
  }
  // OnRecord's result as a multiple of `store`'s.
  double RatioTo(const std::string& store) const {
    const auto ours = rounds.find("OnRecord");
    const auto theirs = rounds.find(store);
    if (ours == rounds.end() || theirs == rounds.end()) return 0;
    std::vector<double> ratios;
    for (size_t i = 0; i < theirs->second.size(); ++i) {
      ratios.push_back(ours->second[i] / theirs->second[i]);
    }
    return Median(ratios);
  }
};

class Bench {
 public:
  explicit Bench(const Flags& flags)
      : flags_(flags), events_(MakeEvents(10000, flags.seed)) {
    for (const Contestant& contestant : AllContestants()) {
      if (Has(flags.stores, contestant.name)) {
        contestants_.push_back(contestant);
      }
    }
  }

  void Run() {
    PrintHeader();
    if (Wants("append")) {
      for (const int batch : flags_.batches) Appends(batch);
    }
    if (Wants("threads")) {
      for (const int threads : {1, 4, 8, 16}) Threads(threads);
    }
    if (Wants("read")) {
      Reads(/*batch=*/100);
      Reads(/*batch=*/1);
    }
    if (Wants("open") && flags_.open_events > 0) Opens();
    PrintGoals();
  }

 private:
  bool Wants(const std::string& group) const { return Has(flags_.only, group); }

  // How long `work` takes, by the clock that the flags choose.
  double Measure(const std::function<void()>& work) const {
    const double before = ProcessorSeconds();
    const double seconds = Seconds(work);
    return flags_.processor_time ? ProcessorSeconds() - before : seconds;
  }

  std::string FreshDir(const std::string& store) const {
    std::string name = store;
    std::replace(name.begin(), name.end(), ' ', '_');
    const std::string dir = absl::StrCat(flags_.dir, "/", name);
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(flags_.dir);
    return dir;
  }

  // Batches as they are appended, made beforehand.
  std::vector<std::vector<NewEvent>> Batches(int batch) const {
    std::vector<std::vector<NewEvent>> batches;
    for (size_t i = 0; i + batch <= events_.size(); i += batch) {
      batches.emplace_back(events_.begin() + i, events_.begin() + i + batch);
    }
    return batches;
  }

  static std::string StreamOf(uint64_t batch) {
    return absl::StrCat("article/", batch * 2654435761u % 1000);
  }

  double Fill(BenchStore* store, int batch, int events) const {
    const auto batches = Batches(batch);
    const uint64_t count = events / batch;
    return Measure([&] {
      for (uint64_t i = 0; i < count; ++i) {
        store->Append(StreamOf(i), i, batches[i % batches.size()], false);
      }
    });
  }

  void Appends(int batch) {
    Row row{absl::StrCat("append, batches of ", batch, ", un-synced"), {}};
    Row bytes{absl::StrCat("bytes an event, batches of ", batch), {}};
    const int events = batch == 1 ? flags_.events / 2 : flags_.events;
    for (int round = 0; round < flags_.rounds; ++round) {
      for (const Contestant& contestant : contestants_) {
        const std::string dir = FreshDir(contestant.name);
        auto store = contestant.open(dir, false);
        const double seconds = Fill(store.get(), batch, events);
        row.rounds[contestant.name].push_back(events / seconds);
        store = nullptr;
        // Opened once more, so that what was in a log is in a table.
        contestant.open(dir, false);
        bytes.rounds[contestant.name].push_back(
            static_cast<double>(BytesIn(dir)) / events);
      }
    }
    Print(row);
    Print(bytes);
  }

  void Threads(int threads) {
    Row row{absl::StrCat("append, single, synced, ", threads, " threads"), {}};
    for (int round = 0; round < flags_.rounds; ++round) {
      for (const Contestant& contestant : contestants_) {
        auto store = contestant.open(FreshDir(contestant.name), true);
        row.rounds[contestant.name].push_back(SyncedRate(store.get(), threads));
      }
    }
    Print(row);
  }

  double SyncedRate(BenchStore* store, int threads) const {
    std::atomic<uint64_t> appended{0};
    std::atomic<bool> stop{false};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
      pool.emplace_back([&, t] {
        const std::string stream = absl::StrCat("thread/", t);
        std::vector<NewEvent> batch(1);
        for (uint64_t i = 0; !stop; ++i) {
          batch[0] = events_[i % events_.size()];
          store->Append(stream, i, batch, true);
          ++appended;
        }
      });
    }
    const double seconds = Seconds([&] {
      std::this_thread::sleep_for(
          std::chrono::duration<double>(flags_.seconds));
    });
    const uint64_t count = appended;
    stop = true;
    for (std::thread& thread : pool) thread.join();
    return count / seconds;
  }

  void Reads(int batch) {
    Row scan{absl::StrCat("scan with parsing, written in ", batch, "s"), {}};
    Row stream{absl::StrCat("read streams, written in ", batch, "s"), {}};
    std::map<std::string, std::unique_ptr<BenchStore>> stores;
    for (const Contestant& contestant : contestants_) {
      const std::string dir = FreshDir(contestant.name);
      auto& store = stores[contestant.name];
      store = contestant.open(dir, false);
      Fill(store.get(), batch, flags_.events);
      store = nullptr;
      store = contestant.open(dir, false);
    }
    for (int round = 0; round < flags_.rounds; ++round) {
      for (const Contestant& contestant : contestants_) {
        BenchStore* const store = stores[contestant.name].get();
        uint64_t read = 0;
        double seconds = Measure([&] { read = store->Scan(); });
        Require(read == static_cast<uint64_t>(flags_.events), "events missing");
        scan.rounds[contestant.name].push_back(read / seconds);
        read = 0;
        seconds = Measure([&] {
          for (int i = 0; i < 200; ++i) read += store->ReadStream(StreamOf(i));
        });
        if (read > 0) stream.rounds[contestant.name].push_back(read / seconds);
      }
    }
    Print(scan);
    Print(stream);
  }

  void Opens() {
    Row row{absl::StrCat("opens a second, of ", flags_.open_events, " events"),
            {}};
    for (const Contestant& contestant : contestants_) {
      const std::string dir = FreshDir(contestant.name);
      Fill(contestant.open(dir, false).get(), 100, flags_.open_events);
      for (int round = 0; round < flags_.rounds; ++round) {
        std::unique_ptr<BenchStore> store;
        const double seconds =
            Seconds([&] { store = contestant.open(dir, false); });
        row.rounds[contestant.name].push_back(1 / seconds);
      }
    }
    Print(row);
  }

  void PrintHeader() const {
    utsname machine;
    uname(&machine);
    std::string processor = "unknown processor";
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);) {
      if (line.rfind("model name", 0) != 0) continue;
      processor = line.substr(line.find(':') + 2);
      break;
    }
    size_t bytes = 0;
    for (const NewEvent& event : events_) bytes += event.ByteSizeLong();
    std::cout << processor << ", " << std::thread::hardware_concurrency()
              << " processors, " << machine.sysname << " " << machine.release
              << "; seed " << flags_.seed << ", events of "
              << bytes / events_.size() << " bytes, 1,000 streams, "
              << flags_.rounds << " rounds; events a second, and what OnRecord"
              << " reached as a multiple of the other store\n\n";
    std::cout << absl::StrFormat("%-40s", "");
    for (const Contestant& contestant : contestants_) {
      std::cout << absl::StrFormat("%20s", contestant.name);
    }
    std::cout << "\n";
  }

  void Print(const Row& row) {
    std::cout << absl::StrFormat("%-40s", row.name);
    for (const Contestant& contestant : contestants_) {
      if (row.rounds.count(contestant.name) == 0) {
        std::cout << absl::StrFormat("%20s", "-");
      } else if (contestant.name == "OnRecord") {
        std::cout << absl::StrFormat("%20.0f", row.MedianOf(contestant.name));
      } else {
        std::cout << absl::StrFormat("%12.0f (%4.2fx)",
                                     row.MedianOf(contestant.name),
                                     row.RatioTo(contestant.name));
      }
    }
    std::cout << std::endl;
    rows_[row.name] = row;
  }

  void PrintGoals() const {
    struct Goal {
      std::string row;
      std::string than;
      double goal;
      bool at_most = false;
    };
    const std::vector<Goal> goals = {
        {"append, batches of 100, un-synced", "raw LevelDB", 0.8},
        {"append, batches of 100, un-synced", "SQLite", 8},
        {"append, batches of 1, un-synced", "raw LevelDB", 0.4},
        {"append, single, synced, 8 threads", "raw LevelDB", 0.9},
        {"append, single, synced, 8 threads", "SQLite", 1},
        {"scan with parsing, written in 100s", "SQLite", 1.2},
        {"read streams, written in 100s", "SQLite", 1.2},
        {"read streams, written in 1s", "SQLite", 1.2},
        {"bytes an event, batches of 100", "raw LevelDB", 1.1, true}};
    std::cout << "\n";
    for (const Goal& goal : goals) {
      const auto row = rows_.find(goal.row);
      if (row == rows_.end()) continue;
      const double ratio = row->second.RatioTo(goal.than);
      const std::string name = absl::StrCat(
          goal.row, goal.at_most ? ", at most times " : ", times ", goal.than);
      (goal.at_most ? PrintAtMost : PrintAtLeast)(name, goal.goal, ratio);
    }
  }

  const Flags flags_;
  const std::vector<NewEvent> events_;
  std::vector<Contestant> contestants_;
  std::map<std::string, Row> rows_;
};

}  // namespace
}  // namespace bench
}  // namespace onrecord

int main(int argc, char** argv) {
  onrecord::bench::Flags flags;
  CLI::App app("Compares the event log with other stores");
  app.add_option("--dir", flags.dir, "Where to put the stores");
  app.add_option("--seed", flags.seed);
  app.add_option("--rounds", flags.rounds);
  app.add_option("--events", flags.events, "Events of each un-synced run");
  app.add_option("--seconds", flags.seconds, "Length of each synced run");
  app.add_option("--open_events", flags.open_events,
                 "Events in the store whose opening is measured");
  app.add_flag("--processor_time", flags.processor_time,
               "Measure processor time: for a machine that is busy");
  app.add_option("--batches", flags.batches)->delimiter(',');
  app.add_option("--stores", flags.stores)->delimiter(',');
  app.add_option("--only", flags.only, "append, threads, read, open")
      ->delimiter(',');
  CLI11_PARSE(app, argc, argv);
  onrecord::bench::Bench(flags).Run();
  std::filesystem::remove_all(flags.dir);
  return 0;
}
