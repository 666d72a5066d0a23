// What every fuzz target defines, under libFuzzer's name.

#ifndef ONRECORD_TESTS_FUZZ_FUZZ_TARGET_H_
#define ONRECORD_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

// Ends the program, for the fuzzer to see, unless `condition`.
inline void FuzzRequire(bool condition) {
  if (!condition) std::abort();
}

#endif  // ONRECORD_TESTS_FUZZ_FUZZ_TARGET_H_
