// How fast statements are extracted, on one core: against compromise (npm) on
// the same text in turns, and how cost and memory grow with the length.
//
// Times are processor time, medians of the rounds. Ends with one JSON line for
// each goal.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/extract/extractor.h"
#include "tests/bench/measure.h"
#include "tests/bench/news_text.h"

namespace onrecord {
namespace {

constexpr size_t kShort = 100 * 1000;
constexpr size_t kLong = 100 * kShort;
constexpr uint32_t kSeed = 20250426;

struct Flags {
  int rounds = 5;
  int long_rounds = 3;
  std::string text;
  std::string node = "node";
  std::string script = "tests/bench/compromise.js";
  std::string modules = "node_modules";
  bool memory = false;
};

using ::onrecord::bench::Die;
using ::onrecord::bench::Median;
using ::onrecord::bench::PrintAtLeast;
using ::onrecord::bench::PrintAtMost;

double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * now.tv_nsec;
}

Article ArticleOf(std::string text) {
  Article article;
  article.set_id("bench");
  article.set_published("2025-04-26");
  article.set_text(std::move(text));
  return article;
}

// The number of statements.
size_t ExtractFrom(const Article& article) {
  const auto extraction = extract::Extract(article, Codebook());
  if (!extraction.ok()) Die(extraction.status().ToString());
  return extraction->statements.size();
}

double SecondsFor(const Article& article) {
  const double start = CpuSeconds();
  ExtractFrom(article);
  return CpuSeconds() - start;
}

// The median of many short rounds.
double SecondsForShort(const Article& article, int rounds) {
  std::vector<double> seconds;
  for (int i = 0; i < rounds; ++i) seconds.push_back(SecondsFor(article));
  return Median(seconds);
}

// What compromise takes for the text in `file`; below 0 if it or node is
// missing.
double CompromiseSeconds(const Flags& flags, const std::string& file) {
  const std::string command =
      absl::StrCat(flags.node, " '", flags.script, "' '", flags.modules, "' '",
                   file, "' 2>/dev/null");
  FILE* const program = popen(command.c_str(), "r");
  if (program == nullptr) return -1;
  double milliseconds = -1;
  const int read = fscanf(program, "%lf", &milliseconds);
  return pclose(program) == 0 && read == 1 ? milliseconds / 1000 : -1;
}

// Of the length `bytes`, unless the flags name a text.
std::string TextOf(const Flags& flags, size_t bytes) {
  if (flags.text.empty()) return bench::MakeNewsText(bytes, kSeed);
  std::ifstream file(flags.text, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file || text.str().empty()) Die("cannot read " + flags.text);
  return text.str();
}

// A line of /proc/self/status, in MB of a million bytes.
double StatusMegabytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == name && status >> kibibytes) return kibibytes * 1024 / 1e6;
  }
  Die("no " + name + " in /proc/self/status");
}

// Extracts from a long text, and prints how much more memory this process came
// to hold than before, when it held the text and the models.
void PrintMemory(const Flags& flags) {
  const Article article = ArticleOf(TextOf(flags, kLong));
  ExtractFrom(ArticleOf(bench::MakeNewsText(kShort / 100, kSeed)));
  const double before = StatusMegabytes("VmRSS:");
  const size_t statements = ExtractFrom(article);
  std::cout << StatusMegabytes("VmHWM:") - before << " " << statements << "\n";
}

struct Memory {
  double megabytes = 0;
  double statements = 0;
};

// Of a process that does nothing but that.
Memory MeasureMemory() {
  const std::string command = absl::StrCat("/proc/", getpid(), "/exe --memory");
  FILE* const program = popen(command.c_str(), "r");
  Memory memory;
  if (program == nullptr ||
      fscanf(program, "%lf %lf", &memory.megabytes, &memory.statements) != 2) {
    Die("no memory");
  }
  pclose(program);
  return memory;
}

// MB/s, side by side with compromise.
double MeasureSpeed(const Flags& flags, const std::string& dir) {
  const std::string text = TextOf(flags, kShort);
  const std::string file = dir + "/text.txt";
  std::ofstream(file, std::ios::binary) << text;
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  const Article article = ArticleOf(text);
  ExtractFrom(article);  // the models and tables are set up once
  std::vector<double> ours, theirs, ratios;
  for (int i = 0; i < flags.rounds; ++i) {
    ours.push_back(SecondsForShort(article, 5));
    const double rival = CompromiseSeconds(flags, file);
    if (rival <= 0) continue;
    theirs.push_back(rival);
    ratios.push_back(rival / ours.back());
  }
  const double speed = megabytes / Median(ours);
  std::cout << absl::StrFormat("text                %8.3f MB\n", megabytes)
            << absl::StrFormat("OnRecord            %8.3f MB/s\n", speed);
  if (theirs.empty()) {
    std::cout << "compromise          not measured: `" << flags.node
              << "` or the package in `" << flags.modules
              << "` is missing; `npm install compromise` puts it there\n";
  } else {
    std::cout << absl::StrFormat(
        "compromise          %8.3f MB/s, OnRecord is %.1f times as fast\n",
        megabytes / Median(theirs), Median(ratios));
  }
  return speed;
}

// What a text a hundred times as long takes, by a hundred times as much.
double MeasureGrowth(const Flags& flags) {
  const Article little = ArticleOf(bench::MakeNewsText(kShort, kSeed));
  const Article much = ArticleOf(bench::MakeNewsText(kLong, kSeed));
  const double factor = static_cast<double>(much.text().size()) /
                        static_cast<double>(little.text().size());
  std::vector<double> ratios;
  for (int i = 0; i < flags.long_rounds; ++i) {
    const double before = SecondsForShort(little, 5);
    const double longer = SecondsFor(much);
    const double after = SecondsForShort(little, 5);
    ratios.push_back(longer / (factor * (before + after) / 2));
  }
  return Median(ratios);
}

void Run(const Flags& flags, const std::string& dir) {
  const double speed = MeasureSpeed(flags, dir);
  const double growth = MeasureGrowth(flags);
  const Memory memory = MeasureMemory();
  std::cout << absl::StrFormat(
      "10 MB               %8.3f times 100 times what 100 KB take\n"
      "memory for 10 MB    %8.1f MB beyond the text, %.0f statements "
      "included\n\n",
      growth, memory.megabytes, memory.statements);
  PrintAtLeast("speed on one core, MB/s", 1, speed);
  PrintAtLeast("10 MB by 100 times 100 KB", 0.8, growth);
  PrintAtMost("10 MB by 100 times 100 KB, at most", 1.2, growth);
  PrintAtMost("memory beyond a text of 10 MB, at most MB", 100,
              memory.megabytes);
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  onrecord::Flags flags;
  CLI::App app("How fast statements are extracted");
  app.add_option("--rounds", flags.rounds, "Rounds beside compromise [5]")
      ->check(CLI::PositiveNumber);
  app.add_option("--long-rounds", flags.long_rounds, "Rounds over 10 MB [3]")
      ->check(CLI::PositiveNumber);
  app.add_option("--text", flags.text,
                 "The text for the speed [made up, 100 KB]");
  app.add_option("--node", flags.node, "The node program");
  app.add_option("--script", flags.script, "The script that runs compromise");
  app.add_option("--modules", flags.modules,
                 "The node_modules that compromise is in, or its parent");
  app.add_flag("--memory", flags.memory,
               "Only prints what extracting from 10 MB takes");
  CLI11_PARSE(app, argc, argv);
  if (flags.memory) {
    onrecord::PrintMemory(flags);
    return 0;
  }
  std::string dir = "/tmp/onrecord_extract_bench.XXXXXX";
  if (mkdtemp(dir.data()) == nullptr) return 1;
  onrecord::Run(flags, dir);
  std::filesystem::remove_all(dir);
}
