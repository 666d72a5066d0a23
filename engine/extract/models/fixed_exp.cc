#include "engine/extract/models/fixed_exp.h"

#include <array>
#include <cstddef>

namespace onrecord {
namespace extract {
namespace {

constexpr size_t kEntries = 20 * kScoreUnit;

// Powers of exp(-1/256), made by multiplying in 62 bits.
constexpr std::array<uint32_t, kEntries> MakeTable() {
  constexpr uint64_t kOne = uint64_t{1} << 31;
  constexpr uint64_t kStep = 4278222805;  // exp(-1/256) * 2^32
  std::array<uint32_t, kEntries> table = {};
  uint64_t value = kOne << 31;  // 2^62
  for (size_t i = 0; i < kEntries; ++i) {
    table[i] = static_cast<uint32_t>(value >> 32);
    value = (value >> 32) * kStep + (((value & 0xFFFFFFFFu) * kStep) >> 32);
  }
  return table;
}

constexpr std::array<uint32_t, kEntries> kTable = MakeTable();

}  // namespace

uint64_t FixedExp(int64_t below) {
  return static_cast<uint64_t>(below) < kEntries ? kTable[below] : 0;
}

}  // namespace extract
}  // namespace onrecord
