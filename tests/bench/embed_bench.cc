// What linking OnRecord in costs: the size of a program, opening an empty
// timeline, and memory at rest.
//
// Opening is measured against opening an empty LevelDB, in turns; the ratio is
// the median of the rounds' ratios. Both exist already, and each is closed
// before the next is opened. Ends with one JSON line for each goal.

#include <leveldb/db.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/timeline.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace {

struct Flags {
  int rounds = 101;
  std::string example = "tests/readme/embedded";
  std::string memory_of;
};

using ::onrecord::bench::Die;
using ::onrecord::bench::Median;
using ::onrecord::bench::PrintAtMost;

double MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

double OpenTimeline(const std::string& dir) {
  const auto start = std::chrono::steady_clock::now();
  const auto timeline = Timeline::Open(dir, {});
  const double took = MillisecondsSince(start);
  if (!timeline.ok()) Die(timeline.status().ToString());
  return took;
}

double OpenLevelDb(const std::string& dir) {
  leveldb::Options options;
  options.create_if_missing = true;
  leveldb::DB* db = nullptr;
  const auto start = std::chrono::steady_clock::now();
  const leveldb::Status status = leveldb::DB::Open(options, dir, &db);
  const double took = MillisecondsSince(start);
  if (!status.ok()) Die(status.ToString());
  delete db;
  return took;
}

// Of this process, in MB of a million bytes: all of it, and what is its own
// rather than a file's.
struct Memory {
  double resident = 0;
  double anonymous = 0;
};

Memory ReadMemory() {
  Memory memory;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double* const wanted = word == "VmRSS:"     ? &memory.resident
                           : word == "RssAnon:" ? &memory.anonymous
                                                : nullptr;
    if (wanted == nullptr) continue;
    status >> *wanted;
    *wanted *= 1024.0 / 1e6;
  }
  return memory;
}

// Opens the empty timeline in `dir`, answers a question once, and prints the
// memory that this process then takes.
void PrintMemory(const std::string& dir) {
  const auto timeline = Timeline::Open(dir, {});
  if (!timeline.ok() || !(*timeline)->Positions({}).ok()) Die("cannot ask");
  const Memory memory = ReadMemory();
  std::cout << memory.resident << " " << memory.anonymous << "\n";
}

// Of a process that has done nothing but that.
Memory MemoryAtRest(const std::string& dir) {
  const std::string command =
      absl::StrCat("/proc/", getpid(), "/exe --memory-of='", dir, "'");
  FILE* const program = popen(command.c_str(), "r");
  Memory memory;
  if (program == nullptr ||
      fscanf(program, "%lf %lf", &memory.resident, &memory.anonymous) != 2) {
    Die("no memory");
  }
  pclose(program);
  return memory;
}

// In MB of a million bytes.
double StrippedSize(const std::string& program, const std::string& dir) {
  const std::string stripped = dir + "/stripped";
  const std::string command =
      absl::StrCat("strip -o '", stripped, "' '", program, "'");
  if (std::system(command.c_str()) != 0) Die("cannot strip " + program);
  return static_cast<double>(std::filesystem::file_size(stripped)) / 1e6;
}

void Run(const Flags& flags, const std::string& dir) {
  const std::string timeline = dir + "/timeline";
  const std::string leveldb = dir + "/leveldb";
  const double made = OpenTimeline(timeline);
  OpenLevelDb(leveldb);
  const Memory memory = MemoryAtRest(timeline);
  std::vector<double> ours, theirs, ratios;
  for (int i = 0; i < flags.rounds; ++i) {
    ours.push_back(OpenTimeline(timeline));
    theirs.push_back(OpenLevelDb(leveldb));
    ratios.push_back(ours.back() / theirs.back());
  }
  const double size = StrippedSize(flags.example, dir);
  std::cout << absl::StrFormat(
      "making an empty timeline       %8.2f ms\n"
      "opening an empty timeline      %8.2f ms\n"
      "opening an empty LevelDB       %8.2f ms\n"
      "memory at rest                 %8.2f MB, of which %.2f MB are its own\n"
      "stripped example               %8.2f MB, system libraries shared\n\n",
      made, Median(ours), Median(theirs), memory.resident, memory.anonymous,
      size);
  PrintAtMost("opening an empty timeline, times opening an empty LevelDB", 5,
              Median(ratios));
  PrintAtMost("memory at rest, MB", 20, memory.resident);
  PrintAtMost("stripped static example, MB", 15, size);
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  onrecord::Flags flags;
  CLI::App app("What linking OnRecord in costs");
  app.add_option("--rounds", flags.rounds, "How often each is opened [101]");
  app.add_option("--example", flags.example, "The program that is weighed");
  app.add_option("--memory-of", flags.memory_of,
                 "Only prints what having this timeline open takes");
  CLI11_PARSE(app, argc, argv);
  if (!flags.memory_of.empty()) {
    onrecord::PrintMemory(flags.memory_of);
    return 0;
  }
  std::string dir = "/tmp/onrecord_embed_bench.XXXXXX";
  if (mkdtemp(dir.data()) == nullptr) return 1;
  onrecord::Run(flags, dir);
  std::filesystem::remove_all(dir);
}
