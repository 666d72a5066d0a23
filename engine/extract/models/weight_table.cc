#include "engine/extract/models/weight_table.h"

#include <cstring>

#include "absl/base/macros.h"

namespace onrecord {
namespace extract {

WeightTable::WeightTable(absl::string_view bytes) {
  uint32_t header[3];
  ABSL_HARDENING_ASSERT(bytes.size() >= kHeaderBytes);
  std::memcpy(header, bytes.data(), sizeof(header));
  ABSL_HARDENING_ASSERT(header[0] == kMagic);
  slots_ = header[1];
  ABSL_HARDENING_ASSERT(bytes.size() == kHeaderBytes + slots_ * sizeof(Slot) +
                                            header[2] * sizeof(Weight));
  parameter_ = reinterpret_cast<const int32_t*>(bytes.data() + sizeof(header));
  slot_ = reinterpret_cast<const Slot*>(bytes.data() + kHeaderBytes);
  weight_ = reinterpret_cast<const Weight*>(bytes.data() + kHeaderBytes +
                                            slots_ * sizeof(Slot));
}

}  // namespace extract
}  // namespace onrecord
