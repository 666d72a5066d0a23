#include "engine/extract/training/table_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tuple>

namespace onrecord {
namespace extract {
namespace {

template <typename Number>
void Append(Number number, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

void TableWriter::Add(uint64_t feature, uint16_t label, double weight,
                      double scale) {
  const double rounded = std::round(weight * scale);
  const auto value =
      static_cast<int16_t>(std::clamp(rounded, -32767.0, 32767.0));
  if (value != 0) cells_.push_back({feature, {value, label}});
}

std::string TableWriter::Write() {
  std::sort(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) {
    return std::tie(a.feature, a.weight.label) <
           std::tie(b.feature, b.weight.label);
  });
  size_t features = 0;
  for (size_t i = 0; i < cells_.size(); ++i) {
    features += i == 0 || cells_[i].feature != cells_[i - 1].feature;
  }
  std::vector<WeightTable::Slot> slots(features + features / 3 + 2);
  std::vector<WeightTable::Weight> weights;
  for (size_t begin = 0; begin < cells_.size();) {
    const uint64_t feature = cells_[begin].feature;
    size_t end = begin;
    while (end < cells_.size() && cells_[end].feature == feature) ++end;
    const size_t count = std::min(end - begin, WeightTable::kMaxRow);
    size_t i = ((feature >> 32) * slots.size()) >> 32;
    while (slots[i].key != 0) i = i + 1 == slots.size() ? 0 : i + 1;
    slots[i].key = WeightTable::KeyOf(feature);
    if (count == 1) {
      slots[i].key |= 1u;
      std::memcpy(&slots[i].row, &cells_[begin].weight, sizeof(slots[i].row));
    } else {
      slots[i].row = static_cast<uint32_t>(weights.size() << 8 | count);
      for (size_t c = begin; c < begin + count; ++c) {
        weights.push_back(cells_[c].weight);
      }
    }
    begin = end;
  }
  std::string bytes;
  Append(WeightTable::kMagic, bytes);
  Append(static_cast<uint32_t>(slots.size()), bytes);
  Append(static_cast<uint32_t>(weights.size()), bytes);
  for (const int32_t parameter : parameters_) Append(parameter, bytes);
  for (const WeightTable::Slot& slot : slots) {
    Append(slot.key, bytes);
    Append(slot.row, bytes);
  }
  for (const WeightTable::Weight& weight : weights) {
    Append(weight.weight, bytes);
    Append(weight.label, bytes);
  }
  return bytes;
}

}  // namespace extract
}  // namespace onrecord
