// Runs a fuzz target over its corpus, and over random changes of it, where
// there is no libFuzzer: the short run of every build.
//
//   block_fuzz_test tests/fuzz/corpus/block

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace {

constexpr int kChanges = 300;  // of each input

void Run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()),
                         input.size());
}

// Flips, removes, doubles or cuts something.
std::string Change(std::string input, std::mt19937* random) {
  for (uint32_t i = (*random)() % 4 + 1; i > 0 && !input.empty(); --i) {
    const size_t at = (*random)() % input.size();
    switch ((*random)() % 5) {
      case 0:
        input.resize(at);
        break;
      case 1:
        input.erase(at, (*random)() % 8 + 1);
        break;
      case 2:
        input.insert(at, input.substr((*random)() % input.size(), 8));
        break;
      case 3:
        input[at] = static_cast<char>((*random)());
        break;
      default:
        input[at] ^= static_cast<char>(1 << (*random)() % 8);
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::mt19937 random(1);
  int inputs = 0;
  for (const auto& file : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string input(std::istreambuf_iterator<char>(stream), {});
    ++inputs;
    Run(input);
    for (int i = 0; i < kChanges; ++i) Run(Change(input, &random));
  }
  std::printf("%d inputs, %d runs\n", inputs, inputs * (kChanges + 1));
  return inputs > 0 ? 0 : 1;
}
