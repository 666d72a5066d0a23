// Runs every example of the README and compares what it prints.
//
// A block ```console holds commands after "$ ", each followed by its whole
// output; the blocks run in one directory, one after the other. The first block
// ```text after the block ```c++ is what that program prints.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "engine/cli/run.h"

namespace onrecord {
namespace {

struct Example {
  std::string command;
  std::string output;
};

std::string ReadReadme() {
  std::ifstream file("README.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// The contents of the blocks that open with ```language, in their order.
std::vector<std::string> Blocks(const std::string& markdown,
                                const std::string& language) {
  std::vector<std::string> blocks;
  const std::string opening = "```" + language + "\n";
  for (size_t at = markdown.find(opening); at != std::string::npos;
       at = markdown.find(opening, at)) {
    at += opening.size();
    const size_t end = markdown.find("```", at);
    blocks.push_back(markdown.substr(at, end - at));
    at = end;
  }
  return blocks;
}

std::vector<Example> Examples(const std::string& block) {
  std::vector<Example> examples;
  for (const absl::string_view line : absl::StrSplit(block, '\n')) {
    if (absl::StartsWith(line, "$ ")) {
      examples.push_back({std::string(line.substr(2)), ""});
    } else if (!examples.empty()) {
      examples.back().output += std::string(line) + "\n";
    }
  }
  for (Example& example : examples) {
    example.output =
        std::string(absl::StripTrailingAsciiWhitespace(example.output));
  }
  return examples;
}

// A directory to write in, with the repository's folders in it.
void EnterScratchDirectory() {
  namespace fs = std::filesystem;
  const fs::path scratch = fs::path(::testing::TempDir()) / "readme";
  fs::create_directories(scratch);
  const fs::path engine = scratch / "engine";
  if (!fs::exists(engine)) fs::create_symlink(fs::absolute("engine"), engine);
  fs::current_path(scratch);
}

std::string OutputOf(const std::string& program) {
  std::string output;
  FILE* pipe = popen(program.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, n);
  }
  pclose(pipe);
  return output;
}

TEST(ReadmeTest, SessionsPrintWhatTheyShow) {
  const std::string readme = ReadReadme();
  const std::string start = std::filesystem::current_path();
  EnterScratchDirectory();
  int commands = 0;
  for (const std::string& block : Blocks(readme, "console")) {
    for (const Example& example : Examples(block)) {
      ASSERT_TRUE(absl::StartsWith(example.command, "./onrecord "))
          << example.command;
      std::vector<std::string> args =
          absl::StrSplit(example.command, ' ', absl::SkipEmpty());
      args.erase(args.begin());
      std::ostringstream out;
      std::ostringstream err;
      RunOnRecord(args, {}, out, err);
      EXPECT_EQ(std::string(
                    absl::StripTrailingAsciiWhitespace(out.str() + err.str())),
                example.output)
          << example.command;
      ++commands;
    }
  }
  std::filesystem::current_path(start);
  EXPECT_GT(commands, 4);
}

TEST(ReadmeTest, TheEmbeddedProgramPrintsWhatItShows) {
  const std::string readme = ReadReadme();
  const size_t program = readme.find("```c++\n");
  ASSERT_NE(program, std::string::npos);
  const std::vector<std::string> shown = Blocks(readme.substr(program), "text");
  ASSERT_FALSE(shown.empty());
  EXPECT_EQ(OutputOf("tests/readme/embedded"), shown.front());
}

}  // namespace
}  // namespace onrecord
